import type { PixelSize } from '../clean/warp.js';
import type { Matrix } from '../clean/matrix.js';

/** A page that was turned finely shows what lies beside it in the corners: it becomes white. In place. */
export function whitenCorners(
  page: { readonly widthPx: number; readonly heightPx: number; readonly data: Uint8Array | Uint8ClampedArray },
  [a, b, c, d, e, f]: Matrix,
  before: PixelSize,
): void {
  const { widthPx, heightPx, data } = page;
  const bytes = data.length / (widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    const cy = y + 0.5;
    const [from, to] = overlap(inside(a, b * cy + c, before.widthPx), inside(d, e * cy + f, before.heightPx), widthPx);
    const row = y * widthPx;
    data.fill(255, row * bytes, (row + from) * bytes);
    data.fill(255, (row + to) * bytes, (row + widthPx) * bytes);
  }
}

/** For which x is 0 <= slope * x + start <= length? */
function inside(slope: number, start: number, length: number): readonly [number, number] {
  if (Math.abs(slope) < 1e-12) return start >= 0 && start <= length ? [-Infinity, Infinity] : [0, 0];
  const ends = [-start / slope, (length - start) / slope];
  return [Math.min(...ends), Math.max(...ends)];
}

function overlap(
  one: readonly [number, number],
  other: readonly [number, number],
  widthPx: number,
): readonly [number, number] {
  const bounded = (x: number): number => Math.min(widthPx, Math.max(0, x));
  const from = bounded(Math.ceil(Math.max(one[0], other[0]) - 0.5));
  return [from, Math.max(from, bounded(Math.floor(Math.min(one[1], other[1]) - 0.5) + 1))];
}
