/**
 * SHA-1 in parts, for `Attachment.hash`, which FHIR R4 defines as SHA-1, and for archives whose uploads know no better
 * checksum. WebCrypto is missing on plain http pages and cannot hash in parts. Never a proof: that is SHA-256.
 * @source FIPS 180-4 section 6.1
 */
export class Sha1 {
  readonly #state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  readonly #block = new Uint8Array(64);
  readonly #words = new Uint32Array(80);
  #filled = 0;
  #totalBytes = 0;

  /** Adds bytes; may be called any number of times before `hex()`. */
  update(bytes: Uint8Array): this {
    this.#totalBytes += bytes.length;
    for (let offset = 0; offset < bytes.length;) {
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
    for (let i = 16; i < 80; i += 1) {
      w[i] = turn((w[i - 3] ?? 0) ^ (w[i - 8] ?? 0) ^ (w[i - 14] ?? 0) ^ (w[i - 16] ?? 0), 1);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = this.#state;
    for (let i = 0; i < 80; i += 1) {
      const next = (turn(a, 5) + mix(i, b, c, d) + e + constantOf(i) + (w[i] ?? 0)) | 0;
      e = d;
      d = c;
      c = turn(b, 30);
      b = a;
      a = next;
    }
    for (const [i, value] of [a, b, c, d, e].entries()) this.#state[i] = (this.#state[i] ?? 0) + value;
    this.#filled = 0;
  }
}

function turn(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round < 20) return (b & c) | (~b & d);
  if (round < 40 || round >= 60) return b ^ c ^ d;
  return (b & c) | (b & d) | (c & d);
}

function constantOf(round: number): number {
  if (round < 20) return 0x5a827999;
  if (round < 40) return 0x6ed9eba1;
  return round < 60 ? 0x8f1bbcdc : 0xca62c1d6;
}
