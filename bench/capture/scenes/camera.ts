import type { Point, Quad } from '../../../packages/capture/src/picture/quad.js';
import type { Camera, Paper } from './types.js';

/** Nine numbers, row by row. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

export function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  const cell = (row: number, column: number): number =>
    [0, 1, 2].reduce((sum, k) => sum + (a[row * 3 + k] ?? 0) * (b[k * 3 + column] ?? 0), 0);
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}

export function invert([a, b, c, d, e, f, g, h, i]: Matrix3): Matrix3 {
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    (e * i - f * h) / det,
    (c * h - b * i) / det,
    (b * f - c * e) / det,
    (f * g - d * i) / det,
    (a * i - c * g) / det,
    (c * d - a * f) / det,
    (d * h - e * g) / det,
    (b * g - a * h) / det,
    (a * e - b * d) / det,
  ];
}

export function apply(m: Matrix3, x: number, y: number): Point {
  const w = m[6] * x + m[7] * y + m[8];
  return { x: (m[0] * x + m[1] * y + m[2]) / w, y: (m[3] * x + m[4] * y + m[5]) / w };
}

/** Desk in millimetres to picture in pixels: a pinhole camera above the desk, tilted. */
export function deskToPicture(camera: Camera): Matrix3 {
  const { widthPx, heightPx } = camera;
  const f = camera.focal * Math.max(widthPx, heightPx);
  const radians = (deg: number): number => (deg * Math.PI) / 180;
  const [ct, st] = [Math.cos(radians(camera.tiltDeg)), Math.sin(radians(camera.tiltDeg))];
  const [cw, sw] = [Math.cos(radians(camera.tiltTowardsDeg)), Math.sin(radians(camera.tiltTowardsDeg))];
  const [cr, sr] = [Math.cos(radians(camera.rollDeg)), Math.sin(radians(camera.rollDeg))];
  const place: Matrix3 = [1, 0, -camera.xMm, 0, 1, -camera.yMm, 0, 0, 1];
  const turn: Matrix3 = [cw, sw, 0, -sw, cw, 0, 0, 0, 1];
  // The desk point (x, y, 0) seen after a rotation about the x axis, at the distance of the camera.
  const tilt: Matrix3 = [1, 0, 0, 0, ct, 0, 0, st, camera.heightMm];
  const back: Matrix3 = [cw, -sw, 0, sw, cw, 0, 0, 0, 1];
  const roll: Matrix3 = [cr, -sr, 0, sr, cr, 0, 0, 0, 1];
  const lens: Matrix3 = [f, 0, widthPx / 2, 0, f, heightPx / 2, 0, 0, 1];
  return [roll, back, tilt, turn, place].reduce<Matrix3>((m, next) => multiply(m, next), lens);
}

/** Paper in shares of its width and height to desk in millimetres. */
export function paperToDesk({ widthMm, heightMm, xMm, yMm, turnDeg }: Paper): Matrix3 {
  const [c, s] = [Math.cos((turnDeg * Math.PI) / 180), Math.sin((turnDeg * Math.PI) / 180)];
  const turn: Matrix3 = [c, -s, xMm, s, c, yMm, 0, 0, 1];
  return multiply(turn, [widthMm, 0, -widthMm / 2, 0, heightMm, -heightMm / 2, 0, 0, 1]);
}

export function paperCorners(camera: Camera, paper: Paper): Quad {
  const m = multiply(deskToPicture(camera), paperToDesk(paper));
  return [apply(m, 0, 0), apply(m, 1, 0), apply(m, 1, 1), apply(m, 0, 1)];
}
