import { extensions, FRONT_PAGE_TYPE, identifierSystems, type RecordSummary } from '@anjuan/core';
import { extensionAt } from '../fhir/extensions.js';
import { objectsAt, stringAt, stringsAt, valuesAt } from '../fhir/json.js';
import type { FhirResource } from '../fhir/resource.js';
import { referencesAt } from '../policy/derive-facts.js';
import type { StoredVersion } from '../store/store.js';
import type { Call } from './call.js';
import type { RecordDocument } from './record-documents.js';

function identifier(resource: FhirResource, system: string): string | undefined {
  const found = objectsAt(resource, 'identifier').find((item) => item['system'] === system);
  return found && stringAt(found, 'value');
}

function officialName(patient: FhirResource | undefined): string | undefined {
  const names = objectsAt(patient, 'name');
  const name = names.find((item) => !extensionAt(item, extensions.nameRepresentation)) ?? names[0];
  return name && (stringAt(name, 'text') ?? [stringAt(name, 'family'), ...stringsAt(name, 'given')].join(''));
}

function genderOf(patient: FhirResource | undefined): RecordSummary['gender'] {
  const gender = stringAt(patient, 'gender');
  return gender === 'male' || gender === 'female' || gender === 'other' ? gender : 'unknown';
}

/** Leaves out what is undefined: the wire shape has no such keys. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function diagnosisOf(card: FhirResource | undefined): RecordSummary['mainDiagnosis'] {
  const event = objectsAt(card, 'context.event')[0];
  const code = stringAt(event, 'coding.code');
  const text = stringAt(event, 'text') ?? stringAt(event, 'coding.display') ?? code;
  return text === undefined ? undefined : { text, ...(code !== undefined && { code }) };
}

/** The index card of a record, from what the user may read of patient, stay and front page. */
export async function recordSummary(
  call: Call,
  list: StoredVersion,
  documents: readonly RecordDocument[],
): Promise<RecordSummary> {
  const [patientKey] = referencesAt(list.resource, 'Patient', 'subject');
  const [encounterKey] = referencesAt(list.resource, 'Encounter', 'encounter');
  const keys = [patientKey, encounterKey].filter((key) => key !== undefined);
  const found = await call.service.store.readMany(keys, { signal: call.signal });
  const readable = found.filter((version) => call.access.decide(version.access).decision === 'read');
  const patient = readable.find((version) => version.type === 'Patient')?.resource;
  const encounter = readable.find((version) => version.type === 'Encounter')?.resource;
  const card = documents.find(
    ({ version, result }) =>
      result.decision === 'read' && stringsAt(version.resource, 'type.coding.code').includes(FRONT_PAGE_TYPE),
  )?.version.resource;
  const visit = valuesAt(extensionAt(list.resource, extensions.visitNumber), 'valuePositiveInt')[0];
  return {
    recordId: list.id,
    patientId: patientKey?.id ?? '',
    patientName: officialName(patient) ?? '',
    gender: genderOf(patient),
    ...present({
      birthDate: stringAt(patient, 'birthDate'),
      recordNumber: identifier(list.resource, identifierSystems.recordNumber),
      inpatientNumber: identifier(list.resource, identifierSystems.inpatientNumber),
      visitNumber: typeof visit === 'number' ? visit : undefined,
      department:
        stringAt(card, 'context.practiceSetting.text') ??
        stringAt(card, 'context.practiceSetting.coding.display') ??
        stringAt(encounter, 'serviceType.text'),
      admittedOn: stringAt(encounter, 'period.start') ?? stringAt(card, 'context.period.start'),
      dischargedOn: stringAt(encounter, 'period.end') ?? stringAt(card, 'context.period.end'),
      mainDiagnosis: diagnosisOf(card),
    }),
  };
}
