import type { AuditedInteraction } from '../audit/audit-event.js';
import { putAuditEvent } from '../audit/audit-log.js';
import { stringAt } from '../fhir/json.js';
import { parseReference } from '../fhir/references.js';
import { keyText, type FhirResource } from '../fhir/resource.js';
import type { StoredVersion, StoreTransaction } from '../store/store.js';
import { applyWrites, type LinkedWrite } from '../write/apply-writes.js';
import type { WriteResult } from '../write/write-request.js';
import { makeAuditEvent, type Call } from './call.js';
import { patientIdsOf } from './guard.js';

function auditedAs(result: WriteResult): AuditedInteraction | undefined {
  if (result.outcome === 'existing' || result.version.type === 'AuditEvent') return undefined;
  return result.outcome === 'created' ? 'create' : 'update';
}

async function recordWrites(
  tx: StoreTransaction,
  call: Call,
  results: readonly WriteResult[],
): Promise<FhirResource[]> {
  const events: FhirResource[] = [];
  for (const result of results) {
    const interaction = auditedAs(result);
    if (!interaction) continue;
    const { type, id, versionId } = result.version;
    const entities = [{ key: { type, id }, versionId }];
    const event = makeAuditEvent(call, { interaction, entities, patientIds: patientIdsOf(result.version) });
    await putAuditEvent(tx, event, call.service.clock.now());
    events.push(event);
  }
  return events;
}

/** Writes all or nothing, together with one audit event for each change, and tells the page service about new documents. */
export async function commit(call: Call, writes: readonly LinkedWrite[]): Promise<readonly WriteResult[]> {
  const { service, access, baseUrl, signal } = call;
  const done = await service.store.transaction(
    async (tx) => {
      const results = await applyWrites(tx, writes, { access, baseUrl, now: service.clock.now() });
      return { results, events: await recordWrites(tx, call, results) };
    },
    { signal },
  );
  for (const event of done.events) service.auditLog.announce(event);
  for (const { version, outcome } of done.results) {
    if (version.type === 'DocumentReference' && outcome !== 'existing') await announceDocument(call, version);
  }
  return done.results;
}

/** What the page service needs to know of a document; undefined when its bytes are elsewhere. */
export async function pageSubject(call: Call, version: StoredVersion) {
  const key = parseReference(stringAt(version.resource, 'content.attachment.url') ?? '');
  if (key?.type !== 'Binary') return undefined;
  const blob = (await call.service.store.read(key))?.blob;
  const mime = stringAt(version.resource, 'content.attachment.contentType') ?? 'application/octet-stream';
  return blob && { documentId: version.id, versionId: version.versionId, mime, blob };
}

async function announceDocument(call: Call, version: StoredVersion): Promise<void> {
  if (!call.service.pageService) return;
  const subject = await pageSubject(call, version);
  if (subject) call.service.pageService.onDocumentStored(subject);
}

export function locationOf(call: Call, version: StoredVersion): string {
  return `${call.baseUrl}/${keyText(version)}/_history/${version.versionId}`;
}
