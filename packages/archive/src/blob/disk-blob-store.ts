import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AnjuanError } from '@anjuan/core';
import type {
  BlobCall,
  BlobDeleteOptions,
  BlobInfo,
  BlobPutOptions,
  BlobSource,
  BlobStore,
  ByteRange,
} from './blob-store.js';
import { chunksOf, SizeLimit } from './byte-stream.js';
import { fileStream } from './file-stream.js';

const SHA256 = /^[0-9a-f]{64}$/;

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * One file a blob at `ab/cd/<sha256>` below the root. Written aside, synced, renamed, and the directory synced, so that a file
 * under its final name is always whole. Leftovers of killed writers lie in `incoming/` and are removed when the store opens.
 */
export class DiskBlobStore implements BlobStore {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  static async open(options: { readonly directory: string }): Promise<DiskBlobStore> {
    const store = new DiskBlobStore(options.directory);
    await rm(store.#incoming, { recursive: true, force: true });
    await mkdir(store.#incoming, { recursive: true });
    return store;
  }

  get #incoming(): string {
    return join(this.#root, 'incoming');
  }

  #path(sha256: string): string {
    return join(this.#root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  async put(source: BlobSource, options: BlobPutOptions = {}): Promise<BlobInfo> {
    const draft = join(this.#incoming, randomUUID());
    const handle = await open(draft, 'wx');
    let closed = false;
    try {
      const info = await writeAll(handle, source, options);
      await handle.sync();
      await handle.close();
      closed = true;
      await this.#publish(draft, info.sha256);
      return info;
    } catch (error) {
      if (!closed) await handle.close();
      await rm(draft, { force: true });
      throw error;
    }
  }

  async #publish(draft: string, sha256: string): Promise<void> {
    const target = this.#path(sha256);
    const shard = dirname(target);
    const created = await mkdir(shard, { recursive: true });
    await rename(draft, target);
    await syncDirectory(shard);
    if (created === undefined) return;
    await syncDirectory(dirname(shard));
    await syncDirectory(this.#root);
  }

  async has(sha256: string): Promise<BlobInfo | undefined> {
    if (!SHA256.test(sha256)) return undefined;
    try {
      const { size } = await stat(this.#path(sha256));
      return { sha256, sizeBytes: size };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async #open(sha256: string): Promise<FileHandle | undefined> {
    if (!SHA256.test(sha256)) return undefined;
    try {
      return await open(this.#path(sha256), 'r');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async get(
    sha256: string,
    options: BlobCall & { readonly range?: ByteRange } = {},
  ): Promise<ReadableStream<Uint8Array> | undefined> {
    if (options.signal?.aborted) throw new AnjuanError('aborted');
    const handle = await this.#open(sha256);
    return handle && fileStream(handle, options);
  }

  async bytes(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const handle = await this.#open(sha256);
    if (!handle) return undefined;
    try {
      return new Uint8Array(await handle.readFile());
    } finally {
      await handle.close();
    }
  }

  async delete(sha256: string, { unlessPutAfter = Infinity }: BlobDeleteOptions = {}): Promise<boolean> {
    if (!(await this.has(sha256))) return false;
    const path = this.#path(sha256);
    const aside = join(this.#incoming, randomUUID());
    // Taken aside first: bytes that are put between look and removal are another file, and stay.
    await rename(path, aside);
    if ((await stat(aside)).mtimeMs > unlessPutAfter) {
      await rename(aside, path);
      return false;
    }
    await rm(aside, { force: true });
    return true;
  }
}

async function writeAll(handle: FileHandle, source: BlobSource, options: BlobPutOptions): Promise<BlobInfo> {
  const hash = createHash('sha256');
  const limit = new SizeLimit(options.maxBytes);
  for await (const chunk of chunksOf(source, options.signal)) {
    limit.add(chunk.byteLength);
    hash.update(chunk);
    await handle.writeFile(chunk);
  }
  return { sha256: hash.digest('hex'), sizeBytes: limit.totalBytes };
}
