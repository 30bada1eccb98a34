import { captureError } from '@anjuan/core/outbox';
import { NATIONS } from './nations.data.js';

/** `reader-failed` with the field that was wrong; never with its value. */
export function fieldError(field: string): ReturnType<typeof captureError> {
  return captureError('reader-failed', { details: { field } });
}

/** GB/T 2261.1 words and codes. */
const GENDERS: Readonly<Record<string, 'male' | 'female' | 'unknown' | 'unspecified'>> = {
  '1': 'male',
  男: 'male',
  男性: 'male',
  m: 'male',
  '2': 'female',
  女: 'female',
  女性: 'female',
  f: 'female',
  '0': 'unknown',
  未知: 'unknown',
  '9': 'unspecified',
  未说明: 'unspecified',
};

/** The gender by word or code. */
export function parseGender(text: string): 'male' | 'female' | 'unknown' | 'unspecified' {
  const key = text.toLowerCase();
  const gender = Object.prototype.hasOwnProperty.call(GENDERS, key) ? GENDERS[key] : undefined;
  if (!gender) throw fieldError('gender');
  return gender;
}

/** The code of a nation by code or name, with or without 族. */
export function parseNation(text: string): string {
  if (/^\d{1,2}$/.test(text)) {
    const code = Number(text);
    if ((code >= 1 && code <= NATIONS.length) || code === 97 || code === 98) return text.padStart(2, '0');
    throw fieldError('nationCode');
  }
  const name = text.replace(/族$/, '');
  if (name === '其他') return '97';
  if (/^(外国血统|穿青人)/.test(name)) return name.startsWith('外') ? '98' : '97';
  const index = NATIONS.indexOf(name === '毛难' ? '毛南' : name === '崩龙' ? '德昂' : name);
  if (index < 0) throw fieldError('nationCode');
  return String(index + 1).padStart(2, '0');
}

/** `YYYY-MM-DD` of a date in digits, with any separators or Chinese words. */
export function parseDate(text: string, field: string): string {
  const match = /^(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$/.exec(text);
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (!match || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1800) throw fieldError(field);
  return date.toISOString().slice(0, 10);
}

/** The last day of validity, or `long-term`. */
export function parseValidTo(text: string): string {
  return /^(长期|long-?term)$/i.test(text) ? 'long-term' : parseDate(text, 'validTo');
}

/** Both ends of `2010.01.01-2020.01.01` and the like. */
export function splitValidity(text: string): readonly [string, string] {
  const match = /^(\d{4}\D?\d{1,2}\D?\d{1,2}\D?)\s*[-—至~]\s*(.+)$/.exec(text);
  if (!match?.[1] || !match[2]) throw fieldError('validity');
  return [match[1], match[2]];
}

/** @source GB 11643-1999 4.2 */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The 18-character number with a right check digit. */
export function parseNumber(text: string): string {
  const number = text.toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) throw fieldError('number');
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  if ('10X98765432'[sum % 11] !== number[17]) throw fieldError('number');
  return number;
}

/** The 15-character number of the 2017 card of foreigners: three letters and twelve digits. */
export function parseForeigner2017Number(text: string): string {
  const number = text.toUpperCase();
  if (!/^[A-Z]{3}\d{12}$/.test(number)) throw fieldError('number');
  return number;
}
