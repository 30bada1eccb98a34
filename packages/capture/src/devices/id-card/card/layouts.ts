import type { IdCard } from '../../id-card-reader.js';
import { ifAny, malformed, readPattern, readRequired, readText } from './fields.js';
import { readCitizenNumber, readDate, readGender, readValidity } from './values.js';

/** Reads one kind of card from its text block. Offsets are bytes. */
type Layout = (text: Uint8Array) => IdCard;

const VALID_FROM = [188, 16] as const;
const VALID_TO = [204, 16] as const;

/** 居民身份证. @source GA 449-2013, text of the card, 256 bytes */
const resident: Layout = (text) => ({
  kind: 'resident',
  name: readRequired(text, [0, 30], 'name'),
  gender: readGender(text, [30, 2]),
  nationCode: readPattern(text, [32, 4], 'nationCode', /^\d{2}$/),
  birthDate: readDate(text, [36, 16], 'birthDate'),
  ...ifAny('address', readText(text, [52, 70], 'address')),
  number: readCitizenNumber(text, [122, 36]),
  ...ifAny('issuer', readText(text, [158, 30], 'issuer')),
  ...readValidity(text, VALID_FROM, VALID_TO),
});

/** 港澳台居民居住证. @source GA 449 amendment of 2018 (type flag J) */
const hkMoTw: Layout = (text) => {
  const number = readCitizenNumber(text, [122, 36], '8');
  if (!/^8[123]0000/.test(number)) throw malformed('number');
  return {
    kind: 'hk-mo-tw',
    name: readRequired(text, [0, 30], 'name'),
    gender: readGender(text, [30, 2]),
    birthDate: readDate(text, [36, 16], 'birthDate'),
    ...ifAny('address', readText(text, [52, 70], 'address')),
    number,
    ...ifAny('issuer', readText(text, [158, 30], 'issuer')),
    ...readValidity(text, VALID_FROM, VALID_TO),
    ...ifAny('passNumber', readText(text, [220, 18], 'passNumber')),
    ...readIssueCount(text, 238),
  };
};

/** 外国人永久居留身份证, version 2017 (type flag I): 15 characters of number, English name first. */
const foreigner2017: Layout = (text) => {
  const englishName = readRequired(text, [0, 120], 'englishName');
  const chineseName = readText(text, [158, 30], 'name');
  return {
    kind: 'foreigner-2017',
    name: chineseName || englishName,
    englishName,
    gender: readGender(text, [120, 2]),
    number: readPattern(text, [122, 30], 'number', /^[A-Z]{3}\d{12}$/),
    nationality: readPattern(text, [152, 6], 'nationality', /^[A-Z]{3}$/),
    birthDate: readDate(text, [220, 16], 'birthDate'),
    ...ifAny('issuer', readText(text, [240, 8], 'issuer')),
    ...readValidity(text, VALID_FROM, VALID_TO),
  };
};

/** 外国人永久居留身份证, version 2023 (type flag Y): 18 characters of number, English name in two parts. */
const foreigner2023: Layout = (text) => {
  const chineseName = readText(text, [0, 30], 'name');
  const englishName = readEnglishName(text);
  if (!chineseName && !englishName) throw malformed('name');
  return {
    kind: 'foreigner-2023',
    name: chineseName || englishName,
    ...ifAny('englishName', englishName),
    gender: readGender(text, [30, 2]),
    ...readIssueCount(text, 32),
    birthDate: readDate(text, [36, 16], 'birthDate'),
    number: readPattern(text, [122, 36], 'number', /^9\d{16}[\dX]$/),
    nationality: readPattern(text, [242, 6], 'nationality', /^[A-Z]{3}$/),
    ...readValidity(text, VALID_FROM, VALID_TO),
  };
};

/** The two parts are one text: a space at the seam belongs to the name, so they are joined before padding is cut. */
function readEnglishName(text: Uint8Array): string {
  const joined = new Uint8Array(92);
  joined.set(text.subarray(52, 122));
  joined.set(text.subarray(220, 242), 70);
  try {
    return readText(joined, [0, 92], 'englishName');
  } finally {
    joined.fill(0);
  }
}

function readIssueCount(text: Uint8Array, offset: number): { readonly issueCount?: number } {
  const value = readPattern(text, [offset, 4], 'issueCount', /^\d{0,2}$/);
  return value === '' ? {} : { issueCount: Number(value) };
}

/** Layouts by the type flag at byte 248. */
export const layouts: ReadonlyMap<string, Layout> = new Map([
  ['', resident],
  ['J', hkMoTw],
  ['I', foreigner2017],
  ['Y', foreigner2023],
]);
