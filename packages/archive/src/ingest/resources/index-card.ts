import { codeSystems, FRONT_PAGE_TYPE, profiles } from '@anjuan/core';
import type { FhirResource } from '../../fhir/resource.js';
import type { RecordFolder } from '../../folder-format.js';
import { derivedId } from './derived-id.js';
import { diagnosisEvent, stayIdentifiers } from './document.js';
import { departmentConcept, instant, references, stayPeriod } from './people.js';

const TITLE = '住院病案首页（未完成）';

/** True while a stay has no front page of its own and needs a card to be found by. */
export function needsIndexCard({ documents }: RecordFolder): boolean {
  return documents.every(({ typeCode }) => typeCode !== FRONT_PAGE_TYPE);
}

export function indexCardId({ recordId }: RecordFolder): string {
  return derivedId('card', recordId);
}

/** What a search finds a stay by before its front page exists: patients still in the ward, records not yet complete. */
export function indexCardResource(
  record: RecordFolder,
  { status }: { readonly status: 'current' | 'superseded' },
): FhirResource {
  const security = [{ system: codeSystems.confidentiality, code: 'N' }];
  return {
    resourceType: 'DocumentReference',
    id: indexCardId(record),
    meta: { profile: [profiles.workingDocument, profiles.indexCard], security },
    identifier: stayIdentifiers(record),
    status,
    docStatus: 'preliminary',
    type: { coding: [{ system: codeSystems.documentType, code: FRONT_PAGE_TYPE, display: TITLE }], text: TITLE },
    subject: { reference: references.patient(record), display: record.patient.name },
    date: instant(record.stay.admittedOn),
    author: [{ reference: references.practitioner(record.stay.attending), display: record.stay.attending.name }],
    custodian: { reference: references.department(record) },
    description: TITLE,
    securityLabel: security.map((coding) => ({ coding: [coding] })),
    content: [{ attachment: { contentType: 'application/pdf', language: 'zh-CN', title: TITLE } }],
    context: {
      encounter: [{ reference: references.encounter(record) }],
      ...diagnosisEvent(record),
      period: stayPeriod(record),
      practiceSetting: departmentConcept(record),
    },
  };
}
