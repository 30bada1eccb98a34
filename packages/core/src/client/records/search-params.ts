import { AnjuanError } from '../../errors/anjuan-error.js';
import { FRONT_PAGE_TYPE } from '../../model/document-types.js';
import { codeSystems, identifierSystems } from '../../model/fhir-names.js';
import type { RecordQuery } from '../types.js';

/** Chinese hospitals live on one time. */
export const HOSPITAL_OFFSET = '+08:00';

export interface SearchParamsOptions {
  readonly pageSize: number;
  /** The archive searches free text over its index cards. */
  readonly fullText: boolean;
}

export interface SearchParams {
  readonly query: URLSearchParams;
  /** The parameters that narrow the result: the ones that must not be dropped. */
  readonly filters: readonly (readonly [name: string, value: string])[];
}

/** Search over front pages (C0032), the index cards of records, with patient and record along. */
export function searchParamsOf(query: RecordQuery, options: SearchParamsOptions): SearchParams {
  const filters: (readonly [string, string])[] = [
    ['type', `${codeSystems.documentType}|${FRONT_PAGE_TYPE}`],
    ['status', 'current'],
  ];
  const add = (value: string | undefined, pair: (value: string) => readonly [string, string]): void => {
    const trimmed = value?.trim() ?? '';
    if (trimmed !== '') filters.push(pair(trimmed));
  };
  add(query.text, (value) => (options.fullText ? ['_content', value] : guessed(value)));
  add(query.name, (value) => ['patient.name', value]);
  add(query.recordNumber, (value) => ['identifier', `${identifierSystems.recordNumber}|${token(value)}`]);
  add(query.inpatientNumber, (value) => ['identifier', `${identifierSystems.inpatientNumber}|${token(value)}`]);
  add(query.department, (value) => concept('setting', value, /^[\x21-\x7e]+$/));
  add(query.diagnosis, (value) => concept('event', value, /^[A-Z]\d{2}[\dA-Za-z.+*]*$/));
  add(query.patientId, (value) => ['patient', `Patient/${value}`]);
  add(query.dischargedFrom, (value) => ['period', `ge${dayOf(value)}T00:00:00${HOSPITAL_OFFSET}`]);
  // `le` would also find stays that begin before that day and end after it; `eb` means the stay itself has ended.
  add(query.dischargedTo, (value) => ['period', `eb${dayAfter(value)}T00:00:00${HOSPITAL_OFFSET}`]);
  const all = new URLSearchParams(filters.map(([name, value]) => [name, value]));
  all.append('_include', 'DocumentReference:patient');
  all.append('_revinclude', 'List:item');
  all.append('_sort', '-period');
  all.append('_count', String(options.pageSize));
  return { query: all, filters };
}

/** Errors: `invalid-argument` when it is no day. */
function dayOf(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw new AnjuanError('invalid-argument', {
    message: 'A day must be YYYY-MM-DD.',
    details: { argument: 'discharged' },
  });
}

function dayAfter(value: string): string {
  return new Date(Date.parse(dayOf(value)) + 86_400_000).toISOString().slice(0, 10);
}

/** Without full text an archive finds names and numbers; a number has digits and no Chinese. */
function guessed(value: string): readonly [string, string] {
  return /^[A-Za-z-]{0,6}\d[\dA-Za-z-]*$/.test(value) ? ['identifier', token(value)] : ['patient.name', value];
}

function concept(name: string, value: string, code: RegExp): readonly [string, string] {
  return code.test(value) ? [name, token(value)] : [`${name}:text`, value];
}

/** `|`, `,`, `$` and the backslash are syntax inside a token. @source FHIR R4 search, "Escaping Search Parameters" */
function token(value: string): string {
  return value.replace(/[\\|,$]/g, '\\$&');
}
