import { defineMessages } from '@anjuan/core/element';
import { viewerEn } from './viewer.en.js';
import { viewerZhCn } from './viewer.zh-cn.js';

/** Shape of the viewer's texts; every language fills it. */
export type ViewerTexts = typeof viewerZhCn;

/** Catalogue of the record viewer. */
export const viewerMessages = defineMessages({ 'zh-CN': viewerZhCn, en: viewerEn });
