import { AnjuanError, sha256Hex } from '@anjuan/core';
import type {
  BlobCall,
  BlobDeleteOptions,
  BlobInfo,
  BlobPutOptions,
  BlobSource,
  BlobStore,
  ByteRange,
} from './blob-store.js';
import { chunksOf, SizeLimit, streamOf } from './byte-stream.js';

/** Bytes in this process's memory. */
export class MemoryBlobStore implements BlobStore {
  readonly #blobs = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #putAt = new Map<string, number>();

  async put(source: BlobSource, options: BlobPutOptions = {}): Promise<BlobInfo> {
    const limit = new SizeLimit(options.maxBytes);
    const parts: Uint8Array[] = [];
    for await (const chunk of chunksOf(source, options.signal)) {
      limit.add(chunk.byteLength);
      parts.push(chunk.slice());
    }
    const bytes = new Uint8Array(limit.totalBytes);
    let offset = 0;
    for (const part of parts) {
      bytes.set(part, offset);
      offset += part.byteLength;
    }
    const sha256 = await sha256Hex(new Blob([bytes]));
    this.#blobs.set(sha256, bytes);
    this.#putAt.set(sha256, Date.now());
    return { sha256, sizeBytes: bytes.byteLength };
  }

  async has(sha256: string): Promise<BlobInfo | undefined> {
    const bytes = this.#blobs.get(sha256);
    return bytes && { sha256, sizeBytes: bytes.byteLength };
  }

  async get(
    sha256: string,
    options: BlobCall & { readonly range?: ByteRange } = {},
  ): Promise<ReadableStream<Uint8Array> | undefined> {
    if (options.signal?.aborted) throw new AnjuanError('aborted');
    const bytes = this.#blobs.get(sha256);
    const { start = 0, end = bytes?.byteLength ?? 0 } = options.range ?? {};
    return bytes && streamOf(bytes.slice(start, end));
  }

  async bytes(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#blobs.get(sha256)?.slice();
  }

  async delete(sha256: string, { unlessPutAfter = Infinity }: BlobDeleteOptions = {}): Promise<boolean> {
    if ((this.#putAt.get(sha256) ?? 0) > unlessPutAfter) return false;
    return this.#blobs.delete(sha256);
  }
}
