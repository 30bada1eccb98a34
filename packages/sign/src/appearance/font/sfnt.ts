import { AnjuanError } from '@anjuan/core';

/** The font cannot be used. */
export const fontError = (reason: string): AnjuanError =>
  new AnjuanError('invalid-argument', { message: `The font cannot be used: ${reason}.`, details: { reason } });

/** Reader of one table; every read is checked against its end. */
export function tableReader(file: Uint8Array, tag: string): DataView {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const count = file.byteLength < 12 ? 0 : view.getUint16(4);
  for (let index = 0; index < count && 28 + index * 16 <= file.byteLength; index += 1) {
    const at = 12 + index * 16;
    if (String.fromCharCode(...file.subarray(at, at + 4)) !== tag) continue;
    const offset = view.getUint32(at + 8);
    const length = view.getUint32(at + 12);
    if (offset + length > file.byteLength) throw fontError(`table ${tag} is cut off`);
    return new DataView(file.buffer, file.byteOffset + offset, length);
  }
  throw fontError(`table ${tag} is missing`);
}

/** Reads the character map once: code point to glyph number, 0 when absent. @source OpenType 1.9 cmap formats 4 and 12 */
export function readCharacterMap(cmap: DataView): (codePoint: number) => number {
  let best = -1;
  let bestRank = 0;
  for (let index = 0; index < cmap.getUint16(2); index += 1) {
    const offset = cmap.getUint32(8 + index * 8);
    const rank = { 12: 2, 4: 1 }[cmap.getUint16(offset)] ?? 0;
    const platform = cmap.getUint16(4 + index * 8);
    if ((platform === 0 || platform === 3) && rank > bestRank) {
      best = offset;
      bestRank = rank;
    }
  }
  if (best < 0) throw fontError('no Unicode character map');
  return bestRank === 2 ? groups(cmap, best) : segments(cmap, best);
}

/** First index in 0..count-1 whose `end` is not below the value. */
function search(count: number, value: number, end: (index: number) => number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (end(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function groups(cmap: DataView, at: number): (codePoint: number) => number {
  const count = cmap.getUint32(at + 12);
  return (codePoint) => {
    const index = search(count, codePoint, (group) => cmap.getUint32(at + 20 + group * 12));
    if (index >= count) return 0;
    const start = cmap.getUint32(at + 16 + index * 12);
    return codePoint < start ? 0 : cmap.getUint32(at + 24 + index * 12) + codePoint - start;
  };
}

function segments(cmap: DataView, at: number): (codePoint: number) => number {
  const count = cmap.getUint16(at + 6) / 2;
  return (codePoint) => {
    const index = search(count, codePoint, (segment) => cmap.getUint16(at + 14 + segment * 2));
    if (index >= count) return 0;
    const start = cmap.getUint16(at + 16 + count * 2 + index * 2);
    if (codePoint < start || codePoint > 0xffff) return 0;
    const delta = cmap.getUint16(at + 16 + count * 4 + index * 2);
    const rangeAt = at + 16 + count * 6 + index * 2;
    const range = cmap.getUint16(rangeAt);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = cmap.getUint16(rangeAt + range + (codePoint - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  };
}
