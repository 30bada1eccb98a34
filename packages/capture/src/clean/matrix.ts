import type { Point, Quad } from '../picture/quad.js';

/** Nine numbers, rows first: maps (x, y) to ((a x + b y + c) / w, (d x + e y + f) / w) with w = g x + h y + k. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** First `right`, then `left`. */
export function multiply(left: Matrix, right: Matrix): Matrix {
  const [a, b, c, d, e, f, g, h, k] = left;
  const [p, q, r, s, t, u, v, w, x] = right;
  return [
    a * p + b * s + c * v,
    a * q + b * t + c * w,
    a * r + b * u + c * x,
    d * p + e * s + f * v,
    d * q + e * t + f * w,
    d * r + e * u + f * x,
    g * p + h * s + k * v,
    g * q + h * t + k * w,
    g * r + h * u + k * x,
  ];
}

/** Where a point goes. */
export function transform([a, b, c, d, e, f, g, h, k]: Matrix, { x, y }: Point): Point {
  const w = g * x + h * y + k;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}

/**
 * From a page of `widthPx` x `heightPx` to the place of its quad in the picture.
 * @source Heckbert, Fundamentals of Texture Mapping and Image Warping (1989), 2.2.3: square to quadrilateral
 */
export function quadMatrix(quad: Quad, size: { readonly widthPx: number; readonly heightPx: number }): Matrix {
  const [p0, p1, p2, p3] = quad;
  const dx1 = p1.x - p2.x;
  const dx2 = p3.x - p2.x;
  const dy1 = p1.y - p2.y;
  const dy2 = p3.y - p2.y;
  const sx = p0.x - p1.x + p2.x - p3.x;
  const sy = p0.y - p1.y + p2.y - p3.y;
  const area = dx1 * dy2 - dx2 * dy1;
  const g = area === 0 ? 0 : (sx * dy2 - dx2 * sy) / area;
  const h = area === 0 ? 0 : (dx1 * sy - sx * dy1) / area;
  const unit: Matrix = [
    p1.x - p0.x + g * p1.x,
    p3.x - p0.x + h * p3.x,
    p0.x,
    p1.y - p0.y + g * p1.y,
    p3.y - p0.y + h * p3.y,
    p0.y,
    g,
    h,
    1,
  ];
  return multiply(unit, [1 / size.widthPx, 0, 0, 0, 1 / size.heightPx, 0, 0, 0, 1]);
}

/** Clockwise by `degrees` about a centre, as seen with y downwards. */
export function rotation(degrees: number, centre: Point): Matrix {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const { x, y } = centre;
  return [cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y, 0, 0, 1];
}

/** From a turned picture back to the picture before a clockwise quarter turn; `size` is the size before. */
export function unturn(degrees: number, size: { readonly widthPx: number; readonly heightPx: number }): Matrix {
  switch (degrees) {
    case 90:
      return [0, 1, 0, -1, 0, size.heightPx, 0, 0, 1];
    case 180:
      return [-1, 0, size.widthPx, 0, -1, size.heightPx, 0, 0, 1];
    case 270:
      return [0, -1, size.widthPx, 1, 0, 0, 0, 0, 1];
    default:
      return [1, 0, 0, 0, 1, 0, 0, 0, 1];
  }
}
