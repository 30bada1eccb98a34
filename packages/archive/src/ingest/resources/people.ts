import { codeSystems, extensions, identifierSystems } from '@anjuan/core';
import type { FhirResource } from '../../fhir/resource.js';
import type { Person, RecordFolder } from '../../folder-format.js';
import { derivedId } from './derived-id.js';

export const references = {
  patient: (record: RecordFolder) => `Patient/${record.patient.patientId}`,
  encounter: (record: RecordFolder) => `Encounter/${encounterId(record)}`,
  practitioner: (person: Person) => `Practitioner/${person.practitionerId}`,
  department: (record: RecordFolder) => `Organization/${departmentId(record)}`,
} as const;

/** Ids are derived, so a repeated run meets what the first one wrote. */
function encounterId(record: RecordFolder): string {
  return derivedId('enc', record.recordId);
}

function departmentId(record: RecordFolder): string {
  return derivedId('dept', record.stay.department.code);
}

export function patientResource({ patient }: RecordFolder): FhirResource {
  const names = [
    { use: 'official', text: patient.name },
    ...(patient.pinyin === undefined ? [] : [pinyinName(patient.pinyin)]),
  ];
  const residentId = patient.residentId;
  return {
    resourceType: 'Patient',
    id: patient.patientId,
    ...(residentId === undefined ? {} : { identifier: [{ system: identifierSystems.residentId, value: residentId }] }),
    active: true,
    name: names,
    gender: patient.gender,
    birthDate: patient.birthDate,
  };
}

function pinyinName(pinyin: string) {
  return { text: pinyin, extension: [{ url: extensions.nameRepresentation, valueCode: 'SYL' }] };
}

export function practitionerResource(person: Person): FhirResource {
  return { resourceType: 'Practitioner', id: person.practitionerId, active: true, name: [{ text: person.name }] };
}

export function departmentResource(record: RecordFolder): FhirResource {
  const { code, display, system } = record.stay.department;
  return {
    resourceType: 'Organization',
    id: departmentId(record),
    identifier: [{ system: system ?? codeSystems.department, value: code }],
    active: true,
    name: display,
  };
}

/** @source HL7 v3 ActCode (IMP), v3 ParticipationType (ATND) */
export function encounterResource(record: RecordFolder): FhirResource {
  const { stay } = record;
  return {
    resourceType: 'Encounter',
    id: encounterId(record),
    identifier: [{ system: identifierSystems.inpatientNumber, value: stay.inpatientNumber }],
    status: stay.dischargedOn === undefined ? 'in-progress' : 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
    serviceType: departmentConcept(record),
    subject: { reference: references.patient(record), display: record.patient.name },
    participant: [
      {
        type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'ATND' }] }],
        individual: { reference: references.practitioner(stay.attending), display: stay.attending.name },
      },
    ],
    period: stayPeriod(record),
    serviceProvider: { reference: references.department(record), display: stay.department.display },
  };
}

export function departmentConcept({ stay: { department } }: RecordFolder) {
  const { code, display, system } = department;
  return { coding: [{ system: system ?? codeSystems.department, code, display }], text: display };
}

export function stayPeriod({ stay }: RecordFolder) {
  const start = instant(stay.admittedOn);
  return stay.dischargedOn === undefined ? { start } : { start, end: instant(stay.dischargedOn) };
}

/** FHIR instants have seconds; source systems often leave them out. */
export function instant(time: string): string {
  return time.replace(/T(\d{2}:\d{2})(?=Z|[+-])/, 'T$1:00');
}
