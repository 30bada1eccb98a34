import { captureError } from '@anjuan/core/outbox';
import type { IdCard, IdCardKind } from '../../id-card-reader.js';
import {
  fieldError,
  parseDate,
  parseForeigner2017Number,
  parseGender,
  parseNation,
  parseNumber,
  parseValidTo,
  splitValidity,
} from './fields.js';

/** What services call the fields of a card. */
export type CardField =
  | 'name'
  | 'englishName'
  | 'gender'
  | 'nation'
  | 'nationality'
  | 'birthDate'
  | 'address'
  | 'number'
  | 'issuer'
  | 'validFrom'
  | 'validTo'
  | 'validity'
  | 'passNumber'
  | 'issueCount'
  | 'photo';

/** Texts of a card by field, as a service wrote them; missing ones are empty. */
export type CardTexts = (field: CardField) => string;

/** Longest text that a field may have; addresses have 35 characters. */
const MAX_TEXT = 256;

/** A checked card without its photo. Throws `reader-failed` with the field's name when one is missing or wrong. */
export function cardFromFields(kind: IdCardKind, texts: CardTexts): IdCard {
  const read: CardTexts = (field) => {
    const text = texts(field).trim();
    if (text.length > MAX_TEXT) throw fieldError(field);
    return text;
  };
  const name = read('name') || read('englishName');
  if (name === '') throw fieldError('name');
  const [from, to] = validity(read);
  const foreign = kind === 'foreigner-2017' || kind === 'foreigner-2023';
  const resident = kind === 'resident';
  const issueCount = kind === 'hk-mo-tw' || kind === 'foreigner-2023' ? count(read('issueCount')) : undefined;
  return {
    kind,
    name,
    gender: parseGender(read('gender')),
    birthDate: parseDate(read('birthDate'), 'birthDate'),
    number: kind === 'foreigner-2017' ? parseForeigner2017Number(read('number')) : parseNumber(read('number')),
    validFrom: parseDate(from, 'validFrom'),
    validTo: parseValidTo(to),
    ...(foreign && given('englishName', read('englishName'))),
    ...(foreign && given('nationality', (read('nationality') || read('nation')).toUpperCase())),
    ...(resident && { nationCode: parseNation(read('nation')) }),
    ...(!foreign && given('address', read('address'))),
    ...given('issuer', read('issuer')),
    ...(kind === 'hk-mo-tw' && given('passNumber', read('passNumber'))),
    ...(issueCount !== undefined && { issueCount }),
  };
}

/** The kind by the number alone, for services that do not tell it. Numbers of HK, MO and TW start 81 to 83. */
export function kindByNumber(number: string): IdCardKind {
  if (/^8[123]0000/.test(number)) return 'hk-mo-tw';
  if (/^[A-Za-z]{3}\d{12}$/.test(number)) return 'foreigner-2017';
  if (/^\d{17}[\dXx]$/.test(number))
    return number.startsWith('9') && !number.startsWith('99') ? 'foreigner-2023' : 'resident';
  throw number === '' ? fieldError('number') : captureError('card-unsupported');
}

function validity(read: CardTexts): readonly [string, string] {
  const from = read('validFrom');
  return from !== '' ? [from, read('validTo')] : splitValidity(read('validity'));
}

function count(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

function given<Name extends 'englishName' | 'nationality' | 'address' | 'issuer' | 'passNumber'>(
  name: Name,
  text: string,
): { readonly [key in Name]?: string } {
  return (text === '' ? {} : { [name]: text }) as { readonly [key in Name]?: string };
}
