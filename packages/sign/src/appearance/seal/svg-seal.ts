import type { Colour, SealDrawing } from './seal.js';

/** A seal from the `d` of one SVG path. Errors: `seal-picture-unsupported` with details.reason. */
export function sealFromSvgPath(options: {
  /** Path data: every command of SVG 2, at most 1 MB. */
  readonly d: string;
  /** Part of the drawing that is shown: x, y, width, height in its own units. */
  readonly viewBox: readonly [x: number, y: number, width: number, height: number];
  /** Width on paper in millimetres; the height follows the view box. */
  readonly widthMm: number;
  /** Default `SEAL_RED`. */
  readonly colour?: Colour;
  /** Default nonzero, as in SVG. */
  readonly fillRule?: 'nonzero' | 'evenodd';
}): SealDrawing {
  throw new Error(options.d);
}
