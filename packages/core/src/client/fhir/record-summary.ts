import { list, number, text } from '../../json/read.js';
import { extensions, identifierSystems, codeSystems, profiles } from '../../model/fhir-names.js';
import type { RecordSummary } from '../../model/record.js';
import { idOfReference } from './reference.js';

export interface SummarySources {
  readonly folder: unknown;
  /** C0032; undefined on a record without front page. */
  readonly frontPage: unknown;
  readonly patient: unknown;
}

/** One index card from the record's List, its front page and its patient. */
export function summaryOf({ folder, frontPage, patient }: SummarySources): RecordSummary {
  const reference = text(folder, 'subject', 'reference') ?? text(frontPage, 'subject', 'reference');
  const optional = {
    birthDate: text(patient, 'birthDate'),
    recordNumber: identifierOf(identifierSystems.recordNumber, folder, frontPage, patient),
    inpatientNumber: identifierOf(identifierSystems.inpatientNumber, folder, frontPage),
    visitNumber: visitNumberOf(folder),
    department: conceptText(list(frontPage, 'context', 'practiceSetting', 'coding'), frontPage),
    admittedOn: text(frontPage, 'context', 'period', 'start'),
    dischargedOn: text(frontPage, 'context', 'period', 'end'),
    mainDiagnosis: diagnosisOf(frontPage),
  };
  return {
    recordId: text(folder, 'id') ?? '',
    patientId: idOfReference(reference, 'Patient') ?? text(patient, 'id') ?? '',
    patientName: nameOf(patient),
    gender: genderOf(patient),
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ) as Partial<RecordSummary>),
  };
}

/** A record among the Lists that name a document; submission sets name it too. */
export function isRecordFolder(resource: unknown): boolean {
  if (text(resource, 'resourceType') !== 'List') return false;
  if (list(resource, 'meta', 'profile').includes(profiles.recordFolder)) return true;
  const codes = list(resource, 'code', 'coding').filter((one) => text(one, 'system') === codeSystems.mhdListTypes);
  return codes.some((one) => text(one, 'code') === 'folder');
}

function identifierOf(system: string, ...resources: readonly unknown[]): string | undefined {
  for (const resource of resources) {
    const found = list(resource, 'identifier').find((one) => text(one, 'system') === system);
    const value = text(found, 'value');
    if (value !== undefined) return value;
  }
  return undefined;
}

function visitNumberOf(folder: unknown): number | undefined {
  const extension = list(folder, 'extension').find((one) => text(one, 'url') === extensions.visitNumber);
  return number(extension, 'valuePositiveInt');
}

function conceptText(codings: readonly unknown[], frontPage: unknown): string | undefined {
  return (
    text(frontPage, 'context', 'practiceSetting', 'text') ?? text(codings[0], 'display') ?? text(codings[0], 'code')
  );
}

function diagnosisOf(frontPage: unknown): RecordSummary['mainDiagnosis'] {
  const [event] = list(frontPage, 'context', 'event');
  const [coding] = list(event, 'coding');
  const shown = text(event, 'text') ?? text(coding, 'display') ?? text(coding, 'code');
  if (shown === undefined) return undefined;
  const code = text(coding, 'code');
  return { text: shown, ...(code !== undefined && { code }) };
}

/** The written name: the pinyin stands in a second name marked as syllabic. */
function nameOf(patient: unknown): string {
  const names = list(patient, 'name');
  const isPinyin = (name: unknown): boolean =>
    list(name, 'extension').some(
      (one) =>
        text(one, 'url') === extensions.nameRepresentation && ['SYL', 'ABC'].includes(text(one, 'valueCode') ?? ''),
    );
  const name = names.find((one) => !isPinyin(one)) ?? names[0];
  const given = list(name, 'given').filter((part): part is string => typeof part === 'string');
  return text(name, 'text') ?? `${text(name, 'family') ?? ''}${given.join('')}`;
}

function genderOf(patient: unknown): RecordSummary['gender'] {
  const gender = text(patient, 'gender');
  return gender === 'male' || gender === 'female' || gender === 'other' ? gender : 'unknown';
}
