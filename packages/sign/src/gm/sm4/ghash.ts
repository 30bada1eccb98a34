/** Multiplies in GF(2^128) by one key, four bits at a time. @source GB/T 36624-2018; NIST SP 800-38D 6.3 */
export class Ghash {
  /** Nibble times H, as four words each. */
  readonly #table: Int32Array;
  readonly #sum = new Int32Array(4);

  /** `key` is the encrypted zero block. */
  constructor(key: DataView) {
    this.#table = new Int32Array(16 * 4);
    let word = [0, 4, 8, 12].map((at) => key.getInt32(at));
    for (const nibble of [8, 4, 2, 1]) {
      this.#table.set(word, nibble * 4);
      word = halve(word);
    }
    for (let nibble = 1; nibble < 16; nibble += 1) {
      const top = 1 << (31 - Math.clz32(nibble));
      if (top === nibble) continue;
      for (let at = 0; at < 4; at += 1) {
        this.#table[nibble * 4 + at] = this.#at(top, at) ^ this.#at(nibble ^ top, at);
      }
    }
  }

  /** Takes bytes, padded with zeros to whole blocks. */
  update(bytes: Uint8Array): void {
    const block = new DataView(new ArrayBuffer(16));
    const inside = new Uint8Array(block.buffer);
    for (let at = 0; at < bytes.byteLength; at += 16) {
      inside.fill(0);
      inside.set(bytes.subarray(at, at + 16));
      for (let index = 0; index < 4; index += 1) {
        this.#sum[index] = (this.#sum[index] ?? 0) ^ block.getInt32(index * 4);
      }
      this.#multiply();
    }
  }

  /** Takes the two lengths and gives the hash. */
  finish(firstBytes: number, secondBytes: number): DataView {
    const lengths = new DataView(new ArrayBuffer(16));
    lengths.setBigUint64(0, BigInt(firstBytes) * 8n);
    lengths.setBigUint64(8, BigInt(secondBytes) * 8n);
    this.update(new Uint8Array(lengths.buffer));
    this.#sum.forEach((word, index) => {
      lengths.setInt32(index * 4, word);
    });
    return lengths;
  }

  #at(nibble: number, word: number): number {
    return this.#table[nibble * 4 + word] as number;
  }

  #multiply(): void {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let nibble = 31; nibble >= 0; nibble -= 1) {
      const out = d & 15;
      d = (d >>> 4) | (c << 28);
      c = (c >>> 4) | (b << 28);
      b = (b >>> 4) | (a << 28);
      a = (a >>> 4) ^ (REDUCTION[out] as number);
      const value = ((this.#sum[nibble >> 3] as number) >>> (28 - (nibble & 7) * 4)) & 15;
      a ^= this.#at(value, 0);
      b ^= this.#at(value, 1);
      c ^= this.#at(value, 2);
      d ^= this.#at(value, 3);
    }
    this.#sum.set([a, b, c, d]);
  }
}

/** Times x. */
function halve([a = 0, b = 0, c = 0, d = 0]: readonly number[]): number[] {
  const carry = d & 1 ? 0xe1000000 : 0;
  return [(a >>> 1) ^ carry, (b >>> 1) | (a << 31), (c >>> 1) | (b << 31), (d >>> 1) | (c << 31)];
}

/** What four bits that fall out at the end add at the top. */
const REDUCTION = Int32Array.from({ length: 16 }, (_, nibble) => {
  let word = [0, 0, 0, nibble];
  for (let bit = 0; bit < 4; bit += 1) word = halve(word);
  return word[0] ?? 0;
});
