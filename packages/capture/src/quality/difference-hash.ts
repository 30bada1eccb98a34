import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster } from '../picture/raster.js';
import { shrinkGray } from '../clean/downscale.js';

/** Bits that two hashes differ in, 0 to 64. */
export function hashDistance(one: string, other: string): number {
  let distance = 0;
  for (let i = 0; i < 16; i += 4) {
    let bits = parseInt(one.slice(i, i + 4), 16) ^ parseInt(other.slice(i, i + 4), 16);
    for (; bits !== 0; bits &= bits - 1) distance += 1;
  }
  return distance;
}

/** 64 bits as 16 hex digits: is each of 8 x 8 places darker than its right neighbour? Equal-looking pictures differ in few. */
export function differenceHash(kernels: Kernels, gray: GrayRaster): string {
  const small = shrinkGray(kernels, gray, 256);
  const means = Array.from({ length: 72 }, (_, i) => meanOf(small, i % 9, Math.floor(i / 9)));
  let hex = '';
  for (let row = 0; row < 8; row += 1) {
    let byte = 0;
    for (let column = 0; column < 8; column += 1) {
      const at = row * 9 + column;
      byte = byte * 2 + ((means[at] ?? 0) < (means[at + 1] ?? 0) ? 1 : 0);
    }
    hex += byte.toString(16).padStart(2, '0');
  }
  return hex;
}

/** Mean of one of 9 x 8 fields. */
function meanOf({ widthPx, heightPx, data }: GrayRaster, column: number, row: number): number {
  const left = Math.floor((column * widthPx) / 9);
  const right = Math.max(left + 1, Math.floor(((column + 1) * widthPx) / 9));
  const top = Math.floor((row * heightPx) / 8);
  const bottom = Math.max(top + 1, Math.floor(((row + 1) * heightPx) / 8));
  let sum = 0;
  for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) sum += data[y * widthPx + x] ?? 0;
  return Math.floor((16 * sum) / ((right - left) * (bottom - top)));
}
