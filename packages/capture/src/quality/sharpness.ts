import { halveGray } from '../clean/downscale.js';
import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster } from '../picture/raster.js';

/**
 * How steep the steepest edges are, whatever is printed: the largest tenth of a percent of neighbour differences at full
 * size over those at half size, where blur is half as wide. About 1 for crisp print, towards 0.5 the more it is blurred;
 * 0 for a picture without edges.
 */
export function sharpness(kernels: Kernels, gray: GrayRaster): number {
  const fine = steepest(gray);
  const coarse = steepest(halveGray(kernels, gray));
  return coarse < 12 ? 0 : fine / coarse;
}

/** The difference to the right or lower neighbour that 999 of 1000 places stay below, 0 to 255. */
function steepest({ widthPx, heightPx, data }: GrayRaster): number {
  const counts = new Uint32Array(256);
  let total = 0;
  for (let y = 0; y + 1 < heightPx; y += 1) {
    for (let x = 0, at = y * widthPx; x + 1 < widthPx; x += 1, at += 1) {
      const value = data[at] ?? 0;
      const step = Math.max(Math.abs((data[at + 1] ?? 0) - value), Math.abs((data[at + widthPx] ?? 0) - value));
      counts[step] = (counts[step] ?? 0) + 1;
      total += 1;
    }
  }
  let left = total / 500;
  for (let step = 255; step > 0; step -= 1) {
    left -= counts[step] ?? 0;
    if (left <= 0) return step;
  }
  return 0;
}
