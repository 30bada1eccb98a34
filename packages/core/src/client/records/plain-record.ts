import type { SharedContext } from '../../cache/shared-calls.js';
import { Sha256 } from '../../digest/sha256.js';
import { AnjuanError } from '../../errors/anjuan-error.js';
import { list, text } from '../../json/read.js';
import { FRONT_PAGE_TYPE } from '../../model/document-types.js';
import type { DocumentEntry } from '../../model/document.js';
import { profiles } from '../../model/fhir-names.js';
import type { RecordManifest } from '../../model/record.js';
import type { ClientContext } from '../context.js';
import { readBundle, resourcesById } from '../fhir/bundle.js';
import { documentEntryOf } from '../fhir/document-entry.js';
import { recordStatusOf } from '../fhir/record-status.js';
import { summaryOf } from '../fhir/record-summary.js';
import { idOfReference } from '../fhir/reference.js';

/** Ids per request: an address stays well below the 2 000 characters that old proxies cut at. */
const BATCH = 30;

/**
 * A record of any FHIR R4 engine: its List, the members in the List's order, its patient. Pages are `unmeasured`.
 * A member that does not come back is hidden from this user, and therefore absent.
 */
export async function openPlainRecord(
  context: ClientContext,
  recordId: string,
  call: SharedContext,
): Promise<RecordManifest> {
  const folder = await readResource(context, `List/${recordId}`, 'List', call);
  const ids = memberIds(folder);
  const patientId = idOfReference(text(folder, 'subject', 'reference'), 'Patient');
  const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
    ids.slice(index * BATCH, (index + 1) * BATCH),
  );
  const [patient, ...found] = await Promise.all([
    patientId === undefined ? undefined : readPatient(context, patientId, call),
    ...batches.map((batch) => readDocuments(context, batch, call)),
  ]);
  const resources = resourcesById(found.flat(), 'DocumentReference');
  const members = ids.map((id) => resources.get(id)).filter((resource) => resource !== undefined);
  const documents = members
    .filter((member) => !isIndexCard(member))
    .map(documentEntryOf)
    .filter((entry) => entry !== undefined);
  const frontPage = members.find((member) =>
    list(member, 'type', 'coding').some((coding) => text(coding, 'code') === FRONT_PAGE_TYPE),
  );
  return {
    recordId,
    version: versionOf(folder, documents),
    status: recordStatusOf(folder),
    summary: summaryOf({ folder, frontPage, patient }),
    documents,
  };
}

/** Describes a stay whose front page is not written yet; it has no bytes to show. */
function isIndexCard(resource: unknown): boolean {
  return list(resource, 'meta', 'profile').includes(profiles.indexCard);
}

function memberIds(folder: unknown): readonly string[] {
  const entries = list(folder, 'entry').filter((entry) => (entry as { deleted?: unknown } | null)?.deleted !== true);
  const ids = entries.map((entry) => idOfReference(text(entry, 'item', 'reference'), 'DocumentReference'));
  return [...new Set(ids.filter((id) => id !== undefined))];
}

async function readResource(context: ClientContext, path: string, type: string, call: SharedContext): Promise<unknown> {
  const reply = await context.http.getJson({
    ...call,
    name: 'records.open',
    url: context.addresses.below(path),
    subject: 'record',
  });
  if (text(reply.value, 'resourceType') === type) return reply.value;
  throw new AnjuanError('protocol-not-fhir', { requestId: reply.requestId, details: { reason: 'other-resource' } });
}

/** Reading a person can be forbidden where reading the record is not; the record opens without the name then. */
async function readPatient(context: ClientContext, patientId: string, call: SharedContext): Promise<unknown> {
  try {
    return await readResource(context, `Patient/${patientId}`, 'Patient', call);
  } catch (error) {
    if (AnjuanError.is(error, 'record-not-found') || AnjuanError.is(error, 'record-forbidden')) return undefined;
    throw error;
  }
}

async function readDocuments(
  context: ClientContext,
  ids: readonly string[],
  call: SharedContext,
): Promise<readonly unknown[]> {
  const query = new URLSearchParams({ _id: ids.join(','), _count: String(ids.length) });
  const found: unknown[] = [];
  const visited = new Set<string>();
  let url: URL | undefined = context.addresses.below('DocumentReference', query);
  while (url && !visited.has(url.href)) {
    visited.add(url.href);
    const reply = await context.http.getJson({ ...call, name: 'records.open', url, subject: 'search' });
    const bundle = readBundle(reply.value, reply.requestId);
    found.push(...bundle.matches);
    url = bundle.next === undefined ? undefined : context.addresses.given(bundle.next);
  }
  return found;
}

/** Changes when the List or any visible member changes. */
function versionOf(folder: unknown, documents: readonly DocumentEntry[]): string {
  const parts = documents.map((document) => `${document.documentId} ${document.versionId}`);
  const state = [text(folder, 'meta', 'versionId') ?? '', ...parts].join('\n');
  return new Sha256().update(new TextEncoder().encode(state)).hex().slice(0, 32);
}
