import type { GrayRaster } from '../picture/raster.js';

/** How many pixels have each level. */
export function histogram({ data }: GrayRaster): Uint32Array {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** The level that `share` of all pixels do not exceed. */
export function levelAt(counts: Uint32Array, share: number): number {
  let left = counts.reduce((sum, count) => sum + count, 0) * share;
  for (let level = 0; level < 256; level += 1) {
    left -= counts[level] ?? 0;
    if (left <= 0) return level;
  }
  return 255;
}

/** Mean level. */
export function meanLevel(gray: GrayRaster): number {
  let sum = 0;
  for (const value of gray.data) sum += value;
  return gray.data.length === 0 ? 0 : sum / gray.data.length;
}
