import {
  categoryOfType,
  codeSystems,
  extensions,
  FRONT_PAGE_TYPE,
  identifierSystems,
  profiles,
  type ErrorCode,
} from '@anjuan/core';
import type { FhirResource } from '../../fhir/resource.js';
import type { FolderDocument, RecordFolder } from '../../folder-format.js';
import { departmentConcept, instant, references, stayPeriod } from './people.js';

/** A document's file, hashed. */
export interface DocumentFile {
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Base64, as FHIR R4 demands. */
  readonly sha1: string;
  /** Id of the Binary; absent when there are no bytes at all. */
  readonly binaryId?: string;
  /** Why the file cannot be shown. */
  readonly problem?: ErrorCode;
}

const CONFIDENTIALITY = new Set(['U', 'L', 'M', 'N', 'R', 'V']);

/** The DocumentReference of one document; the front page also carries what record search looks for. */
export function documentResource(record: RecordFolder, document: FolderDocument, file: DocumentFile): FhirResource {
  const security = (document.labels ?? ['N']).map((code) => ({
    system: CONFIDENTIALITY.has(code) ? codeSystems.confidentiality : codeSystems.sensitivity,
    code,
  }));
  const archived = record.status !== 'working';
  const frontPage = document.typeCode === FRONT_PAGE_TYPE;
  const facts = [
    ...(file.problem === undefined ? [] : [{ url: extensions.ingestError, valueCode: file.problem }]),
    ...(document.signed === undefined ? [] : [{ url: extensions.signed, valueBoolean: document.signed }]),
  ];
  return {
    resourceType: 'DocumentReference',
    id: document.documentId,
    meta: { profile: [archived ? profiles.archivedDocument : profiles.workingDocument], security },
    ...(facts.length > 0 ? { extension: facts } : {}),
    masterIdentifier: { system: identifierSystems.master, value: `urn:anjuan:document:${document.documentId}` },
    ...(frontPage ? { identifier: stayIdentifiers(record) } : {}),
    status: 'current',
    // MHD forbids docStatus on archived documents.
    ...(archived ? {} : { docStatus: document.signed === true ? 'final' : 'preliminary' }),
    type: { coding: [typeCoding(document)], text: document.title },
    category: [categoryConcept(document)],
    subject: { reference: references.patient(record), display: record.patient.name },
    date: instant(document.dateTime),
    author: [{ reference: references.practitioner(document.author), display: document.author.name }],
    custodian: { reference: references.department(record) },
    description: document.title,
    securityLabel: security.map((coding) => ({ coding: [coding] })),
    content: [{ attachment: attachment(document, file) }],
    context: {
      encounter: [{ reference: references.encounter(record) }],
      ...(frontPage ? diagnosisEvent(record) : {}),
      period: frontPage ? stayPeriod(record) : { start: instant(document.dateTime), end: instant(document.dateTime) },
      practiceSetting: departmentConcept(record),
    },
  };
}

export function stayIdentifiers({ stay }: RecordFolder) {
  return [
    { system: identifierSystems.recordNumber, value: stay.recordNumber },
    { system: identifierSystems.inpatientNumber, value: stay.inpatientNumber },
  ];
}

function typeCoding({ typeCode, title }: FolderDocument) {
  const system = /^C\d{4}$/.test(typeCode) ? codeSystems.documentType : codeSystems.localDocumentType;
  return { system, code: typeCode, display: title };
}

function categoryConcept({ typeCode }: FolderDocument) {
  const { code, zh } = categoryOfType(typeCode);
  return { coding: [{ system: codeSystems.documentCategory, code, display: zh }] };
}

function attachment(document: FolderDocument, file: DocumentFile) {
  return {
    contentType: document.mime,
    language: 'zh-CN',
    ...(file.binaryId === undefined ? {} : { url: `Binary/${file.binaryId}` }),
    size: file.sizeBytes,
    hash: file.sha1,
    title: document.title,
    creation: instant(document.dateTime),
    extension: [{ url: extensions.sha256, valueString: file.sha256 }],
  };
}

export function diagnosisEvent({ stay: { mainDiagnosis } }: RecordFolder) {
  if (!mainDiagnosis) return {};
  const { code, display, system } = mainDiagnosis;
  return { event: [{ coding: [{ system: system ?? codeSystems.diagnosis, code, display }], text: display }] };
}
