import type { BilevelRaster, GrayRaster } from '../picture/raster.js';

/** Places where ink begins, seen from above (rows) or from the left (columns): what lines of text are found by. */
export interface InkPoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Share of each side that is left out: dark edges and punch holes. */
const MARGIN = 0.03;
/** More points do not make the answer better. */
const MAX_POINTS = 40_000;

/** A small picture of a page, in gray and in black and white. */
export interface Look {
  readonly gray: GrayRaster;
  readonly bits: BilevelRaster;
}

/**
 * Places where black begins below white (`from: 'above'`) or right of white (`from: 'left'`), to a fraction of a pixel
 * by the gray between: whole pixels would make every page look level.
 */
export function inkPoints({ gray, bits }: Look, options: { readonly from: 'above' | 'left' }): InkPoints {
  const { widthPx, heightPx, rowBytes, data } = bits;
  const [dx, dy] = options.from === 'above' ? [0, 1] : [1, 0];
  const x0 = Math.max(2, Math.round(widthPx * MARGIN));
  const y0 = Math.max(2, Math.round(heightPx * MARGIN));
  const black = (x: number, y: number): boolean => ((data[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = y0; y < heightPx - y0; y += 1) {
    for (let x = x0; x < widthPx - x0; x += 1) {
      if ((x & 7) === 0 && data[y * rowBytes + (x >> 3)] === 0) {
        x += 7;
        continue;
      }
      if (!black(x, y) || black(x - dx, y - dy)) continue;
      const shift = edgeShift(gray.data, y * widthPx + x, options.from === 'above' ? widthPx : 1);
      xs.push(x + dx * shift);
      ys.push(y + dy * shift);
    }
  }
  const step = Math.max(1, Math.ceil(xs.length / MAX_POINTS));
  const chosen = (list: readonly number[]): Float64Array => Float64Array.from(list.filter((_, i) => i % step === 0));
  return { x: chosen(xs), y: chosen(ys) };
}

/** How far the edge lies behind the upper border of the first black pixel, -1 to 1: each pixel is dark by its share. */
function edgeShift(gray: Uint8Array, at: number, back: number): number {
  const white = gray[at - 2 * back] ?? 255;
  const black = Math.min(gray[at] ?? 0, gray[at + back] ?? 255);
  if (white - black < 16) return 0;
  const share = (value: number): number => Math.min(Math.max((white - value) / (white - black), 0), 1);
  return 1 - share(gray[at - back] ?? 255) - share(gray[at] ?? 0);
}
