import type { GrayRaster } from '../picture/raster.js';

/** Fields along each side: about four lines of print each. */
const FIELDS = 40;
/** Changes smaller than this are grain, levels. */
const GRAIN = 1.5;

/**
 * 64 bits as 16 hex digits that tell pages of one form apart: each bit is the sign of another mix of the differences
 * between fields and their neighbours, so every word on the page has a say. Another shot of the same page differs in few.
 * @source Charikar, Similarity estimation techniques from rounding algorithms (2002), random hyperplanes
 */
export function pageHash(gray: GrayRaster): string {
  const means = fieldMeans(gray);
  const sums = new Float64Array(64);
  for (let y = 1; y < FIELDS - 1; y += 1) {
    for (let x = 1; x < FIELDS - 1; x += 1) {
      const at = y * FIELDS + x;
      const around =
        (means[at - 1] ?? 0) + (means[at + 1] ?? 0) + (means[at - FIELDS] ?? 0) + (means[at + FIELDS] ?? 0);
      const difference = (means[at] ?? 0) - around / 4;
      if (Math.abs(difference) < GRAIN) continue;
      for (let half = 0; half < 2; half += 1) {
        const signs = mixed(at * 2 + half);
        for (let bit = 0; bit < 32; bit += 1) {
          const to = half * 32 + bit;
          sums[to] = (sums[to] ?? 0) + ((signs >>> bit) & 1 ? difference : -difference);
        }
      }
    }
  }
  let hex = '';
  for (let digit = 0; digit < 16; digit += 1) {
    let value = 0;
    for (let bit = 0; bit < 4; bit += 1) value = value * 2 + ((sums[digit * 4 + bit] ?? 0) > 0 ? 1 : 0);
    hex += value.toString(16);
  }
  return hex;
}

function fieldMeans({ widthPx, heightPx, data }: GrayRaster): Float64Array {
  const sums = new Float64Array(FIELDS * FIELDS);
  const counts = new Float64Array(FIELDS * FIELDS);
  for (let y = 0, i = 0; y < heightPx; y += 1) {
    const row = Math.floor((y * FIELDS) / heightPx) * FIELDS;
    for (let x = 0; x < widthPx; x += 1, i += 1) {
      const field = row + Math.floor((x * FIELDS) / widthPx);
      sums[field] = (sums[field] ?? 0) + (data[i] ?? 0);
      counts[field] = (counts[field] ?? 0) + 1;
    }
  }
  return sums.map((sum, i) => sum / Math.max(1, counts[i] ?? 0));
}

/** 32 fixed signs for a number. @source Appleby, MurmurHash3, 32-bit finaliser */
function mixed(seed: number): number {
  let bits = Math.imul(seed + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
