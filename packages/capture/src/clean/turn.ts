import type { Kernels } from '../kernels/kernels.js';
import type { RgbaRaster } from '../picture/raster.js';
import type { QuarterTurn } from '../recipe/types.js';
import { rotation, unturn } from './matrix.js';
import { resample } from './warp.js';

/** Turns clockwise, pixel for pixel. */
export function turn(kernels: Kernels, picture: RgbaRaster, degrees: QuarterTurn): RgbaRaster {
  const { widthPx, heightPx } = picture;
  if (degrees === 0) return picture;
  const size = degrees === 180 ? { widthPx, heightPx } : { widthPx: heightPx, heightPx: widthPx };
  return resample(kernels, picture, unturn(degrees, picture), size);
}

/** Turns clockwise by a few degrees about the middle; the size stays, white comes in at the corners. */
export function deskew(kernels: Kernels, picture: RgbaRaster, degrees: number): RgbaRaster {
  const { widthPx, heightPx } = picture;
  if (degrees === 0) return picture;
  return resample(kernels, picture, rotation(-degrees, { x: widthPx / 2, y: heightPx / 2 }), { widthPx, heightPx });
}
