import { AnjuanError } from '../../errors/anjuan-error.js';
import type { ArchiveClient, ArchiveReply } from '../../client/types.js';
import type { UploadAcknowledgement, UploadJob, UploadTransport } from '../types.js';
import { binaryOf, checked, digestOf } from './acknowledgement.js';
import { ChunkSize } from './chunk-size.js';
import { TusWire } from './tus-wire.js';

/** How often in a row a chunk may bring the upload no further. */
const MAX_STALLS = 5;

/** What a tus transport needs. */
export interface TusTransportOptions {
  readonly client: ArchiveClient;
  /** Bytes of one chunk, 4 to 8 MiB. Default 5 MiB; on a slow line smaller ones are tried. */
  readonly chunkBytes?: number;
}

/**
 * Resumable uploads. The upload's address is all that must be remembered; the archive knows how far it is. The
 * acknowledgement is the `Content-Location` and `Repr-Digest` of a finished upload, on its last PATCH and on every HEAD.
 * @source tus resumable upload protocol 1.0.0: core, creation, checksum, termination; RFC 9530
 */
export function createTusTransport({ client, chunkBytes }: TusTransportOptions): UploadTransport {
  const wire = new TusWire(client);
  const size = new ChunkSize(chunkBytes);
  return {
    name: 'tus',
    upload: (job) => new TusUpload({ wire, size, job }).run(),
    discard: (url, { signal }) => wire.terminate(url, signal),
  };
}

/** One upload on its way. */
class TusUpload {
  readonly #wire: TusWire;
  readonly #size: ChunkSize;
  readonly #job: UploadJob;

  constructor(parts: { readonly wire: TusWire; readonly size: ChunkSize; readonly job: UploadJob }) {
    this.#wire = parts.wire;
    this.#size = parts.size;
    this.#job = parts.job;
  }

  async run(): Promise<UploadAcknowledgement> {
    const { resume, signal } = this.#job;
    const url = resume ? resume.url : await this.#create();
    let reply = resume ? await this.#ask(url) : undefined;
    const checksum = await this.#wire.checksum(signal);
    let offset = reply ? this.#offsetOf(reply) : 0;
    for (let stalls = 0; offset < this.#job.bytes.size;) {
      const end = Math.min(offset + this.#size.bytes, this.#job.bytes.size);
      const bytes = this.#job.bytes.slice(offset, end);
      const answer = await this.#size.watch(() => this.#wire.patch(url, { bytes, offset, checksum, signal }));
      // 409: an earlier try got further, or less far, than we know. 460: the chunk was damaged on its way.
      reply = answer.status === 409 || answer.status === 460 ? await this.#ask(url) : answer;
      const reached = this.#offsetOf(reply);
      stalls = reached > offset ? 0 : stalls + 1;
      if (stalls >= MAX_STALLS) throw stalled(answer);
      offset = reached;
      await this.#job.onProgress({ url, offsetBytes: offset });
    }
    // The last answer may have come from an archive that acknowledges on HEAD only.
    if (!reply || digestOf(reply.headers) === undefined) reply = await this.#ask(url);
    return this.#acknowledged(url, reply);
  }

  async #create(): Promise<string> {
    const { bytes, mime, signal, onProgress } = this.#job;
    const url = await this.#wire.create({ sizeBytes: bytes.size, mime, signal });
    await onProgress({ url, offsetBytes: 0 });
    return url;
  }

  #ask(url: string): Promise<ArchiveReply> {
    return this.#wire.head(url, this.#job.signal);
  }

  #offsetOf(reply: ArchiveReply): number {
    const offset = wholeNumber(reply.headers.get('upload-offset'));
    const length = wholeNumber(reply.headers.get('upload-length')) ?? this.#job.bytes.size;
    if (offset !== undefined && offset <= this.#job.bytes.size && length === this.#job.bytes.size) return offset;
    throw new AnjuanError('protocol-invalid', { requestId: reply.requestId, details: { reason: 'upload-offset' } });
  }

  async #acknowledged(url: string, reply: ArchiveReply): Promise<UploadAcknowledgement> {
    const binary = binaryOf(reply.headers.get('content-location'));
    const sha256 = digestOf(reply.headers);
    if (binary === undefined || sha256 === undefined) {
      throw new AnjuanError('protocol-invalid', {
        requestId: reply.requestId,
        details: { reason: 'no-acknowledgement' },
      });
    }
    try {
      return checked({ binary, sha256, sizeBytes: this.#offsetOf(reply) }, this.#job);
    } catch (error) {
      // What the archive has is of no use; it need not keep it until it expires.
      await this.#wire.terminate(url, this.#job.signal).catch(() => undefined);
      throw error;
    }
  }
}

function stalled({ status, requestId }: ArchiveReply): AnjuanError {
  const details = { status, reason: 'no-progress' };
  return new AnjuanError(status === 460 ? 'integrity-mismatch' : 'network-unavailable', { requestId, details });
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
