import type { AuditedInteraction } from '../audit/audit-event.js';
import { putAuditEvent } from '../audit/audit-log.js';
import { stringAt } from '../fhir/json.js';
import { toWireError } from '../fhir/outcome.js';
import { parseReference } from '../fhir/references.js';
import { keyText, type FhirResource } from '../fhir/resource.js';
import type { StoredVersion, StoreTransaction } from '../store/store.js';
import { applyWrites, type LinkedWrite } from '../write/apply-writes.js';
import type { WriteResult } from '../write/write-request.js';
import { audit, makeAuditEvent, type Call } from './call.js';
import { checkSignedVersions, signedVersionOf } from './check-signed-version.js';
import { patientIdsOf } from './guard.js';

/** A conditional create that gives back what was there has read it. */
const auditedAs: Readonly<Record<WriteResult['outcome'], AuditedInteraction>> = {
  created: 'create',
  updated: 'update',
  existing: 'read',
};

async function recordWrites(
  tx: StoreTransaction,
  call: Call,
  results: readonly WriteResult[],
): Promise<FhirResource[]> {
  const events: FhirResource[] = [];
  for (const result of results) {
    const { type, id, versionId } = result.version;
    // The log of writing to the log would never end.
    if (type === 'AuditEvent') continue;
    const signs = result.outcome === 'updated' && signedVersionOf({ type, id }, result.version.resource);
    const interaction = signs ? 'sign' : auditedAs[result.outcome];
    const entities = [{ key: { type, id }, versionId }];
    const event = makeAuditEvent(call, { interaction, entities, patientIds: patientIdsOf(result.version) });
    await putAuditEvent(tx, event, call.service.clock.now());
    events.push(event);
  }
  return events;
}

/** Resources named in the event of one denied bundle at most. */
const MAX_AUDITED_TARGETS = 50;

/** Puts a change on record that the policy refused; nothing of it was stored. What is hidden looks missing, hence 404. */
async function recordDenial(call: Call, writes: readonly LinkedWrite[], error: unknown): Promise<void> {
  const { status } = toWireError(error);
  if (status !== 403 && status !== 404) return;
  const targets = writes.flatMap(({ request }) => (request.kind === 'update' ? [{ key: request.key }] : []));
  const interaction = targets.length > 0 ? 'update' : 'create';
  const entities = targets.slice(0, MAX_AUDITED_TARGETS);
  await audit(call, { interaction, outcome: 'denied', entities, patientIds: [] });
}

/** Writes all or nothing, together with one audit event for each change, and tells the page service about new documents. */
export async function commit(call: Call, writes: readonly LinkedWrite[]): Promise<readonly WriteResult[]> {
  const { service, access, baseUrl, signal } = call;
  await checkSignedVersions(call, writes);
  const work = async (tx: StoreTransaction) => {
    const results = await applyWrites(tx, writes, { access, baseUrl, now: service.clock.now() });
    return { results, events: await recordWrites(tx, call, results) };
  };
  const done = await service.store.transaction(work, { signal }).catch(async (error: unknown) => {
    await recordDenial(call, writes, error);
    throw error;
  });
  for (const event of done.events) service.auditLog.announce(event);
  for (const { version, outcome } of done.results) {
    if (version.type !== 'DocumentReference' || outcome === 'existing') continue;
    // What is stored is stored: pages that nobody prepares now are made when somebody opens them.
    await announceDocument(call, version).catch(() => undefined);
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
