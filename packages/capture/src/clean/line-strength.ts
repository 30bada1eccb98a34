import type { BilevelRaster } from '../picture/raster.js';

/** Gaps between characters close at this width, gaps between lines do not (pixels of a page of 1000). */
const NARROW = 5;
/** Ragged margins and columns of a table are wider than this. */
const WIDE = 61;

/**
 * How strongly ink is gathered in level lines, as against upright ones: the unevenness of its sums along each direction,
 * in the range of line heights.
 */
export function lineStrength(
  { widthPx, heightPx, rowBytes, data }: BilevelRaster,
  tiltDeg: { readonly rows: number; readonly columns: number },
): { readonly rows: number; readonly columns: number } {
  const level = new Float64Array(heightPx);
  const upright = new Float64Array(widthPx);
  const down = Math.tan((tiltDeg.rows * Math.PI) / 180);
  const across = Math.tan((-tiltDeg.columns * Math.PI) / 180);
  const [x0, y0] = [Math.round(widthPx * 0.03), Math.round(heightPx * 0.03)];
  for (let y = y0; y < heightPx - y0; y += 1) {
    for (let x = x0; x < widthPx - x0; x += 1) {
      if (((data[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0) continue;
      add(level, Math.round(y - (x - widthPx / 2) * down));
      add(upright, Math.round(x - (y - heightPx / 2) * across));
    }
  }
  return { rows: unevenness(level), columns: unevenness(upright) };
}

function add(sums: Float64Array, at: number): void {
  if (at >= 0 && at < sums.length) sums[at] = (sums[at] ?? 0) + 1;
}

function unevenness(sums: Float64Array): number {
  const fine = smoothed(sums, NARROW);
  const coarse = smoothed(sums, WIDE);
  let square = 0;
  let total = 0;
  for (let i = 0; i < sums.length; i += 1) {
    square += ((fine[i] ?? 0) - (coarse[i] ?? 0)) ** 2;
    total += (coarse[i] ?? 0) ** 2;
  }
  return total === 0 ? 0 : square / total;
}

function smoothed(sums: Float64Array, width: number): Float64Array {
  const means = new Float64Array(sums.length);
  const half = (width - 1) / 2;
  let sum = 0;
  for (let i = 0; i < Math.min(half, sums.length); i += 1) sum += sums[i] ?? 0;
  for (let i = 0; i < sums.length; i += 1) {
    sum += sums[i + half] ?? 0;
    means[i] = sum / width;
    sum -= sums[i - half] ?? 0;
  }
  return means;
}
