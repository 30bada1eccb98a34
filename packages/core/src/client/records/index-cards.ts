import { list, text } from '../../json/read.js';
import type { RecordSummary } from '../../model/record.js';
import type { RecordQuery } from '../types.js';
import type { CallContext, ClientContext } from '../context.js';
import { readBundle, resourcesById, type Bundle } from '../fhir/bundle.js';
import { isStub } from '../fhir/document-entry.js';
import { isRecordFolder, summaryOf } from '../fhir/record-summary.js';
import { idOfReference } from '../fhir/reference.js';

/**
 * Front pages of a search result as record summaries, in the archive's order. A locked card is left out: its stub names
 * neither record nor stay.
 */
export async function summariesOf(
  bundle: Bundle,
  context: ClientContext,
  call: CallContext,
): Promise<readonly RecordSummary[]> {
  const cards = bundle.matches.filter((resource) => text(resource, 'resourceType') === 'DocumentReference');
  const frontPages = cards.filter((card) => !isStub(card));
  const patients = resourcesById(bundle.included, 'Patient');
  const folders = await foldersOf(frontPages, bundle.included, context, call);
  const orphans = frontPages.filter((page) => !folders.has(text(page, 'id') ?? '')).length;
  if (orphans > 0) context.warn({ id: 'record-without-folder', details: { count: orphans } });
  return frontPages.flatMap((frontPage) => {
    const folder = folders.get(text(frontPage, 'id') ?? '');
    if (folder === undefined) return [];
    const patientId = idOfReference(text(frontPage, 'subject', 'reference'), 'Patient') ?? '';
    return [summaryOf({ folder, frontPage, patient: patients.get(patientId) })];
  });
}

/** Records by the id of their front page. An engine without `_revinclude` is asked a second time. */
async function foldersOf(
  frontPages: readonly unknown[],
  included: readonly unknown[],
  context: ClientContext,
  call: CallContext,
): Promise<ReadonlyMap<string, unknown>> {
  const folders = byMember(included.filter(isRecordFolder));
  const missing = frontPages.map((page) => text(page, 'id') ?? '').filter((id) => id !== '' && !folders.has(id));
  if (missing.length === 0 || folders.size > 0) return folders;
  const item = missing.map((id) => `DocumentReference/${id}`).join(',');
  const query = new URLSearchParams({ item, _count: String(missing.length * 2) });
  const reply = await context.http.getJson({
    ...call,
    name: 'records.search',
    url: context.addresses.below('List', query),
    subject: 'search',
  });
  return byMember(readBundle(reply.value, reply.requestId).matches.filter(isRecordFolder));
}

function byMember(folders: readonly unknown[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const folder of folders) {
    for (const entry of list(folder, 'entry')) {
      const id = idOfReference(text(entry, 'item', 'reference'), 'DocumentReference');
      if (id !== undefined) found.set(id, folder);
    }
  }
  return found;
}

/**
 * True when the discharge lies in the asked days. The standard `period` filter also finds stays that only touch them.
 */
export function dischargedInRange(summary: RecordSummary, query: RecordQuery): boolean {
  if (query.dischargedFrom === undefined && query.dischargedTo === undefined) return true;
  const day = localDay(summary.dischargedOn);
  if (day === undefined) return false;
  return (query.dischargedFrom ?? day) <= day && day <= (query.dischargedTo ?? day);
}

/** `YYYY-MM-DD` at the hospital. */
function localDay(dateTime: string | undefined): string | undefined {
  if (dateTime === undefined || dateTime.length <= 10) return dateTime;
  const ms = Date.parse(dateTime);
  return Number.isNaN(ms) ? undefined : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
}
