import type { IdCard, IdCardKind } from '../devices/id-card-reader.js';
import { checkCharacter } from '../devices/id-card/card/values.js';

/** A synthetic card: what it says, and the 256 bytes that say it. */
export interface SamTestCard {
  readonly card: IdCard;
  readonly text: Uint8Array;
  /** 70 bytes; cards without one answer 91. */
  readonly appendedAddress?: Uint8Array;
}

/** UTF-16LE, filled up with spaces. */
export function utf16(value: string, bytes: number): Uint8Array {
  const field = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 2) field[at] = 0x20;
  for (let index = 0; index < value.length && index * 2 < bytes; index += 1) {
    field[index * 2] = value.charCodeAt(index) & 0xff;
    field[index * 2 + 1] = value.charCodeAt(index) >> 8;
  }
  return field;
}

/** A text block of fields: `[offset, length, value]` in bytes. */
export function textBlock(fields: readonly (readonly [offset: number, length: number, value: string])[]): Uint8Array {
  const block = utf16('', 256);
  for (const [offset, length, value] of fields) block.set(utf16(value, length), offset);
  return block;
}

const number18 = (first17: string): string => first17 + checkCharacter(first17);

const resident: SamTestCard = {
  card: {
    kind: 'resident',
    name: '张三',
    gender: 'male',
    nationCode: '01',
    birthDate: '1970-01-01',
    address: '测试省示例市虚构路1号',
    number: '990000197001010018',
    issuer: '示例市公安局',
    validFrom: '2015-06-30',
    validTo: 'long-term',
  },
  text: textBlock([
    [0, 30, '张三'],
    [30, 2, '1'],
    [32, 4, '01'],
    [36, 16, '19700101'],
    [52, 70, '测试省示例市虚构路1号'],
    [122, 36, '990000197001010018'],
    [158, 30, '示例市公安局'],
    [188, 16, '20150630'],
    [204, 16, '长期'],
  ]),
};

const hkMoTw: SamTestCard = {
  card: {
    kind: 'hk-mo-tw',
    name: '李示范',
    gender: 'female',
    birthDate: '1985-02-28',
    address: '测试省示例市虚构路2号',
    number: number18('81000019850228990'),
    issuer: '示例市公安局',
    validFrom: '2019-09-01',
    validTo: '2024-09-01',
    passNumber: 'H99999999',
    issueCount: 1,
  },
  text: textBlock([
    [0, 30, '李示范'],
    [30, 2, '2'],
    [36, 16, '19850228'],
    [52, 70, '测试省示例市虚构路2号'],
    [122, 36, number18('81000019850228990')],
    [158, 30, '示例市公安局'],
    [188, 16, '20190901'],
    [204, 16, '20240901'],
    [220, 18, 'H99999999'],
    [238, 4, '01'],
    [248, 2, 'J'],
  ]),
};

const foreigner2017: SamTestCard = {
  card: {
    kind: 'foreigner-2017',
    name: '王测试',
    englishName: 'SAMPLE, TESTPERSON MIDDLENAME',
    gender: 'male',
    number: 'XXA990080010199',
    nationality: 'XXA',
    birthDate: '1980-01-01',
    issuer: '1500',
    validFrom: '2018-03-01',
    validTo: '2028-02-29',
  },
  text: textBlock([
    [0, 120, 'SAMPLE, TESTPERSON MIDDLENAME'],
    [120, 2, '1'],
    [122, 30, 'XXA990080010199'],
    [152, 6, 'XXA'],
    [158, 30, '王测试'],
    [188, 16, '20180301'],
    [204, 16, '20280229'],
    [220, 16, '19800101'],
    [236, 4, '01'],
    [240, 8, '1500'],
    [248, 2, 'I'],
  ]),
};

/** 41 characters, so that it runs over from the first part (35) into the second. */
const LONG_NAME = 'EXEMPLARISCHE, TESTPERSON MARIA ALEXANDRA';

const foreigner2023: SamTestCard = {
  card: {
    kind: 'foreigner-2023',
    name: '赵例',
    englishName: LONG_NAME,
    gender: 'female',
    issueCount: 2,
    birthDate: '1992-02-29',
    number: number18('99900019920229990'),
    nationality: 'XXB',
    validFrom: '2023-12-01',
    validTo: '2033-11-30',
  },
  text: textBlock([
    [0, 30, '赵例'],
    [30, 2, '2'],
    [32, 4, '02'],
    [36, 16, '19920229'],
    [52, 70, LONG_NAME.slice(0, 35)],
    [220, 22, LONG_NAME.slice(35)],
    [122, 36, number18('99900019920229990')],
    [188, 16, '20231201'],
    [204, 16, '20331130'],
    [242, 6, 'XXB'],
    [248, 2, 'Y'],
  ]),
};

/** A synthetic card of each kind. Numbers begin with area 99, which no real person has. */
export const samTestCards: Readonly<Record<IdCardKind, SamTestCard>> = {
  resident,
  'hk-mo-tw': hkMoTw,
  'foreigner-2017': foreigner2017,
  'foreigner-2023': foreigner2023,
};
