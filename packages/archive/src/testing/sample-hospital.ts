import { codeSystems, extensions, FRONT_PAGE_TYPE, identifierSystems } from '@anjuan/core';
import { objectsAt, stringAt, type JsonObject } from '../fhir/json.js';
import type { FhirResource } from '../fhir/resource.js';
import { system } from './people.js';
import type { TestArchive } from './test-archive.js';

export interface SampleDocument {
  readonly id: string;
  readonly type?: string;
  readonly title?: string;
  readonly labels?: readonly string[];
  readonly text?: string;
}

export interface SampleStay {
  readonly recordId: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly pinyin?: string;
  readonly department: string;
  readonly departmentName: string;
  readonly doctorId: string;
  readonly recordNumber: string;
  readonly diagnosis: string;
  readonly admittedOn: string;
  readonly dischargedOn?: string;
  readonly status?: 'working' | 'archived' | 'sealed';
  readonly listLabels?: readonly string[];
  readonly documents: readonly SampleDocument[];
}

/** Two stays in two departments; every document has its own bytes. People are invented. */
export const heartStay: SampleStay = {
  recordId: 'rec-heart',
  patientId: 'p-lin',
  patientName: '林一辰',
  department: 'CARD',
  departmentName: '心血管内科',
  doctorId: 'dr-heart',
  recordNumber: 'BA000101',
  diagnosis: '冠状动脉粥样硬化性心脏病',
  admittedOn: '2026-03-01T09:00:00+08:00',
  dischargedOn: '2026-03-09T10:00:00+08:00',
  documents: [
    { id: 'heart-front', type: FRONT_PAGE_TYPE, title: '住院病案首页' },
    { id: 'heart-lab', type: 'C0007', title: '检验报告' },
    { id: 'heart-hiv', type: 'C0007', title: '抗体检测报告', labels: ['R', 'HIV'] },
    { id: 'heart-vip', type: 'C0042', title: '干部保健会诊', labels: ['CEL'] },
  ],
};

export const brainStay: SampleStay = {
  recordId: 'rec-brain',
  patientId: 'p-chen',
  patientName: '陈思远',
  department: 'NEUR',
  departmentName: '神经内科',
  doctorId: 'dr-brain',
  recordNumber: 'BA000202',
  diagnosis: '脑梗死',
  admittedOn: '2026-04-02T09:00:00+08:00',
  dischargedOn: '2026-04-20T10:00:00+08:00',
  documents: [
    { id: 'brain-front', type: FRONT_PAGE_TYPE, title: '住院病案首页' },
    { id: 'brain-note', type: 'C0037', title: '首次病程记录' },
  ],
};

const sensitive = ['HIV', 'STD', 'PSY', 'SUD', 'SDV', 'SEX', 'ETH', 'GDIS', 'CEL', 'EMP'];

function coding(label: string): JsonObject {
  return { system: sensitive.includes(label) ? codeSystems.sensitivity : codeSystems.confidentiality, code: label };
}

function put(resource: FhirResource): JsonObject {
  const url = `${resource.resourceType}/${resource.id ?? ''}`;
  return { fullUrl: `urn:test:${url}`, resource, request: { method: 'PUT', url } };
}

function identifiers(stay: SampleStay): readonly JsonObject[] {
  return [
    { system: identifierSystems.recordNumber, value: stay.recordNumber },
    { system: identifierSystems.inpatientNumber, value: stay.recordNumber.replace('BA', 'ZY') },
  ];
}

function periodOf(stay: SampleStay): JsonObject {
  return { start: stay.admittedOn, ...(stay.dischargedOn !== undefined && { end: stay.dischargedOn }) };
}

