import { halveRgba } from '../clean/downscale.js';
import { multiply, type Matrix } from '../clean/matrix.js';
import { resample, resampleGray, type PixelSize } from '../clean/warp.js';
import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster, RgbaRaster } from '../picture/raster.js';
import { quadSize } from './paper-size.js';
import { pageMatrix, turnedSize, type PagePlan } from './page-plan.js';
import type { QuarterTurn } from '../recipe/types.js';

/** How the page is turned. */
export interface Turns {
  readonly rotationDeg: QuarterTurn;
  readonly skewDeg: number;
}

/** The finished geometry of a page, in colour. `picture` is the master times `scale`. */
export function renderColour(
  kernels: Kernels,
  { picture, scale }: { readonly picture: RgbaRaster; readonly scale: number },
  plan: PagePlan,
  turns: Turns,
): RgbaRaster {
  const { source, matrix, size } = prepare(kernels, picture, scale, plan, turns);
  return resample(kernels, source, matrix, size);
}

/** The same as luma, in one pass. */
export function renderGray(
  kernels: Kernels,
  { picture, scale }: { readonly picture: RgbaRaster; readonly scale: number },
  plan: PagePlan,
  turns: Turns,
): GrayRaster {
  const { source, matrix, size } = prepare(kernels, picture, scale, plan, turns);
  return resampleGray(kernels, source, matrix, size);
}

function prepare(
  kernels: Kernels,
  picture: RgbaRaster,
  scale: number,
  plan: PagePlan,
  turns: Turns,
): { readonly source: RgbaRaster; readonly matrix: Matrix; readonly size: PixelSize } {
  let source = picture;
  let shrunk = scale;
  // Bilinear mixing looks at four pixels: much smaller pages are made from a smaller picture.
  while ((quadSize(plan.quad).widthPx * shrunk) / plan.size.widthPx >= 2) {
    source = halveRgba(kernels, source);
    shrunk /= 2;
  }
  const scaling: Matrix = [shrunk, 0, 0, 0, shrunk, 0, 0, 0, 1];
  return { source, matrix: multiply(scaling, pageMatrix(plan, turns)), size: turnedSize(plan.size, turns.rotationDeg) };
}
