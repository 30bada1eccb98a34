import { isErrorCode, type BaseErrorCode, type ErrorCode } from '../../errors/codes.js';
import type { ErrorText } from './error-text.js';
import { errorTextsEn } from './error-texts.en.js';
import { errorTextsZh } from './error-texts.zh-cn.js';
import type { Locale } from './locale.js';

/** Every error code in every language. */
export const errorTexts: Readonly<Record<Locale, Readonly<Record<BaseErrorCode, ErrorText>>>> = {
  'zh-CN': errorTextsZh,
  en: errorTextsEn,
};

/** Title and next step of an error for a state panel: `title` and `reason`. Codes of parts loaded on demand have their own catalogues. */
export function errorParts(code: ErrorCode, locale: Locale): ErrorText {
  const texts = errorTexts[locale];
  return isErrorCode(code) ? texts[code] : texts.unexpected;
}

/** The same in one line: `读不到这一页。请重试。` */
export function errorText(code: ErrorCode, locale: Locale): string {
  const { title, next } = errorParts(code, locale);
  return locale === 'zh-CN' ? `${title}。${next}。` : `${title}. ${next}.`;
}
