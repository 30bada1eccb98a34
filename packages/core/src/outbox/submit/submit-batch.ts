import { AnjuanError } from '../../errors/anjuan-error.js';
import type { ArchiveClient } from '../../client/types.js';
import { list, text } from '../../json/read.js';
import { identifierSystems } from '../../model/fhir-names.js';
import type { SubmissionReceipt } from '../types.js';
import { parse, readFolder } from './folder.js';
import { buildSubmission, identifierQuery, type SubmissionContent } from './submission.js';

/** Others write to the same stay: so often in a row is it read again before giving way. */
const MAX_CONFLICTS = 5;
/** Documents looked for by one search. */
const SEARCHED_AT_ONCE = 20;

/** What is submitted; the folder is read here. */
export type Submission = Omit<SubmissionContent, 'folder' | 'known'> & { readonly recordId: string };

/**
 * Submits a batch once: whoever comes back after a lost answer finds what the archive already has. Errors:
 * `version-conflict` when others change the stay all the time, `validation-failed`, `integrity-mismatch`, `record-*`,
 * `network-*`, `auth-*`.
 */
export async function submitBatch(
  client: ArchiveClient,
  submission: Submission,
  signal: AbortSignal,
): Promise<SubmissionReceipt> {
  for (let conflicts = 0; ; conflicts += 1) {
    // All or nothing: with one document, the archive has them all.
    const known = await findDocuments(client, submission, signal);
    const receipt = receiptOf(submission, known);
    if (receipt) return receipt;
    const folder = await readFolder(client, submission.recordId, signal);
    try {
      return await send(client, { ...submission, folder, known }, signal);
    } catch (error) {
      if (!AnjuanError.is(error, 'version-conflict') || conflicts >= MAX_CONFLICTS) throw error;
    }
  }
}

async function send(
  client: ArchiveClient,
  content: SubmissionContent & { readonly recordId: string },
  signal: AbortSignal,
): Promise<SubmissionReceipt> {
  const reply = await client.request({
    name: 'submissions.send',
    method: 'POST',
    path: '',
    headers: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' },
    body: JSON.stringify(buildSubmission(content)),
    lane: 'background',
    signal,
  });
  // The answers stand in the order of the entries; the SubmissionSet is the first.
  const answers = list(parse(reply.bytes), 'entry');
  const archived = new Map<string, string>();
  content.documents.forEach(({ document }, index) => {
    const id = idIn(text(answers[index + 1], 'response', 'location'));
    if (id !== undefined) archived.set(document.documentId, id);
  });
  const receipt = receiptOf(content, archived) ?? receiptOf(content, await findDocuments(client, content, signal));
  if (receipt) return receipt;
  throw new AnjuanError('protocol-invalid', { requestId: reply.requestId, details: { reason: 'no-locations' } });
}

function idIn(location: string | undefined): string | undefined {
  return /(?:^|\/)DocumentReference\/([A-Za-z0-9.-]{1,64})(?:\/|$)/.exec(location ?? '')?.[1];
}

/** Archived ids by document id, as far as the archive has them. */
async function findDocuments(
  client: ArchiveClient,
  { documents }: Pick<Submission, 'documents'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const ids = documents.map(({ document }) => document.documentId);
  const found = new Map<string, string>();
  for (let start = 0; start < ids.length; start += SEARCHED_AT_ONCE) {
    const some = ids.slice(start, start + SEARCHED_AT_ONCE);
    const query = [identifierQuery(some[0] ?? ''), ...some.slice(1).map((id) => encodeURIComponent(`,${token(id)}`))];
    const reply = await client.request({
      name: 'submissions.find',
      method: 'GET',
      path: `DocumentReference?${query.join('')}&_count=${some.length}`,
      headers: { accept: 'application/fhir+json', prefer: 'handling=strict' },
      lane: 'background',
      signal,
    });
    for (const entry of list(parse(reply.bytes), 'entry')) {
      const uuid = text(entry, 'resource', 'masterIdentifier', 'value')?.replace(/^urn:uuid:/, '');
      const id = text(entry, 'resource', 'id');
      if (uuid !== undefined && id !== undefined && some.includes(uuid)) found.set(uuid, id);
    }
  }
  return found;
}

function token(uuid: string): string {
  return `${identifierSystems.master}|urn:uuid:${uuid}`;
}

function receiptOf(
  { batchId, recordId, documents }: Pick<Submission, 'batchId' | 'recordId' | 'documents'>,
  archived: ReadonlyMap<string, string>,
): SubmissionReceipt | undefined {
  const pairs = documents.flatMap(({ document: { documentId } }) => {
    const archivedId = archived.get(documentId);
    return archivedId === undefined ? [] : [{ documentId, archivedId }];
  });
  return pairs.length === documents.length ? { batchId, recordId, documents: pairs } : undefined;
}
