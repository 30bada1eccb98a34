import { textOf, type JsonObject } from '../shared/json.js';
import type { CardField, CardTexts } from './card-from-fields.js';

/** Names that services give the fields, in lower case; the first one that has a text counts. */
const ALIASES: Readonly<Record<CardField, readonly string[]>> = {
  name: ['name', 'chname', 'cnname', 'xm', '姓名'],
  englishName: ['engname', 'enname', 'englishname', '英文姓名'],
  gender: ['sexcode', 'sex', 'gender', 'xb', '性别'],
  nation: ['nationcode', 'nation', 'folk', 'people', 'mz', '民族'],
  nationality: ['nationality', 'nationalitycode', 'country', '国籍'],
  birthDate: ['birthday', 'birth', 'born', 'birthdate', 'csrq', '出生', '出生日期'],
  address: ['address', 'addr', 'zz', '住址', '地址'],
  number: [
    'cardid',
    'cardno',
    'idcardno',
    'idnumber',
    'idnum',
    'idno',
    'idcode',
    'number',
    'certnumber',
    'sfzh',
    '身份证号',
    '公民身份号码',
  ],
  issuer: [
    'issueorgan',
    'police',
    'issue',
    'issuer',
    'authority',
    'department',
    'agency',
    'grantdept',
    'signedorg',
    'qfjg',
    '签发机关',
  ],
  validFrom: [
    'validstart',
    'userlifeb',
    'userlifebegin',
    'validfrom',
    'startdate',
    'begindate',
    'signdate',
    'effectdate',
    '有效期起始',
  ],
  validTo: ['validend', 'userlifee', 'userlifeend', 'validto', 'enddate', 'expirydate', 'expiredate', '有效期截止'],
  validity: ['validity', 'validdate', 'validperiod', 'usefullife', 'expire', '有效期', '有效期限'],
  passNumber: ['passid', 'passno', 'passnumber', '通行证号码'],
  issueCount: ['issuestimes', 'issuetimes', 'issuenum', 'issuecount', '签发次数', '换证次数'],
  photo: ['photobase64', 'photo', 'headimage', 'image', 'base64photo', '照片'],
};

/** Reads fields by any of their names, whatever the case. */
export function textsByAlias(fields: JsonObject): CardTexts {
  const byName = new Map<string, string>();
  for (const [name, value] of Object.entries(fields).slice(0, 200)) {
    const text = textOf(value);
    if (text !== '') byName.set(name.toLowerCase().replaceAll('_', ''), text);
  }
  return (field) => {
    for (const alias of ALIASES[field]) {
      const text = byName.get(alias);
      if (text !== undefined) return text;
    }
    return '';
  };
}
