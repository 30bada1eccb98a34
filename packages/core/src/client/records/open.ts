import { AnjuanError } from '../../errors/anjuan-error.js';
import type { SharedContext } from '../../cache/shared-calls.js';
import type { RecordManifest } from '../../model/record.js';
import { checkedId } from '../address.js';
import type { ClientContext } from '../context.js';
import { readManifest } from '../fhir/manifest.js';
import type { CallOptions } from '../types.js';

/** The manifest of a record, by the page service or put together from plain FHIR. */
export async function openRecord(
  context: ClientContext,
  recordId: string,
  options: CallOptions = {},
): Promise<RecordManifest> {
  context.assertOpen();
  checkedId(recordId, 'record-not-found');
  return context.shared.join(`open ${recordId}`, options, (call) => readRecord(context, recordId, call));
}

async function readRecord(context: ClientContext, recordId: string, call: SharedContext): Promise<RecordManifest> {
  const known = context.knownCapabilities();
  if (known) return known.pageService ? readFromService(context, recordId, call) : readPlain(context, recordId, call);
  // The first open asks for both at once: most archives have the page service, and a person is waiting.
  const asked = context.capabilities({ signal: call.signal, lane: call.ticket.lane });
  asked.catch(() => undefined);
  try {
    return await readFromService(context, recordId, call);
  } catch (error) {
    if (await offersPages(asked, error)) throw error;
    return readPlain(context, recordId, call);
  }
}

/** Loaded only for engines without page service: the others never need it. */
async function readPlain(context: ClientContext, recordId: string, call: SharedContext): Promise<RecordManifest> {
  const { openPlainRecord } = await import('./plain-record.js');
  return openPlainRecord(context, recordId, call);
}

/** True when the failure stands: the archive has the page service, or could not even be asked. */
async function offersPages(asked: ReturnType<ClientContext['capabilities']>, error: unknown): Promise<boolean> {
  if (!AnjuanError.is(error) || error.code === 'aborted' || error.code === 'client-closed') return true;
  const capabilities = await asked.catch(() => undefined);
  return capabilities === undefined || capabilities.pageService;
}

async function readFromService(context: ClientContext, recordId: string, call: SharedContext): Promise<RecordManifest> {
  const remembered = context.cache.manifests.get(recordId);
  const reply = await context.http.getJson({
    ...call,
    name: 'records.open',
    url: context.addresses.below(`List/${recordId}/$record-manifest`),
    subject: 'record',
    ...(remembered?.etag !== undefined && { headers: { 'if-none-match': remembered.etag }, alsoOk: [304] }),
  });
  if (reply.status === 304 && remembered) return remembered.manifest;
  const manifest = readManifest(reply.value, { recordId, requestId: reply.requestId });
  context.cache.manifests.set(recordId, { manifest, etag: reply.etag }, 1);
  return manifest;
}
