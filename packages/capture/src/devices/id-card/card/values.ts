import type { IdCard } from '../../id-card-reader.js';
import { malformed, readPattern, readText, type FieldPlace } from './fields.js';

const DIGITS = /^\d{8}$/;

/** `YYYYMMDD` as `YYYY-MM-DD`; a day that no calendar has is malformed. */
export function readDate(text: Uint8Array, place: FieldPlace, field: string): string {
  const value = readPattern(text, place, field, DIGITS);
  const iso = `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`;
  const date = new Date(`${iso}T00:00:00Z`);
  const known = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
  if (!known || value < '18500101' || value > '22001231') throw malformed(field);
  return iso;
}

/** First and last day of validity; the last may be 长期. */
export function readValidity(
  text: Uint8Array,
  from: FieldPlace,
  to: FieldPlace,
): Pick<IdCard, 'validFrom' | 'validTo'> {
  const validFrom = readDate(text, from, 'validFrom');
  if (readText(text, to, 'validTo') === '长期') return { validFrom, validTo: 'long-term' };
  const validTo = readDate(text, to, 'validTo');
  if (validTo < validFrom) throw malformed('validTo');
  return { validFrom, validTo };
}

const GENDERS: Readonly<Record<string, IdCard['gender']>> = {
  '0': 'unknown',
  '1': 'male',
  '2': 'female',
  '9': 'unspecified',
};

/** Gender code. @source GB/T 2261.1-2003 table 1 */
export function readGender(text: Uint8Array, place: FieldPlace): IdCard['gender'] {
  const gender = GENDERS[readText(text, place, 'gender')];
  if (!gender) throw malformed('gender');
  return gender;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The 18th character of a citizen number. @source GB 11643-1999, ISO 7064 MOD 11-2 */
export function checkCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index] ?? 0), 0);
  return '10X98765432'[sum % 11] ?? '';
}

/** An 18-character number with a right check character; `start` narrows the first digits. */
export function readCitizenNumber(text: Uint8Array, place: FieldPlace, start = ''): string {
  const number = readPattern(text, place, 'number', /^\d{17}[\dX]$/);
  if (!number.startsWith(start) || number[17] !== checkCharacter(number.slice(0, 17))) throw malformed('number');
  return number;
}
