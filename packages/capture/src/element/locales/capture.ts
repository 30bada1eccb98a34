import { defineMessages, type Texts } from '@anjuan/core/element';
import { captureEn } from './capture.en.js';
import { captureZh } from './capture.zh-cn.js';

/** Texts of capture. */
export const captureMessages = defineMessages({ 'zh-CN': captureZh, en: captureEn });

/** The texts of one language. */
export type CaptureTexts = Texts<typeof captureZh>;
