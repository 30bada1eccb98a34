import { defineMessages, type Texts } from '@anjuan/core/element';
import { signaturePadEn } from './signature-pad.en.js';
import { signaturePadZh } from './signature-pad.zh-cn.js';

/** Texts of the signature pad. */
export const signaturePadMessages = defineMessages({ 'zh-CN': signaturePadZh, en: signaturePadEn });

/** The texts of one language. */
export type SignaturePadTexts = Texts<typeof signaturePadZh>;
