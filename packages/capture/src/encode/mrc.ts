import type { Kernels } from '../kernels/kernels.js';
import type { BilevelRaster } from '../picture/raster.js';
import type { PageImage } from '../recipe/types.js';
import { encodeJbig2 } from './jbig2.js';

/** Layers of a page with coloured ink: what `keepInk` finds, and the paper as JPEG. */
export interface MrcLayers {
  /** Black ink at full resolution. */
  readonly black: BilevelRaster;
  /** Seals and coloured ink at the resolution of `black`; `rgb` 0 to 255. */
  readonly inks: readonly { readonly mask: BilevelRaster; readonly rgb: readonly [number, number, number] }[];
  /** The paper with its ink filled in, low resolution, already JPEG (a canvas encodes it). */
  readonly backgroundJpeg: { readonly data: Uint8Array; readonly widthPx: number; readonly heightPx: number };
}

/** Mixed raster content: stencils painted over a small picture of the paper. Inks without a pixel are left out. */
export function encodeMrc(
  kernels: Kernels,
  { black, inks, backgroundJpeg }: MrcLayers,
): Extract<PageImage, { readonly codec: 'mrc' }> {
  return {
    codec: 'mrc',
    widthPx: black.widthPx,
    heightPx: black.heightPx,
    stencil: encodeJbig2(kernels, black),
    background: backgroundJpeg,
    inks: inks
      .filter(({ mask }) => mask.data.some((byte) => byte !== 0))
      .map(({ mask, rgb }) => ({ stencil: encodeJbig2(kernels, mask), rgb })),
  };
}
