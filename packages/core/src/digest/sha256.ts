import { throwIfAborted } from '../lifecycle/abort.js';

/** Bytes hashed between two breaths of the event loop, where WebCrypto is missing. */
const SLICE_BYTES = 2 * 1024 * 1024;

/** Lower-case hex SHA-256. WebCrypto where the page has it; plain http pages have none, so a slower one of our own. */
export async function sha256Hex(blob: Blob, options: { readonly signal?: AbortSignal } = {}): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  throwIfAborted(options.signal);
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (subtle) return hexOf(new Uint8Array(await subtle.digest('SHA-256', bytes)));
  const hash = new Sha256();
  for (let offset = 0; offset < bytes.length; offset += SLICE_BYTES) {
    hash.update(bytes.subarray(offset, offset + SLICE_BYTES));
    await new Promise((resolve) => setTimeout(resolve, 0));
    throwIfAborted(options.signal);
  }
  return hash.hex();
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Round constants and start state: fractional bits of cube and square roots of the first primes, computed exactly. */
const { constants, start } = primeRoots();

/**
 * Incremental SHA-256.
 * @source FIPS 180-4 section 6.2
 */
export class Sha256 {
  readonly #state = Uint32Array.from(start);
  readonly #block = new Uint8Array(64);
  readonly #words = new Uint32Array(64);
  #filled = 0;
  #totalBytes = 0;

  /** Adds bytes; may be called any number of times before `hex()`. */
  update(bytes: Uint8Array): this {
    this.#totalBytes += bytes.length;
    let offset = 0;
    while (offset < bytes.length) {
      const taken = Math.min(64 - this.#filled, bytes.length - offset);
      this.#block.set(bytes.subarray(offset, offset + taken), this.#filled);
      this.#filled += taken;
      offset += taken;
      if (this.#filled === 64) this.#compress();
    }
    return this;
  }

  /** Ends the hash; do not update afterwards. */
  hex(): string {
    const bits = this.#totalBytes * 8;
    this.#block[this.#filled++] = 0x80;
    if (this.#filled > 56) {
      this.#block.fill(0, this.#filled);
      this.#compress();
    }
    this.#block.fill(0, this.#filled, 56);
    const view = new DataView(this.#block.buffer);
    view.setUint32(56, Math.floor(bits / 2 ** 32));
    view.setUint32(60, bits >>> 0);
    this.#compress();
    return Array.from(this.#state, (word) => word.toString(16).padStart(8, '0')).join('');
  }

  #compress(): void {
    const w = this.#words;
    const view = new DataView(this.#block.buffer);
    for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(i * 4);
    for (let i = 16; i < 64; i += 1) {
      const [w15, w2] = [w[i - 15] ?? 0, w[i - 2] ?? 0];
      const s0 = turn(w15, 7) ^ turn(w15, 18) ^ (w15 >>> 3);
      const s1 = turn(w2, 17) ^ turn(w2, 19) ^ (w2 >>> 10);
      w[i] = (w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = this.#state;
    for (let i = 0; i < 64; i += 1) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (w[i] ?? 0)) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) this.#state[i] = (this.#state[i] ?? 0) + value;
    this.#filled = 0;
  }
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function primeRoots(): { constants: Uint32Array; start: Uint32Array } {
  const constants = new Uint32Array(64);
  const start = new Uint32Array(8);
  for (let candidate = 2, found = 0; found < 64; candidate += 1) {
    if (!isPrime(candidate)) continue;
    if (found < 8) start[found] = fraction(candidate ** (1 / 2));
    constants[found] = fraction(candidate ** (1 / 3));
    found += 1;
  }
  return { constants, start };
}

function isPrime(value: number): boolean {
  for (let factor = 2; factor * factor <= value; factor += 1) if (value % factor === 0) return false;
  return true;
}

function fraction(value: number): number {
  return ((value - Math.floor(value)) * 2 ** 32) | 0;
}
