import { malformed } from '../read-errors.js';
import { ByteBuilder } from './byte-builder.js';

const CLEAR = 256;
const END_OF_DATA = 257;

/** `earlyChange` as in /DecodeParms, default 1. @source ISO 32000-2 7.4.4.2 */
export function lzw(bytes: Uint8Array, maxBytes: number, earlyChange: number): Uint8Array {
  const out = new ByteBuilder(maxBytes);
  const words: Uint8Array[] = Array.from({ length: 258 }, (_, byte) => Uint8Array.of(byte));
  let width = 9;
  let last: Uint8Array | undefined;
  let bits = 0;
  let bitCount = 0;
  for (let at = 0; ;) {
    while (bitCount < width && at < bytes.byteLength) {
      bits = ((bits & 0xffff) << 8) | (bytes[at] ?? 0);
      at += 1;
      bitCount += 8;
    }
    if (bitCount < width) return out.done();
    bitCount -= width;
    const code = (bits >> bitCount) & ((1 << width) - 1);
    if (code === END_OF_DATA) return out.done();
    if (code === CLEAR) {
      words.length = 258;
      width = 9;
      last = undefined;
      continue;
    }
    const known = code === words.length && last !== undefined ? last : words[code];
    if (known === undefined) throw malformed('lzw');
    if (last !== undefined && words.length < 4_096) {
      const word = new Uint8Array(last.byteLength + 1);
      word.set(last);
      word[last.byteLength] = known[0] ?? 0;
      words.push(word);
    }
    const word = words[code];
    if (word === undefined) throw malformed('lzw');
    out.append(word);
    last = word;
    const size = words.length + earlyChange;
    width = size >= 2_048 ? 12 : size >= 1_024 ? 11 : size >= 512 ? 10 : 9;
  }
}
