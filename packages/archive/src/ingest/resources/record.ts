import { codeSystems, extensions, profiles } from '@anjuan/core';
import type { FhirResource } from '../../fhir/resource.js';
import type { RecordFolder } from '../../folder-format.js';
import { stayIdentifiers } from './document.js';
import { indexCardId, needsIndexCard } from './index-card.js';
import { instant, references } from './people.js';

/** The stay itself: an ordered List of its documents. */
export function recordResource(record: RecordFolder): FhirResource {
  const { stay } = record;
  return {
    resourceType: 'List',
    id: record.recordId,
    meta: { profile: [profiles.recordFolder], tag: [{ system: codeSystems.recordStatus, code: record.status }] },
    extension: [{ url: extensions.visitNumber, valuePositiveInt: stay.visitNumber }],
    identifier: stayIdentifiers(record),
    status: 'current',
    mode: 'working',
    code: { coding: [{ system: codeSystems.mhdListTypes, code: 'folder' }] },
    subject: { reference: references.patient(record), display: record.patient.name },
    encounter: { reference: references.encounter(record) },
    date: instant(stay.dischargedOn ?? stay.admittedOn),
    source: { reference: references.practitioner(stay.attending), display: stay.attending.name },
    entry: memberIds(record).map((id) => ({ item: { reference: `DocumentReference/${id}` } })),
  };
}

function memberIds(record: RecordFolder): readonly string[] {
  const ids = record.documents.map(({ documentId }) => documentId);
  return needsIndexCard(record) ? [...ids, indexCardId(record)] : ids;
}

/**
 * Where this state of the record came from. One for each state, so a repeated run adds none.
 * @source ISO 21089 lifecycle events
 */
export function provenanceResource(
  record: RecordFolder,
  { stateHash, recordedOn }: { readonly stateHash: string; readonly recordedOn: string },
): FhirResource {
  const activity = record.status === 'working' ? 'receive' : 'archive';
  return {
    resourceType: 'Provenance',
    id: `ingest-${stateHash.slice(0, 40)}`,
    target: [{ reference: `List/${record.recordId}` }],
    occurredDateTime: recordedOn,
    recorded: recordedOn,
    activity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: activity }] },
    agent: [
      {
        type: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'assembler' }],
        },
        who: { display: 'anjuan-archive ingest' },
      },
    ],
  };
}
