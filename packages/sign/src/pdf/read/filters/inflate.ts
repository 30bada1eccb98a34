import { beyondLimit, malformed } from '../read-errors.js';
import { huffman, type Huffman } from './huffman.js';

/** Base and extra bits of lengths 257-285 and distances 0-29. @source RFC 1951 3.2.5 */
const lengthExtra = (symbol: number): number => (symbol < 8 || symbol === 28 ? 0 : (symbol >> 2) - 1);
const distanceExtra = (symbol: number): number => (symbol < 4 ? 0 : (symbol >> 1) - 1);
const bases = (count: number, first: number, extra: (symbol: number) => number): readonly number[] => {
  const list: number[] = [];
  for (let symbol = 0, base = first; symbol < count; symbol += 1) {
    list.push(base);
    base += 1 << extra(symbol);
  }
  return list;
};
const LENGTH_BASE = [...bases(28, 3, lengthExtra), 258];
const DISTANCE_BASE = bases(30, 1, distanceExtra);
/** Order of the code lengths of code lengths. @source RFC 1951 3.2.7 */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** What came out. */
export interface Inflated {
  readonly bytes: Uint8Array;
  /** The checksum is there and right. */
  readonly checked: boolean;
}

class Inflater {
  #out = new Uint8Array(4_096);
  #length = 0;
  #at = 2;
  #bits = 0;
  #bitCount = 0;
  readonly #input: Uint8Array;
  readonly #maxBytes: number;

  constructor(input: Uint8Array, maxBytes: number) {
    this.#input = input;
    this.#maxBytes = maxBytes;
  }

  run(): Inflated {
    let last = 0;
    while (last === 0) {
      last = this.#take(1);
      const type = this.#take(2);
      if (type === 0) this.#stored();
      else if (type === 1) this.#compressed(...fixedCodes());
      else if (type === 2) this.#compressed(...this.#dynamicCodes());
      else throw malformed('flate');
    }
    this.#at -= this.#bitCount >> 3;
    const bytes = this.#out.subarray(0, this.#length);
    const sum = this.#input.subarray(this.#at, this.#at + 4);
    const view = new DataView(sum.buffer, sum.byteOffset, sum.byteLength);
    return { bytes, checked: sum.byteLength === 4 && view.getUint32(0) === adler32(bytes) };
  }

  #fill(count: number): void {
    while (this.#bitCount < count) {
      this.#bits |= (this.#input[this.#at] ?? 0) << this.#bitCount;
      this.#at += 1;
      this.#bitCount += 8;
    }
  }

  #drop(count: number): void {
    this.#bits >>>= count;
    this.#bitCount -= count;
    if (this.#at - (this.#bitCount >> 3) > this.#input.byteLength) throw malformed('flate-truncated');
  }

  #take(count: number): number {
    this.#fill(count);
    const value = this.#bits & ((1 << count) - 1);
    this.#drop(count);
    return value;
  }

  #symbol({ table, maxBits }: Huffman): number {
    this.#fill(maxBits);
    const found = table[this.#bits & ((1 << maxBits) - 1)] ?? 0;
    if (found === 0) throw malformed('flate');
    this.#drop(found & 15);
    return found >> 4;
  }

  #room(more: number): void {
    const needed = this.#length + more;
    if (needed > this.#maxBytes) throw beyondLimit('decoded-size');
    if (needed <= this.#out.byteLength) return;
    const grown = new Uint8Array(Math.min(this.#maxBytes, Math.max(needed, this.#out.byteLength * 2)));
    grown.set(this.#out.subarray(0, this.#length));
    this.#out = grown;
  }

  #stored(): void {
    this.#at -= this.#bitCount >> 3;
    this.#bits = 0;
    this.#bitCount = 0;
    const [low = 0, high = 0, lowNot = 0, highNot = 0] = this.#input.subarray(this.#at, this.#at + 4);
    const size = low | (high << 8);
    if ((size ^ 0xffff) !== (lowNot | (highNot << 8))) throw malformed('flate');
    const from = this.#at + 4;
    this.#at = from + size;
    if (this.#at > this.#input.byteLength) throw malformed('flate-truncated');
    this.#room(size);
    this.#out.set(this.#input.subarray(from, this.#at), this.#length);
    this.#length += size;
  }

  #dynamicCodes(): readonly [Huffman, Huffman] {
    const literals = this.#take(5) + 257;
    const distances = this.#take(5) + 1;
    const count = this.#take(4) + 4;
    const order = new Uint8Array(19);
    for (const place of ORDER.slice(0, count)) order[place] = this.#take(3);
    const codes = huffman(order);
    const lengths = new Uint8Array(literals + distances);
    for (let at = 0; at < lengths.length;) {
      const symbol = this.#symbol(codes);
      let value = symbol;
      let times = 1;
      if (symbol === 16) {
        if (at === 0) throw malformed('flate');
        value = lengths[at - 1] ?? 0;
        times = 3 + this.#take(2);
      } else if (symbol > 16) {
        value = 0;
        times = symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      }
      if (at + times > lengths.length) throw malformed('flate');
      lengths.fill(value, at, at + times);
      at += times;
    }
    return [huffman(lengths.subarray(0, literals)), huffman(lengths.subarray(literals))];
  }

  #compressed(literals: Huffman, distances: Huffman): void {
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        if (this.#length === this.#out.byteLength) this.#room(1);
        this.#out[this.#length] = symbol;
        this.#length += 1;
        continue;
      }
      const length = (LENGTH_BASE[symbol - 257] ?? 0) + this.#take(lengthExtra(symbol - 257));
      const code = this.#symbol(distances);
      const distance = (DISTANCE_BASE[code] ?? 0) + this.#take(code > 29 ? 0 : distanceExtra(code));
      if (symbol > 285 || code > 29 || distance > this.#length) throw malformed('flate');
      this.#room(length);
      const out = this.#out;
      for (let at = this.#length, end = at + length; at < end; at += 1) out[at] = out[at - distance] ?? 0;
      this.#length += length;
    }
  }
}

let fixed: readonly [Huffman, Huffman] | undefined;
/** @source RFC 1951 3.2.6 */
function fixedCodes(): readonly [Huffman, Huffman] {
  if (fixed === undefined) {
    const lengths = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280);
    fixed = [huffman(lengths), huffman(new Uint8Array(30).fill(5))];
  }
  return fixed;
}

/** @source RFC 1950 9 */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let at = 0; at < bytes.byteLength;) {
    // 3,800 additions keep b below 2^31.
    for (const end = Math.min(bytes.byteLength, at + 3_800); at < end; at += 1) {
      a += bytes[at] ?? 0;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return b * 65_536 + a;
}

/**
 * Undoes zlib compression; never holds more than `maxBytes` of output.
 * Errors: `pdf-malformed`, `pdf-limits-exceeded`. @source RFC 1950, RFC 1951
 */
export function inflate(input: Uint8Array, maxBytes: number): Inflated {
  const [method = 0, flags = 0] = input;
  if ((method & 15) !== 8 || method >> 4 > 7 || (flags & 32) !== 0 || (method * 256 + flags) % 31 !== 0) {
    throw malformed('flate-header');
  }
  return new Inflater(input, maxBytes).run();
}
