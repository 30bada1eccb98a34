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
  const { blankPercent, blankMarkPx } = qualityLimits;
  const inner = withoutMargin(ink);
  const { count, area, left, top, right, bottom } = findComponents(inner);
  let pixels = 0;
  for (let i = 0; i < count; i += 1) {
    const side = Math.max((right[i] ?? 0) - (left[i] ?? 0), (bottom[i] ?? 0) - (top[i] ?? 0));
    if (side > (blankMarkPx * dpi) / 300) return undefined;
    pixels += area[i] ?? 0;
  }
  const measured = (100 * pixels) / Math.max(1, inner.widthPx * inner.heightPx);
  return measured < blankPercent
    ? { issue: 'blank', severity: 'warn', measured, limit: blankPercent, unit: 'percent' }
    : undefined;
}

/** The picture without its edges, where shadows of the paper's own edge are. Cut at whole bytes. */
function withoutMargin({ widthPx, heightPx, rowBytes, data }: BilevelRaster): BilevelRaster {
  const bytes = Math.ceil((widthPx * qualityLimits.blankMargin) / 8);
  const rows = Math.round(heightPx * qualityLimits.blankMargin);
  const innerBytes = Math.max(0, (widthPx >> 3) - 2 * bytes);
  const innerRows = Math.max(0, heightPx - 2 * rows);
  const inner = new Uint8Array(innerBytes * innerRows);
  for (let y = 0; y < innerRows; y += 1) {
    const from = (y + rows) * rowBytes + bytes;
    inner.set(data.subarray(from, from + innerBytes), y * innerBytes);
  }
  return { widthPx: innerBytes * 8, heightPx: innerRows, rowBytes: innerBytes, data: inner };
}
