import type { PredictorParms } from './predictors.js';

/** @source TIFF 6.0 section 14 */
export function undoTiffPredictor(
  bytes: Uint8Array,
  rowBytes: number,
  { colors, bitsPerComponent: bits }: PredictorParms,
): Uint8Array {
  const out = bytes.slice();
  for (let row = 0; row < out.byteLength; row += rowBytes) {
    const end = Math.min(out.byteLength, row + rowBytes);
    if (bits === 8) for (let at = row + colors; at < end; at += 1) out[at] = (out[at] ?? 0) + (out[at - colors] ?? 0);
    else if (bits === 16) {
      for (let at = row + colors * 2; at + 1 < end; at += 2) {
        const back = at - colors * 2;
        const sum = (out[at] ?? 0) * 256 + (out[at + 1] ?? 0) + (out[back] ?? 0) * 256 + (out[back + 1] ?? 0);
        out[at] = sum >> 8;
        out[at + 1] = sum;
      }
    } else {
      const samples = ((end - row) * 8) / bits;
      const mask = (1 << bits) - 1;
      for (let index = colors; index < samples; index += 1) {
        const place = index * bits;
        const back = (index - colors) * bits;
        const at = row + (place >> 3);
        const shift = 8 - bits - (place & 7);
        const before = ((out[row + (back >> 3)] ?? 0) >> (8 - bits - (back & 7))) & mask;
        const sum = (((out[at] ?? 0) >> shift) + before) & mask;
        out[at] = ((out[at] ?? 0) & ~(mask << shift)) | (sum << shift);
      }
    }
  }
  return out;
}
