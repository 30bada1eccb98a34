import { AnjuanError } from '../../errors/anjuan-error.js';
import { captureError } from '../../errors/capture-codes.js';
import type { ArchiveClient, ArchiveReply } from '../../client/types.js';
import { base64OfHex, hashBlob, type HashName } from '../digest/hash-blob.js';

/** @source tus resumable upload protocol 1.0.0 */
const VERSION = { 'tus-resumable': '1.0.0' } as const;
const CHUNK_TYPE = 'application/offset+octet-stream';

/** Checksum algorithms that we can make, best first, as tus names them. */
const algorithms: readonly (readonly [string, HashName])[] = [
  ['sha256', 'SHA-256'],
  ['sha1', 'SHA-1'],
];

/** Statuses of tus that mean something else than in FHIR. */
const statuses = [403, 404, 409, 410, 412, 413, 415, 423, 460];

/** How an archive wants its chunks checked; undefined: not at all. */
export type Checksum = readonly [name: string, algorithm: HashName] | undefined;

/** The requests of tus, with every answer that has a meaning in it turned into one. */
export class TusWire {
  readonly #client: ArchiveClient;
  #checksum: Promise<Checksum> | undefined;

  constructor(client: ArchiveClient) {
    this.#client = client;
  }

  /** Asked once; an archive that does not answer the question gets no checksums. */
  checksum(signal: AbortSignal): Promise<Checksum> {
    this.#checksum ??= this.#askChecksum(signal).catch((error: unknown) => {
      this.#checksum = undefined;
      throw error;
    });
    return this.#checksum;
  }

  async #askChecksum(signal: AbortSignal): Promise<Checksum> {
    const reply = await this.#client.request({
      name: 'uploads.discover',
      method: 'OPTIONS',
      path: '$upload',
      repeatable: true,
      lane: 'background',
      alsoOk: [400, 403, 404, 405, 501],
      signal,
    });
    const offered = (reply.headers.get('tus-checksum-algorithm') ?? '').split(',').map((name) => name.trim());
    return algorithms.find(([name]) => offered.includes(name));
  }

  /** Address of a new upload. Only the media type goes along, never a name. Errors: `upload-refused`, `record-forbidden`. */
  async create(options: {
    readonly sizeBytes: number;
    readonly mime: string;
    readonly signal: AbortSignal;
  }): Promise<string> {
    const { sizeBytes, mime, signal } = options;
    const reply = await this.#send('uploads.create', 'POST', '$upload', {
      signal,
      // A second empty upload does no harm: it expires.
      repeatable: true,
      headers: { 'upload-length': String(sizeBytes), 'upload-metadata': `filetype ${btoa(mime)}` },
    });
    const location = reply.headers.get('location');
    if (reply.status === 403 || reply.status === 404 || reply.status === 410) {
      throw new AnjuanError(reply.status === 403 ? 'record-forbidden' : 'capability-missing', at(reply));
    }
    if (reply.status === 409 || location === null) throw new AnjuanError('protocol-invalid', at(reply));
    return location;
  }

  /** How far the archive is. Errors: `upload-lost`. */
  async head(url: string, signal: AbortSignal): Promise<ArchiveReply> {
    const reply = await this.#send('uploads.offset', 'HEAD', url, { signal });
    throwIfLost(reply);
    return reply;
  }

  /** Sends one chunk; 409 and 460 are for the caller. Errors: `upload-lost`, `upload-refused`. */
  async patch(
    url: string,
    chunk: { readonly bytes: Blob; readonly offset: number; readonly checksum: Checksum; readonly signal: AbortSignal },
  ): Promise<ArchiveReply> {
    const { bytes, offset, checksum, signal } = chunk;
    const digest = checksum && base64OfHex(await hashBlob(bytes, { algorithm: checksum[1], signal }));
    const reply = await this.#send('uploads.append', 'PATCH', url, {
      signal,
      body: bytes,
      headers: {
        'content-type': CHUNK_TYPE,
        'upload-offset': String(offset),
        ...(checksum && digest !== undefined && { 'upload-checksum': `${checksum[0]} ${digest}` }),
      },
    });
    throwIfLost(reply);
    return reply;
  }

  async terminate(url: string, signal: AbortSignal): Promise<void> {
    await this.#send('uploads.discard', 'DELETE', url, { signal, repeatable: true });
  }

  async #send(
    name: string,
    method: 'POST' | 'HEAD' | 'PATCH' | 'DELETE',
    path: string,
    options: {
      readonly signal: AbortSignal;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: Blob;
      readonly repeatable?: boolean;
    },
  ): Promise<ArchiveReply> {
    const { headers = {}, ...rest } = options;
    const reply = await this.#client.request({
      name,
      method,
      path,
      lane: 'background',
      alsoOk: statuses,
      headers: { ...VERSION, ...headers },
      ...rest,
    });
    if (reply.status === 413 || reply.status === 415) throw captureError('upload-refused', at(reply));
    if (reply.status === 412) throw new AnjuanError('protocol-invalid', at(reply));
    // Locked by a request that the archive still takes for alive: it will notice.
    if (reply.status === 423) throw new AnjuanError('network-unavailable', { ...at(reply), retryAfterMs: 2_000 });
    return reply;
  }
}

function throwIfLost(reply: ArchiveReply): void {
  // 403 comes from archives that tell a finished or foreign upload that way: it cannot go on either.
  if (reply.status === 403 || reply.status === 404 || reply.status === 410)
    throw captureError('upload-lost', at(reply));
}

function at(reply: ArchiveReply): { readonly requestId: string; readonly details: { readonly status: number } } {
  return { requestId: reply.requestId, details: { status: reply.status } };
}
