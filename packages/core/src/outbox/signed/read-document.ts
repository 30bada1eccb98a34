import type { ArchiveClient } from '../../client/types.js';
import { AnjuanError } from '../../errors/anjuan-error.js';
import { field, list, text } from '../../json/read.js';
import { extensions } from '../../model/fhir-names.js';
import { parse, type Resource } from '../submit/folder.js';

/** A document as the archive has it now. */
export interface CurrentDocument {
  readonly documentId: string;
  readonly versionId: string;
  readonly resource: Resource;
  /** For If-Match. */
  readonly etag: string;
}

/** Errors: `document-not-found`, `document-locked`, `network-*`, `auth-*`, `protocol-*`. */
export async function readDocument(
  client: ArchiveClient,
  documentId: string,
  signal: AbortSignal,
): Promise<CurrentDocument> {
  const reply = await client.request({
    name: 'signatures.document',
    method: 'GET',
    path: `DocumentReference/${encodeURIComponent(documentId)}`,
    headers: { accept: 'application/fhir+json' },
    alsoOk: [404, 410],
    signal,
  });
  const { requestId } = reply;
  if (reply.status !== 200) throw new AnjuanError('document-not-found', { requestId });
  const resource = parse(reply.bytes);
  const versionId = text(resource, 'meta', 'versionId');
  if (field(resource, 'resourceType') !== 'DocumentReference' || versionId === undefined) {
    throw new AnjuanError('protocol-not-fhir', { requestId });
  }
  if (list(resource, 'extension').some((one) => text(one, 'url') === extensions.lockReason)) {
    throw new AnjuanError('document-locked', { requestId });
  }
  const etag = reply.headers.get('etag') ?? `W/"${versionId}"`;
  return { documentId, versionId, resource: resource as Resource, etag };
}