export function sampleDocument(stay: SampleStay, document: SampleDocument): FhirResource {
  const { id, type = 'C0037', title = id, labels = ['N'] } = document;
  const card = type === FRONT_PAGE_TYPE;
  return {
    resourceType: 'DocumentReference',
    id,
    masterIdentifier: { system: identifierSystems.master, value: `urn:test:${id}` },
    ...(card && { identifier: identifiers(stay) }),
    status: 'current',
    type: { coding: [{ system: codeSystems.documentType, code: type, display: title }], text: title },
    category: [{ coding: [{ system: codeSystems.documentCategory, code: 'course', display: '病程记录' }] }],
    subject: { reference: `Patient/${stay.patientId}`, display: stay.patientName },
    date: stay.admittedOn,
    author: [{ reference: `Practitioner/${stay.doctorId}`, display: `医生${stay.doctorId}` }],
    description: title,
    securityLabel: labels.map((label) => ({ coding: [coding(label)] })),
    content: [{ attachment: { contentType: 'application/pdf', url: `Binary/bin-${id}`, title } }],
    context: {
      encounter: [{ reference: `Encounter/enc-${stay.recordId}` }],
      period: periodOf(stay),
      practiceSetting: {
        coding: [{ system: codeSystems.department, code: stay.department }],
        text: stay.departmentName,
      },
      ...(card && { event: [{ coding: [{ code: 'I25.1', display: stay.diagnosis }], text: stay.diagnosis }] }),
    },
  };
}

export function sampleList(stay: SampleStay): FhirResource {
  const tag = [{ system: codeSystems.recordStatus, code: stay.status ?? 'archived' }];
  const security = (stay.listLabels ?? []).map(coding);
  return {
    resourceType: 'List',
    id: stay.recordId,
    meta: { tag, ...(security.length > 0 && { security }) },
    extension: [{ url: extensions.visitNumber, valuePositiveInt: 1 }],
    identifier: identifiers(stay),
    status: 'current',
    mode: 'working',
    code: { coding: [{ system: codeSystems.mhdListTypes, code: 'folder' }] },
    subject: { reference: `Patient/${stay.patientId}` },
    encounter: { reference: `Encounter/enc-${stay.recordId}` },
    date: stay.admittedOn,
    entry: stay.documents.map(({ id }) => ({ item: { reference: `DocumentReference/${id}` } })),
  };
}

/** The stay as one transaction of fixed ids. */
export function sampleBundle(stay: SampleStay): JsonObject {
  const patient: FhirResource = {
    resourceType: 'Patient',
    id: stay.patientId,
    identifier: [{ system: identifierSystems.residentId, value: `99${stay.recordNumber}` }],
    name: [
      { use: 'official', text: stay.patientName },
      ...(stay.pinyin === undefined
        ? []
        : [{ text: stay.pinyin, extension: [{ url: extensions.nameRepresentation, valueCode: 'SYL' }] }]),
    ],
    gender: 'female',
    birthDate: '1970-05-01',
  };
  const encounter: FhirResource = {
    resourceType: 'Encounter',
    id: `enc-${stay.recordId}`,
    status: 'finished',
    class: { code: 'IMP' },
    subject: { reference: `Patient/${stay.patientId}` },
    serviceType: { coding: [{ system: codeSystems.department, code: stay.department }] },
    participant: [{ individual: { reference: `Practitioner/${stay.doctorId}` } }],
    period: periodOf(stay),
  };
  const doctor: FhirResource = {
    resourceType: 'Practitioner',
    id: stay.doctorId,
    name: [{ text: `医生${stay.doctorId}` }],
  };
  const binaries = stay.documents.map(({ id, text = `bytes of ${id}` }): FhirResource => {
    return { resourceType: 'Binary', id: `bin-${id}`, contentType: 'application/pdf', data: btoa(text) };
  });
  const documents = stay.documents.map((document) => sampleDocument(stay, document));
  const resources = [sampleList(stay), ...documents, ...binaries, encounter, patient, doctor];
  return { resourceType: 'Bundle', type: 'transaction', entry: resources.map(put) };
}

/** Stores stays through the archive's own front door; people who are there already stay as they are. */
export async function admit(archive: TestArchive, ...stays: readonly SampleStay[]): Promise<void> {
  const asSystem = archive.as(system);
  for (const stay of stays) {
    const bundle = sampleBundle(stay);
    const entry = [];
    for (const item of objectsAt(bundle, 'entry')) {
      const known = await asSystem(stringAt(item, 'request.url') ?? '', { method: 'HEAD' });
      if (known.status !== 200) entry.push(item);
    }
    const answer = await asSystem('', { body: { ...bundle, entry } });
    if (answer.status !== 200) throw new Error(`the sample was refused: ${answer.status} ${answer.text}`);
  }
}
