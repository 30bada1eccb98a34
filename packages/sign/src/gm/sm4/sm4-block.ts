import { keyError } from '../sm2/public-key.js';

/** @source GB/T 32907-2016 6.2 table 1 */
const SBOX = Uint8Array.from(
  (
    'd690e9fecce13db716b614c228fb2c052b679a762abe04c3aa441326498606999c4250f491ef987a33540b43edcfac62' +
    'e4b31ca9c908e89580df94fa758f3fa64707a7fcf37317ba83593c19e6854fa8686b81b27164da8bf8eb0f4b70569d35' +
    '1e240e5e6358d1a225227c3b01217887d40046579fd327524c3602e7a0c4c89eeabf8ad240c738b5a3f7f2cef96115a1' +
    'e0ae5da49b341a55ad933230f58cb1e31df6e22e8266ca60c02923ab0d534e6fd5db3745defd8e2f03ff6a726d6c5b51' +
    '8d1baf92bbddbc7f11d95c411f105ad80ac13188a5cd7bbd2d74d012b8e5b4b08969974a0c96777e65b9f109c56ec684' +
    '18f07dec3adc4d2079ee5f3ed7cb3948'
  ).match(/../g) ?? [],
  (pair) => parseInt(pair, 16),
);

const turn = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** The S-box followed by L, for the top byte; the other bytes are turns of it. @source GB/T 32907-2016 6.2 */
const TABLE = Int32Array.from(SBOX, (byte) => {
  const word = byte << 24;
  return word ^ turn(word, 2) ^ turn(word, 10) ^ turn(word, 18) ^ turn(word, 24);
});

function mix(word: number): number {
  const [a, b, c, d] = [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255];
  return (
    (TABLE[a] as number) ^ turn(TABLE[b] as number, 24) ^ turn(TABLE[c] as number, 16) ^ turn(TABLE[d] as number, 8)
  );
}

/** The S-box followed by L' of the key schedule. @source GB/T 32907-2016 7.3 */
function mixKey(word: number): number {
  const bytes = [24, 16, 8, 0].map((shift) => (SBOX[(word >>> shift) & 255] as number) << shift);
  const all = bytes.reduce((joined, byte) => joined | byte, 0);
  return all ^ turn(all, 13) ^ turn(all, 23);
}

/** @source GB/T 32907-2016 7.3: FK; CK_i bytes are (4i + j) * 7 mod 256 */
const SYSTEM = [0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc];

/**
 * SM4 with one key. By tables: on a shared computer another process could learn key bits from cache timing, so it is for data
 * at rest in the page's own hands, not for a service that answers strangers.
 * @source GB/T 32907-2016
 */
export class Sm4 {
  readonly #roundKeys = new Int32Array(32);

  /** `key` is 16 bytes. Errors: `gm-malformed`. */
  constructor(key: Uint8Array) {
    if (key.byteLength !== 16) throw keyError('sm4-key-length');
    const view = new DataView(key.buffer, key.byteOffset, 16);
    const words = SYSTEM.map((word, index) => view.getInt32(index * 4) ^ word);
    for (let round = 0; round < 32; round += 1) {
      let constant = 0;
      for (let byte = 0; byte < 4; byte += 1) constant = (constant << 8) | (((round * 4 + byte) * 7) & 255);
      const [a = 0, b = 0, c = 0, d = 0] = words;
      words.shift();
      words.push(a ^ mixKey(b ^ c ^ d ^ constant));
      this.#roundKeys[round] = words[3] ?? 0;
    }
  }

  /** Encrypts the 16 bytes of `view` at `offset` into `target`; they may be the same. */
  encryptBlock(view: DataView, offset: number, target: DataView = view, targetOffset: number = offset): void {
    this.#work(view, offset, target, targetOffset, 0, 1);
  }

  /** The inverse of `encryptBlock`. */
  decryptBlock(view: DataView, offset: number, target: DataView = view, targetOffset: number = offset): void {
    this.#work(view, offset, target, targetOffset, 31, -1);
  }

  #work(view: DataView, offset: number, target: DataView, targetOffset: number, first: number, step: number): void {
    const keys = this.#roundKeys;
    let a = view.getInt32(offset);
    let b = view.getInt32(offset + 4);
    let c = view.getInt32(offset + 8);
    let d = view.getInt32(offset + 12);
    for (let round = 0, at = first; round < 32; round += 4, at += 4 * step) {
      a ^= mix(b ^ c ^ d ^ (keys[at] as number));
      b ^= mix(c ^ d ^ a ^ (keys[at + step] as number));
      c ^= mix(d ^ a ^ b ^ (keys[at + 2 * step] as number));
      d ^= mix(a ^ b ^ c ^ (keys[at + 3 * step] as number));
    }
    target.setInt32(targetOffset, d);
    target.setInt32(targetOffset + 4, c);
    target.setInt32(targetOffset + 8, b);
    target.setInt32(targetOffset + 12, a);
  }
}
