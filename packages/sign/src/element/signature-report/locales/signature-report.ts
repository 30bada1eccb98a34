import { defineMessages, type Texts } from '@anjuan/core/element';
import { signatureReportEn } from './signature-report.en.js';
import { signatureReportZh } from './signature-report.zh-cn.js';

/** Texts of the signature report. */
export const signatureReportMessages = defineMessages({ 'zh-CN': signatureReportZh, en: signatureReportEn });

/** The texts of one language. */
export type SignatureReportTexts = Texts<typeof signatureReportZh>;
