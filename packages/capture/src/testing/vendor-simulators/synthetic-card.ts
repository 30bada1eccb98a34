import type { IdCard } from '../../devices/id-card-reader.js';

/** A person who does not exist: the area 99 of the number is not assigned. */
export const SYNTHETIC_CARD: IdCard = {
  kind: 'resident',
  name: '测试甲',
  gender: 'female',
  nationCode: '01',
  birthDate: '1970-01-01',
  address: '模拟省测试市样例路1号',
  number: '990000197001010018',
  issuer: '测试市公安局',
  validFrom: '2015-03-01',
  validTo: 'long-term',
};
