import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster, RgbaRaster } from '../picture/raster.js';
import { halveGray, halveRgba } from './downscale.js';

/** What each pixel is multiplied by, known every 16 pixels: i16 in 1/8192, `channels` a knot, rows of `columns` knots. */
export interface GainSurface {
  readonly gains: Int16Array<ArrayBuffer>;
  readonly columns: number;
}

/** What paper becomes: a little above 255, so that its grain becomes plain white. */
export const PAPER_WHITE = 262;
/** A place darker than this share of the brightest paper is content (a photo, a black box), not shadow. */
const DARKEST_PAPER = 0.42;
/** Reach of the closing in knots of 16 pixels: strokes and bold headings up to 1 cm at 300 dpi vanish, shadows stay. */
const REACH = 4;

/** The background found by a closing (largest, then smallest value around) at 1/16 size, smoothed, as gains. */
export function gainSurface(kernels: Kernels, picture: RgbaRaster | GrayRaster, white = PAPER_WHITE): GainSurface {
  const channels = picture.data.length === picture.widthPx * picture.heightPx ? 1 : 4;
  const halve = channels === 1 ? halveGray : halveRgba;
  let small: RgbaRaster | GrayRaster = picture;
  for (let step = 0; step < 4; step += 1) small = halve(kernels, small as RgbaRaster & GrayRaster);
  const columns = ((picture.widthPx + 15) >> 4) + 1;
  const rows = ((picture.heightPx + 15) >> 4) + 1;
  const gains = new Int16Array(columns * rows * channels).fill(8192);
  if (small.widthPx === 0 || small.heightPx === 0) return { gains, columns };
  for (let channel = 0; channel < Math.min(channels, 3); channel += 1) {
    const surface = backgroundOf(small, channels, channel);
    const floor = Math.max(1, Math.round(brightPaper(surface) * DARKEST_PAPER));
    for (let row = 0; row < rows; row += 1) {
      const y = Math.min(row, small.heightPx - 1);
      for (let column = 0; column < columns; column += 1) {
        const x = Math.min(column, small.widthPx - 1);
        const background = Math.max(surface[y * small.widthPx + x] ?? 255, floor);
        gains[(row * columns + column) * channels + channel] = Math.min(32767, Math.floor((white * 8192) / background));
      }
    }
  }
  return { gains, columns };
}

function backgroundOf({ widthPx, heightPx, data }: RgbaRaster, channels: number, channel: number): Uint8Array {
  const plane = new Uint8Array(widthPx * heightPx);
  for (let i = 0, at = channel; i < plane.length; i += 1, at += channels) plane[i] = data[at] ?? 0;
  const size = { widthPx, heightPx };
  const closed = spanRows(spanRows(plane, size, Math.max), size, Math.min);
  return smooth(closed, size);
}

/** Largest or smallest value in a square around each place: along rows, then along columns. */
function spanRows(
  plane: Uint8Array,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
  pick: (a: number, b: number) => number,
): Uint8Array {
  const across = new Uint8Array(plane.length);
  for (let y = 0; y < heightPx; y += 1) reachAlong(plane, across, y * widthPx, 1, widthPx, pick);
  const square = new Uint8Array(plane.length);
  for (let x = 0; x < widthPx; x += 1) reachAlong(across, square, x, widthPx, heightPx, pick);
  return square;
}

/** Van Herk: two running values in blocks of the window give each extreme in constant time. */
function reachAlong(
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  stride: number,
  count: number,
  pick: (a: number, b: number) => number,
): void {
  const window = 2 * REACH + 1;
  const length = count + 2 * REACH;
  const ahead = new Uint8Array(length);
  const back = new Uint8Array(length);
  const value = (i: number): number => from[start + Math.min(Math.max(i - REACH, 0), count - 1) * stride] ?? 0;
  for (let i = 0; i < length; i += 1) ahead[i] = i % window === 0 ? value(i) : pick(ahead[i - 1] ?? 0, value(i));
  for (let i = length - 1; i >= 0; i -= 1) {
    back[i] = i === length - 1 || (i + 1) % window === 0 ? value(i) : pick(back[i + 1] ?? 0, value(i));
  }
  for (let i = 0; i < count; i += 1) to[start + i * stride] = pick(back[i] ?? 0, ahead[i + window - 1] ?? 0);
}

/** Mean over 5 x 5 places by running sums, edges repeated. */
function smooth(plane: Uint8Array, { widthPx, heightPx }: { widthPx: number; heightPx: number }): Uint8Array {
  const across = new Uint8Array(plane.length);
  for (let y = 0; y < heightPx; y += 1) meanAlong(plane, across, y * widthPx, 1, widthPx);
  const smoothed = new Uint8Array(plane.length);
  for (let x = 0; x < widthPx; x += 1) meanAlong(across, smoothed, x, widthPx, heightPx);
  return smoothed;
}

function meanAlong(from: Uint8Array, to: Uint8Array, start: number, stride: number, count: number): void {
  const value = (i: number): number => from[start + Math.min(Math.max(i, 0), count - 1) * stride] ?? 0;
  let sum = 0;
  for (let i = -2; i < 2; i += 1) sum += value(i);
  for (let i = 0; i < count; i += 1) {
    sum += value(i + 2);
    to[start + i * stride] = Math.floor((sum + 2) / 5);
    sum -= value(i - 2);
  }
}

/** The value that 90 of 100 places stay below: the lit paper. */
function brightPaper(surface: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const value of surface) counts[value] = (counts[value] ?? 0) + 1;
  let left = surface.length * 0.1;
  for (let value = 255; value > 0; value -= 1) {
    left -= counts[value] ?? 0;
    if (left < 0) return value;
  }
  return 1;
}
