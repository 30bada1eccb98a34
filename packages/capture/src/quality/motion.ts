import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster } from '../picture/raster.js';
import { shrinkGray } from '../clean/downscale.js';

/** Mean change between two pictures of the same size, 0 to 255; 255 when the sizes differ. */
export function motion(kernels: Kernels, before: GrayRaster, now: GrayRaster): number {
  if (before.widthPx !== now.widthPx || before.heightPx !== now.heightPx) return 255;
  const one = shrinkGray(kernels, before, 240).data;
  const other = shrinkGray(kernels, now, 240).data;
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += Math.abs((one[i] ?? 0) - (other[i] ?? 0));
  return one.length === 0 ? 0 : sum / one.length;
}
