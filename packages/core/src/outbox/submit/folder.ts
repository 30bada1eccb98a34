import { AnjuanError } from '../../errors/anjuan-error.js';
import type { ArchiveClient } from '../../client/types.js';
import { field, list, text } from '../../json/read.js';
import { codeSystems, extensions } from '../../model/fhir-names.js';

/** A resource as it came; what we do not know in it is sent back unchanged. */
export type Resource = Readonly<Record<string, unknown>>;

/** The stay's List as the archive has it now. */
export interface Folder {
  readonly recordId: string;
  readonly resource: Resource;
  /** For If-Match. */
  readonly etag: string;
}

/**
 * Reads the folder of a stay. Errors: `record-not-found`, `record-forbidden` when it is locked for the user, `network-*`,
 * `auth-*`, `protocol-*`.
 */
export async function readFolder(client: ArchiveClient, recordId: string, signal: AbortSignal): Promise<Folder> {
  const reply = await client.request({
    name: 'submissions.folder',
    method: 'GET',
    path: `List/${encodeURIComponent(recordId)}`,
    headers: { accept: 'application/fhir+json' },
    lane: 'background',
    alsoOk: [404, 410],
    signal,
  });
  const { requestId } = reply;
  if (reply.status !== 200) throw new AnjuanError('record-not-found', { requestId });
  const resource = parse(reply.bytes);
  if (field(resource, 'resourceType') !== 'List') throw new AnjuanError('protocol-not-fhir', { requestId });
  if (list(resource, 'extension').some((one) => text(one, 'url') === extensions.lockReason)) {
    throw new AnjuanError('record-forbidden', { requestId });
  }
  const versionId = text(resource, 'meta', 'versionId');
  const etag = reply.headers.get('etag') ?? (versionId === undefined ? undefined : `W/"${versionId}"`);
  if (etag === undefined) throw new AnjuanError('protocol-invalid', { requestId, details: { reason: 'no-version' } });
  return { recordId, resource: resource as Resource, etag };
}

/** Where the record stands: decides whether a new document is a working or an archived one. */
export function isArchived({ resource }: Folder): boolean {
  const tags = list(resource, 'meta', 'tag').filter((tag) => text(tag, 'system') === codeSystems.recordStatus);
  return tags.some((tag) => text(tag, 'code') !== 'working');
}

/** JSON of a body; undefined when it is none. */
export function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
