import type { HashAlgorithm, StreamHash } from './algorithms.js';
import type { SignKernels } from './kernels/kernels.js';

/** Bytes that go to the compiled kernel at once. */
const CHUNK_BYTES = 1 << 18;
/** @source FIPS 180-4 5.3.3 */
const SHA256_START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/** SHA-256 by the compiled kernel. The state lives here, so that many hashes share one kernel. */
export class KernelSha256 implements StreamHash {
  readonly algorithm: HashAlgorithm = 'sha-256';
  readonly #kernels: SignKernels;
  #state: Uint32Array<ArrayBuffer> = Uint32Array.from(SHA256_START);
  #rest: Uint8Array<ArrayBuffer> = new Uint8Array(64);
  #length = 0;

  constructor(kernels: SignKernels) {
    this.#kernels = kernels;
  }

  update(bytes: Uint8Array): void {
    let at = 0;
    const used = this.#length % 64;
    this.#length += bytes.byteLength;
    if (used > 0) {
      at = Math.min(64 - used, bytes.byteLength);
      this.#rest.set(bytes.subarray(0, at), used);
      if (used + at < 64) return;
      this.#work(this.#rest);
    }
    const whole = bytes.byteLength - ((bytes.byteLength - at) % 64);
    for (; at < whole; at += CHUNK_BYTES) this.#work(bytes.subarray(at, Math.min(whole, at + CHUNK_BYTES)));
    this.#rest.set(bytes.subarray(whole));
  }

  fork(): StreamHash {
    const copy = new KernelSha256(this.#kernels);
    copy.#state = this.#state.slice();
    copy.#rest = this.#rest.slice();
    copy.#length = this.#length;
    return copy;
  }

  digest(): Uint8Array<ArrayBuffer> {
    const used = this.#length % 64;
    const padding = new Uint8Array((used < 56 ? 64 : 128) - used);
    padding[0] = 0x80;
    new DataView(padding.buffer).setBigUint64(padding.byteLength - 8, BigInt(this.#length) * 8n);
    this.update(padding);
    const digest = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, index) => digest.setUint32(index * 4, word));
    return new Uint8Array(digest.buffer);
  }

  #work(blocks: Uint8Array): void {
    const { memory, reserve, release, sha256Blocks } = this.#kernels;
    const state = reserve(32);
    const data = reserve(blocks.byteLength);
    new Uint32Array(memory.buffer, state, 8).set(this.#state);
    new Uint8Array(memory.buffer, data).set(blocks);
    sha256Blocks(state, data, blocks.byteLength >> 6);
    this.#state.set(new Uint32Array(memory.buffer, state, 8));
    release();
  }
}
