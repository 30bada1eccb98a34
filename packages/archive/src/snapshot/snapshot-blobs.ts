import { AnjuanError } from '@anjuan/core';
import type { BlobCall, BlobInfo, BlobPutOptions, BlobSource, BlobStore, ByteRange } from '../blob/blob-store.js';
import { MemoryBlobStore } from '../blob/memory-blob-store.js';

/** Blobs of a snapshot, fetched when somebody reads them; new ones stay in memory. */
export class SnapshotBlobs implements BlobStore {
  readonly #known: Map<string, BlobInfo>;
  readonly #memory = new MemoryBlobStore();
  readonly #fetchBlob: (sha256: string, signal: AbortSignal | undefined) => Promise<Uint8Array<ArrayBuffer>>;

  constructor(
    blobs: readonly BlobInfo[],
    fetchBlob: (sha256: string, signal: AbortSignal | undefined) => Promise<Uint8Array<ArrayBuffer>>,
  ) {
    this.#known = new Map(blobs.map((info) => [info.sha256, info]));
    this.#fetchBlob = fetchBlob;
  }

  put(source: BlobSource, options?: BlobPutOptions): Promise<BlobInfo> {
    return this.#memory.put(source, options);
  }

  async has(sha256: string): Promise<BlobInfo | undefined> {
    return this.#known.get(sha256) ?? this.#memory.has(sha256);
  }

  async get(
    sha256: string,
    options: BlobCall & { readonly range?: ByteRange } = {},
  ): Promise<ReadableStream<Uint8Array> | undefined> {
    const bytes = await this.bytes(sha256, options);
    if (!bytes) return undefined;
    const part = options.range ? bytes.slice(options.range.start, options.range.end) : bytes;
    return new Blob([part]).stream();
  }

  async bytes(sha256: string, { signal }: BlobCall = {}): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (!this.#known.has(sha256)) return this.#memory.bytes(sha256);
    try {
      return await this.#fetchBlob(sha256, signal);
    } catch (error) {
      if (signal?.aborted) throw new AnjuanError('aborted', { cause: error });
      throw error;
    }
  }

  async delete(sha256: string): Promise<boolean> {
    return this.#known.delete(sha256) || this.#memory.delete(sha256);
  }
}
