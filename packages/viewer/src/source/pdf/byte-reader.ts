import { AnjuanError, type ByteSource, type CallOptions, type Lane } from '@anjuan/core';

/** Files up to here are read whole: one request beats several. */
export const WHOLE_FILE_BYTES = 512 * 1024;
/** Small, because the dictionaries of a long file's pages lie between its pictures; large reads become one request. */
export const BLOCK_BYTES = 16 * 1024;
/** Blocks kept a file; the engine keeps what it has parsed itself. */
const MAX_BLOCKS = 128;

/** Ranges of one file in 16 KiB blocks; neighbours under way are shared, adjoining misses become one request. */
export class ByteReader {
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #signal: AbortSignal;
  readonly #blocks = new Map<number, Promise<Uint8Array>>();
  lane: Lane = 'interactive';

  constructor(source: ByteSource, signal: AbortSignal) {
    this.#source = source;
    this.#signal = signal;
    this.sizeBytes = source.sizeBytes;
  }

  /** Errors: those of `ByteSource.read`. */
  async read(start: number, end: number): Promise<Uint8Array> {
    const first = Math.floor(start / BLOCK_BYTES);
    const last = Math.floor((Math.min(end, this.sizeBytes) - 1) / BLOCK_BYTES);
    this.#fetchMissing(first, last);
    const out = new Uint8Array(Math.max(0, Math.min(end, this.sizeBytes) - start));
    for (let block = first; block <= last; block += 1) {
      const bytes = await (this.#blocks.get(block) ?? this.#readBlocks(block, block));
      const offset = block * BLOCK_BYTES;
      out.set(bytes.subarray(Math.max(0, start - offset), Math.max(0, end - offset)), Math.max(0, offset - start));
    }
    this.#trim();
    return out;
  }

  /** Asks for a range ahead of its use; errors show when it is read. */
  prefetch(start: number, end: number): void {
    this.read(Math.max(0, start), end).catch(() => undefined);
  }

  #fetchMissing(first: number, last: number): void {
    for (let block = first; block <= last; block += 1) {
      if (this.#blocks.has(block)) continue;
      let until = block;
      while (until < last && !this.#blocks.has(until + 1)) until += 1;
      void this.#readBlocks(block, until).catch(() => undefined);
      block = until;
    }
  }

  #readBlocks(first: number, last: number): Promise<Uint8Array> {
    const start = first * BLOCK_BYTES;
    const end = Math.min((last + 1) * BLOCK_BYTES, this.sizeBytes);
    const options: CallOptions = { signal: this.#signal, lane: this.lane };
    const whole = this.#source.read({ start, end }, options).then((bytes) => {
      if (bytes.byteLength !== end - start) throw new AnjuanError('integrity-mismatch');
      return bytes;
    });
    for (let block = first; block <= last; block += 1) {
      const from = (block - first) * BLOCK_BYTES;
      const part = whole.then((bytes) => bytes.subarray(from, from + BLOCK_BYTES));
      this.#blocks.set(block, part);
      part.catch(() => this.#blocks.delete(block));
    }
    return whole;
  }

  #trim(): void {
    for (const block of this.#blocks.keys()) {
      if (this.#blocks.size <= MAX_BLOCKS) return;
      this.#blocks.delete(block);
    }
  }
}
