import { shrinkRgba } from '../clean/downscale.js';
import { quadMatrix, transform } from '../clean/matrix.js';
import { warpPage } from '../clean/warp.js';
import { findPages, refineQuad, splitGutter, type FindPagesOptions } from '../detect/index.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import type { RgbaRaster } from '../picture/raster.js';
import { quadSize } from './paper-size.js';

/** Pages are looked for in a picture of this size and made exact in the full one. */
const LOOK_PX = 1920;
/** Less sure pages are shown but not cut out by themselves. */
const LEAST_CONFIDENCE = 0.5;
const LEAST_GUTTER_CONFIDENCE = 0.4;
const SPREAD_PX = 900;

/** All of a picture. */
export function wholeQuad({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): Quad {
  return [
    { x: 0, y: 0 },
    { x: widthPx, y: 0 },
    { x: widthPx, y: heightPx },
    { x: 0, y: heightPx },
  ];
}

/** The same places in a picture that is `x` times as wide and `y` times as high. */
export function scaleQuad(quad: Quad, x: number, y = x): Quad {
  const scale = (corner: Quad[number]): Quad[number] => ({ x: corner.x * x, y: corner.y * y });
  return [scale(quad[0]), scale(quad[1]), scale(quad[2]), scale(quad[3])];
}

/** Pages in a picture, best first, corners exact to a fraction of a pixel. */
export function findQuads(kernels: Kernels, picture: RgbaRaster, how: FindPagesOptions): Quad[] {
  const look = shrinkRgba(kernels, picture, LOOK_PX);
  return findPages(kernels, look, how)
    .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
    .map(({ quad }) => refineQuad(kernels, picture, scaleQuad(quad, picture.widthPx, picture.heightPx)));
}

/**
 * The pages of an open book, left before right. A deep fold may look like a gap: then both pages are found by themselves.
 * A single page that is higher than wide is no spread.
 */
export function bookPages(kernels: Kernels, picture: RgbaRaster, found: readonly Quad[]): readonly Quad[] {
  const [best = wholeQuad(picture), ...others] = found;
  const { widthPx, heightPx } = quadSize(best);
  if (widthPx > heightPx) return splitSpread(kernels, picture, best);
  const middle = centre(best);
  const opposite = others.find((other) => {
    const size = quadSize(other);
    const { x, y } = centre(other);
    const apart = Math.abs(x - middle.x) / widthPx;
    const alike = Math.abs(size.heightPx - heightPx) < heightPx * 0.15 && Math.abs(y - middle.y) < heightPx * 0.15;
    return alike && apart > 0.8 && apart < 1.3;
  });
  return opposite ? [best, opposite].toSorted((a, b) => centre(a).x - centre(b).x) : [best];
}

function centre(quad: Quad): Quad[number] {
  const mean = (axis: 'x' | 'y'): number => quad.reduce((sum, corner) => sum + corner[axis], 0) / 4;
  return { x: mean('x'), y: mean('y') };
}

/** The two pages of an open book, left and right of its fold. */
function splitSpread(kernels: Kernels, picture: RgbaRaster, spread: Quad): readonly [Quad, Quad] {
  const { widthPx, heightPx } = quadSize(spread);
  const shrink = Math.min(1, SPREAD_PX / Math.max(widthPx, heightPx));
  const size = {
    widthPx: Math.max(2, Math.round(widthPx * shrink)),
    heightPx: Math.max(2, Math.round(heightPx * shrink)),
  };
  const gutter = splitGutter(kernels, warpPage(kernels, picture, spread, size));
  const share = gutter.confidence >= LEAST_GUTTER_CONFIDENCE ? gutter.leftShare : 0.5;
  const matrix = quadMatrix(spread, size);
  const top = transform(matrix, { x: size.widthPx * share, y: 0 });
  const bottom = transform(matrix, { x: size.widthPx * share, y: size.heightPx });
  return [
    [spread[0], top, bottom, spread[3]],
    [top, spread[1], spread[2], bottom],
  ];
}
