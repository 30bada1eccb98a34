import { malformed } from '../read-errors.js';

/** A code as a table over the next `maxBits` bits: symbol * 16 + length, 0 where no code leads. */
export interface Huffman {
  readonly table: Uint16Array;
  readonly maxBits: number;
}

/** Canonical code from code lengths. Errors: `pdf-malformed` when more codes are asked than exist. @source RFC 1951 3.2.2 */
export function huffman(lengths: Uint8Array): Huffman {
  const counts = new Uint16Array(17);
  let maxBits = 1;
  for (const length of lengths) {
    counts[length] = (counts[length] ?? 0) + 1;
    maxBits = Math.max(maxBits, length);
  }
  const next = new Uint32Array(17);
  for (let bits = 1, code = 0; bits <= maxBits; bits += 1) {
    code = (code + (bits === 1 ? 0 : (counts[bits - 1] ?? 0))) << 1;
    next[bits] = code;
    if (code + (counts[bits] ?? 0) > 1 << bits) throw malformed('flate');
  }
  const table = new Uint16Array(1 << maxBits);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    const code = next[length] ?? 0;
    next[length] = code + 1;
    let reversed = 0;
    for (let bit = 0; bit < length; bit += 1) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
    for (let at = reversed; at < table.length; at += 1 << length) table[at] = symbol * 16 + length;
  });
  return { table, maxBits };
}
