import { AnjuanError } from '@anjuan/core';
import type { ByteSource } from './byte-source.js';
import { BLOCK_BYTES } from './remembered-source.js';

/** A source of at most this size is read once, as a whole. */
const WHOLE_BYTES = 1_048_576;
/** Windows kept in memory. */
const KEPT_WINDOWS = 24;
/** Larger windows are handed out, but not kept. */
const KEPT_WINDOW_BYTES = 262_144;

interface Window {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Random access to a source through a few remembered windows. */
export class ByteWindows {
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #blockBytes: number;
  readonly #windows: Window[] = [];

  constructor(source: ByteSource) {
    this.#source = source;
    this.sizeBytes = source.sizeBytes;
    this.#blockBytes = source.sizeBytes <= WHOLE_BYTES ? Math.max(1, source.sizeBytes) : BLOCK_BYTES;
  }

  /** At least `lengthBytes` bytes from `offset`, fewer only at the end of the source; often some more. Errors: `aborted`, `pdf-malformed`. */
  async read(offset: number, lengthBytes: number, signal?: AbortSignal): Promise<Uint8Array> {
    if (signal?.aborted === true) throw new AnjuanError('aborted', { cause: signal.reason });
    const end = Math.min(this.sizeBytes, offset + lengthBytes);
    if (!(offset >= 0 && offset < end)) return new Uint8Array();
    const known = this.#windows.findIndex(
      (window) => window.offset <= offset && end <= window.offset + window.bytes.byteLength,
    );
    const window = known >= 0 ? this.#windows.splice(known, 1)[0] : await this.#load(offset, end, signal);
    if (window === undefined) return new Uint8Array();
    if (window.bytes.byteLength <= Math.max(KEPT_WINDOW_BYTES, this.#blockBytes)) this.#windows.push(window);
    if (this.#windows.length > KEPT_WINDOWS) this.#windows.shift();
    return window.bytes.subarray(offset - window.offset);
  }

  async #load(offset: number, end: number, signal: AbortSignal | undefined): Promise<Window> {
    const from = offset - (offset % this.#blockBytes);
    const to = Math.min(this.sizeBytes, Math.ceil(end / this.#blockBytes) * this.#blockBytes);
    try {
      const bytes = await this.#source.read(from, to - from, signal === undefined ? {} : { signal });
      if (bytes.byteLength === to - from) return { offset: from, bytes };
    } catch (cause) {
      if (signal?.aborted === true) throw new AnjuanError('aborted', { cause });
      throw cause;
    }
    throw new AnjuanError('pdf-malformed', { details: { reason: 'short-read', offset: from } });
  }
}
