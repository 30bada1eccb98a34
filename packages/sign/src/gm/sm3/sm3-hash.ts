import type { StreamHash } from '../../crypto/algorithms.js';
import { sm3Compress } from './sm3-compress.js';

/** How blocks are compressed: script, or the WASM kernel. */
export type Sm3Compress = typeof sm3Compress;

/** @source GB/T 32905-2016 4.1 */
const INITIAL = Int32Array.of(
  0x7380166f,
  0x4914b2b9,
  0x172442d7,
  0xda8a0600,
  0xa96f30bc,
  0x163138aa,
  0xe38dee4d,
  0xb0fb0e4e,
);

/** SM3 over pieces. @source GB/T 32905-2016 */
export class Sm3Hash implements StreamHash {
  readonly algorithm = 'sm3';
  readonly #compress: Sm3Compress;
  readonly #state = INITIAL.slice();
  readonly #rest = new Uint8Array(64);
  #restBytes = 0;
  #totalBytes = 0;

  constructor(compress: Sm3Compress = sm3Compress) {
    this.#compress = compress;
  }

  update(bytes: Uint8Array): void {
    this.#totalBytes += bytes.byteLength;
    let at = 0;
    if (this.#restBytes > 0) {
      at = Math.min(64 - this.#restBytes, bytes.byteLength);
      this.#rest.set(bytes.subarray(0, at), this.#restBytes);
      this.#restBytes += at;
      if (this.#restBytes < 64) return;
      this.#compress(this.#state, this.#rest, 0, 64);
      this.#restBytes = 0;
    }
    const whole = at + ((bytes.byteLength - at) & ~63);
    if (whole > at) this.#compress(this.#state, bytes, at, whole);
    this.#rest.set(bytes.subarray(whole));
    this.#restBytes = bytes.byteLength - whole;
  }

  fork(): Sm3Hash {
    const copy = new Sm3Hash(this.#compress);
    copy.#state.set(this.#state);
    copy.#rest.set(this.#rest);
    copy.#restBytes = this.#restBytes;
    copy.#totalBytes = this.#totalBytes;
    return copy;
  }

  digest(): Uint8Array<ArrayBuffer> {
    const tail = new Uint8Array(this.#restBytes < 56 ? 64 : 128);
    tail.set(this.#rest.subarray(0, this.#restBytes));
    tail[this.#restBytes] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.byteLength - 8, Math.floor(this.#totalBytes / 0x20000000));
    view.setUint32(tail.byteLength - 4, (this.#totalBytes * 8) % 0x100000000);
    this.#compress(this.#state, tail, 0, tail.byteLength);
    const digest = new Uint8Array(32);
    const words = new DataView(digest.buffer);
    this.#state.forEach((word, index) => {
      words.setInt32(index * 4, word);
    });
    return digest;
  }
}
