import { requireSize } from '../appearance-error.js';
import { transformed } from './glyph-figure.js';
import { pictureError } from './picture-error.js';
import { SEAL_RED, type Colour, type SealDrawing } from './seal.js';
import { svgPathSteps } from './svg-path.js';

/** A seal from the `d` of one SVG path. Errors: `seal-picture-unsupported` with details.reason, `invalid-argument`. */
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
  const [x, y, width, height] = options.viewBox;
  if (!(width > 0 && height > 0) || !Number.isFinite(x + y + width + height)) throw pictureError('view-box');
  const scale = options.widthMm / width;
  const heightMm = height * scale;
  requireSize(options.widthMm, heightMm);
  const steps = transformed(svgPathSteps(options.d), [scale, 0, 0, -scale, -x * scale, heightMm + y * scale]);
  return {
    kind: 'drawing',
    widthMm: options.widthMm,
    heightMm,
    colour: options.colour ?? SEAL_RED,
    figures: [{ steps, evenOdd: options.fillRule === 'evenodd' }],
    text: '',
  };
}
