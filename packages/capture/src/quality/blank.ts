import { binarize } from '../clean/binarize.js';
import { findComponents } from '../clean/components.js';
import type { Kernels } from '../kernels/kernels.js';
import type { BilevelRaster, GrayRaster } from '../picture/raster.js';
import type { QualityFinding } from '../recipe/types.js';
import { qualityLimits } from './limits.js';

/** The ink of an evened-out look in black and white. */
export function inkOf(kernels: Kernels, flat: GrayRaster, dpi: number): BilevelRaster {
  const windowPx = 2 * Math.round(Math.max(10, (dpi / 300) * 41) / 2) + 1;
  return binarize(kernels, flat, { windowPx });
}

/** Nothing on it: next to no ink inside the margin and no mark of a millimetre. Only a flag, blank pages have a place. */
export function checkBlank(ink: BilevelRaster, dpi: number): QualityFinding | undefined {
  const { widthPx, heightPx } = ink;
  const { blankPercent, blankMargin, blankMarkPx } = qualityLimits;
  const [x0, y0] = [Math.round(widthPx * blankMargin), Math.round(heightPx * blankMargin)];
  const { count, area, left, top, right, bottom } = findComponents(ink);
  let pixels = 0;
  for (let i = 0; i < count; i += 1) {
    const [l, t, r, b] = [left[i] ?? 0, top[i] ?? 0, right[i] ?? 0, bottom[i] ?? 0];
    if (l < x0 || t < y0 || r > widthPx - x0 || b > heightPx - y0) continue;
    if (Math.max(r - l, b - t) > (blankMarkPx * dpi) / 300) return undefined;
    pixels += area[i] ?? 0;
  }
  const measured = (100 * pixels) / Math.max(1, (widthPx - 2 * x0) * (heightPx - 2 * y0));
  return measured < blankPercent
    ? { issue: 'blank', severity: 'warn', measured, limit: blankPercent, unit: 'percent' }
    : undefined;
}
