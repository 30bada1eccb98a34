/** AES tables, made on first use. @source FIPS 197 4.2, 5.1.1 */
interface AesTables {
  readonly sbox: Uint8Array;
  readonly inverse: Uint8Array;
  /** Products of the rows of MixColumns and its inverse for the first byte of a column. */
  readonly mix: Uint32Array;
  readonly unmix: Uint32Array;
}

let made: AesTables | undefined;

function tables(): AesTables {
  if (made !== undefined) return made;
  const power = new Uint8Array(256);
  const log = new Uint8Array(256);
  for (let index = 0, value = 1; index < 255; index += 1) {
    power[index] = value;
    log[value] = index;
    value ^= (value << 1) ^ (value & 0x80 ? 0x11b : 0);
  }
  const times = (a: number, b: number): number =>
    a === 0 || b === 0 ? 0 : (power[((log[a] ?? 0) + (log[b] ?? 0)) % 255] ?? 0);
  const sbox = new Uint8Array(256);
  const inverse = new Uint8Array(256);
  const mix = new Uint32Array(256);
  const unmix = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    const inverted = byte === 0 ? 0 : (power[(255 - (log[byte] ?? 0)) % 255] ?? 0);
    const spread = inverted * 0x101;
    const value = (inverted ^ (spread >> 4) ^ (spread >> 5) ^ (spread >> 6) ^ (spread >> 7) ^ 0x63) & 0xff;
    sbox[byte] = value;
    inverse[value] = byte;
    mix[byte] = (times(value, 2) << 24) | (value << 16) | (value << 8) | times(value, 3);
  }
  for (let byte = 0; byte < 256; byte += 1) {
    const value = inverse[byte] ?? 0;
    unmix[byte] = (times(value, 14) << 24) | (times(value, 9) << 16) | (times(value, 13) << 8) | times(value, 11);
  }
  made = { sbox, inverse, mix, unmix };
  return made;
}

const right = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** One column of SubBytes, ShiftRows and MixColumns by table. */
const mixed = (table: Uint32Array, a: number, b: number, c: number, d: number): number =>
  (table[a >>> 24] ?? 0) ^
  right(table[(b >>> 16) & 255] ?? 0, 8) ^
  right(table[(c >>> 8) & 255] ?? 0, 16) ^
  right(table[d & 255] ?? 0, 24);

/** One column of the last round, which does not mix. */
const plain = (box: Uint8Array, a: number, b: number, c: number, d: number): number =>
  ((box[a >>> 24] ?? 0) << 24) |
  ((box[(b >>> 16) & 255] ?? 0) << 16) |
  ((box[(c >>> 8) & 255] ?? 0) << 8) |
  (box[d & 255] ?? 0);

/** What differs between the two directions. */
interface Direction {
  readonly keys: Uint32Array;
  readonly table: Uint32Array;
  readonly box: Uint8Array;
  /** ShiftRows to the other side. */
  readonly inverse: boolean;
}

/** The block cipher for one key of 16 or 32 bytes; words are big-endian. @source FIPS 197 5 */
export class Aes {
  readonly #keys: Uint32Array;
  readonly #inverseKeys: Uint32Array;
  readonly #tables = tables();

  constructor(key: Uint8Array) {
    const { sbox, unmix } = this.#tables;
    const count = key.byteLength / 4;
    const words = new Uint32Array(4 * (count + 7));
    const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
    for (let index = 0; index < count; index += 1) words[index] = view.getUint32(index * 4);
    for (let index = count, round = 1; index < words.length; index += 1) {
      let word = words[index - 1] ?? 0;
      if (index % count === 0) {
        word = this.#substitute(right(word, 24), sbox) ^ (round << 24);
        round = (round << 1) ^ (round & 0x80 ? 0x11b : 0);
      } else if (count > 6 && index % count === 4) word = this.#substitute(word, sbox);
      words[index] = (words[index - count] ?? 0) ^ word;
    }
    this.#keys = words;
    this.#inverseKeys = new Uint32Array(words.length);
    for (let index = 0; index < words.length; index += 1) {
      const word = words[words.length - 4 - (index & ~3) + (index & 3)] ?? 0;
      const whole = index < 4 || index >= words.length - 4;
      const product = (byte: number, turn: number): number => right(unmix[sbox[byte] ?? 0] ?? 0, turn);
      this.#inverseKeys[index] = whole
        ? word
        : product(word >>> 24, 0) ^
          product((word >>> 16) & 255, 8) ^
          product((word >>> 8) & 255, 16) ^
          product(word & 255, 24);
    }
  }

  encrypt(block: Uint32Array): void {
    run(block, { keys: this.#keys, table: this.#tables.mix, box: this.#tables.sbox, inverse: false });
  }

  decrypt(block: Uint32Array): void {
    run(block, { keys: this.#inverseKeys, table: this.#tables.unmix, box: this.#tables.inverse, inverse: true });
  }

  #substitute(word: number, box: Uint8Array): number {
    const byte = (shift: number): number => (box[(word >>> shift) & 255] ?? 0) << shift;
    return byte(24) | byte(16) | byte(8) | byte(0);
  }
}

function run(block: Uint32Array, { keys, table, box, inverse }: Direction): void {
  let a = (block[0] ?? 0) ^ (keys[0] ?? 0);
  let b = (block[1] ?? 0) ^ (keys[1] ?? 0);
  let c = (block[2] ?? 0) ^ (keys[2] ?? 0);
  let d = (block[3] ?? 0) ^ (keys[3] ?? 0);
  const last = keys.length - 4;
  let at = 4;
  for (; at < last; at += 4) {
    const [b1, d1, c1, a1] = inverse ? [d, b, a, c] : [b, d, c, a];
    const w = mixed(table, a, b1, c, d1) ^ (keys[at] ?? 0);
    const x = mixed(table, b, c1, d, a1) ^ (keys[at + 1] ?? 0);
    const y = mixed(table, c, d1, a, b1) ^ (keys[at + 2] ?? 0);
    d = mixed(table, d, a1, b, c1) ^ (keys[at + 3] ?? 0);
    a = w;
    b = x;
    c = y;
  }
  const [b1, d1, c1, a1] = inverse ? [d, b, a, c] : [b, d, c, a];
  block[0] = plain(box, a, b1, c, d1) ^ (keys[at] ?? 0);
  block[1] = plain(box, b, c1, d, a1) ^ (keys[at + 1] ?? 0);
  block[2] = plain(box, c, d1, a, b1) ^ (keys[at + 2] ?? 0);
  block[3] = plain(box, d, a1, b, c1) ^ (keys[at + 3] ?? 0);
}
