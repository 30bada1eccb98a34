import type { ErrorCode } from '@anjuan/core';
import { errorParts, type ErrorText, type Locale } from '@anjuan/core/element';
import { isCaptureErrorCode, type CaptureErrorCode } from '@anjuan/core/outbox';
import { captureErrorTextsEn } from './capture-error-texts.en.js';
import { captureErrorTextsZh } from './capture-error-texts.zh-cn.js';

/** Every code of capture in every language. */
export const captureErrorTexts: Readonly<Record<Locale, Readonly<Record<CaptureErrorCode, ErrorText>>>> = {
  'zh-CN': captureErrorTextsZh,
  en: captureErrorTextsEn,
};

/** Title and next step of any code, those of capture included. */
export function captureErrorParts(code: ErrorCode, locale: Locale): ErrorText {
  return isCaptureErrorCode(code) ? captureErrorTexts[locale][code] : errorParts(code, locale);
}
