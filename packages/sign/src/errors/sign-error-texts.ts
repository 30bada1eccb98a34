import type { ErrorCode, SignErrorCode } from '@anjuan/core';
import { errorParts, type ErrorText, type Locale } from '@anjuan/core/element';
import { isSignErrorCode } from './sign-codes.js';
import { signErrorTextsEn } from './sign-error-texts.en.js';
import { signErrorTextsZh } from './sign-error-texts.zh-cn.js';

/** Every code of signing in every language. */
export const signErrorTexts: Readonly<Record<Locale, Readonly<Record<SignErrorCode, ErrorText>>>> = {
  'zh-CN': signErrorTextsZh,
  en: signErrorTextsEn,
};

/** Title and next step of any code, those of signing included. */
export function signErrorParts(code: ErrorCode, locale: Locale): ErrorText {
  return isSignErrorCode(code) ? signErrorTexts[locale][code] : errorParts(code, locale);
}
