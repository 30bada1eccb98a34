import type { Orientation } from '../png/packed-picture.js';
import type { Matrix } from './pdf-image.js';

/** A rectangle in points: left, bottom, right, top. */
export type Box = readonly [number, number, number, number];

/** How an image lies on its page. */
export interface ImagePlace {
  /** Share of the page that it covers, 0 to 1. */
  readonly share: number;
  readonly orientation: Orientation;
  readonly dpi: number;
}

const ORIENTATIONS: Readonly<Record<string, Orientation>> = {
  '+x+y': 1,
  '-x+y': 2,
  '-x-y': 3,
  '+x-y': 4,
  '+y+x': 5,
  '+y-x': 6,
  '-y-x': 7,
  '-y+x': 8,
};

/** Where an image is and how it is turned, with the page's own turn (clockwise, multiple of 90). @source ISO 32000-1 8.9.5.1 */
export function imagePlace(
  matrix: Matrix,
  page: { readonly box: Box; readonly rotationDeg: number },
  size: { readonly widthPx: number; readonly heightPx: number },
): ImagePlace {
  const [a, b, c, d, e, f] = matrix;
  const [left, bottom, right, top] = page.box;
  const xs = [e, e + a, e + c, e + a + c];
  const ys = [f, f + b, f + d, f + b + d];
  const wide = Math.min(right, Math.max(...xs)) - Math.max(left, Math.min(...xs));
  const high = Math.min(top, Math.max(...ys)) - Math.max(bottom, Math.min(...ys));
  const share = wide > 0 && high > 0 ? (wide * high) / ((right - left) * (top - bottom)) : 0;
  // The directions of rows and columns as they are seen, y downwards.
  let along = { x: a, y: -b };
  let down = { x: -c, y: d };
  for (let turn = 0; turn < (((page.rotationDeg % 360) + 360) % 360) / 90; turn += 1) {
    along = { x: -along.y, y: along.x };
    down = { x: -down.y, y: down.x };
  }
  const orientation = ORIENTATIONS[axisOf(along) + axisOf(down)] ?? 1;
  return { share, orientation, dpi: Math.round((size.widthPx * 72) / Math.hypot(a, b)) };
}

function axisOf({ x, y }: { readonly x: number; readonly y: number }): string {
  if (Math.abs(x) >= Math.abs(y)) return x >= 0 ? '+x' : '-x';
  return y >= 0 ? '+y' : '-y';
}
