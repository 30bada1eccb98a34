import type { Kernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import type { GrayRaster, RgbaRaster } from '../picture/raster.js';
import { quadMatrix, type Matrix } from './matrix.js';
import { warpGrayScript, warpRgbaScript } from './warp-script.js';

/** Size of a picture to make, pixels. */
export interface PixelSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The page inside the quad as a rectangle; white where the quad reaches beyond the picture. */
export function warpPage(kernels: Kernels, picture: RgbaRaster, quad: Quad, size: PixelSize): RgbaRaster {
  return resample(kernels, picture, quadMatrix(quad, size), size);
}

/** A picture of `size` whose places `matrix` maps to places of `picture`, bilinear; white outside. At least 2 x 2 pixels in. */
export function resample(kernels: Kernels, picture: RgbaRaster, matrix: Matrix, size: PixelSize): RgbaRaster {
  const { widthPx, heightPx } = size;
  if (kernels.kind === 'script') return { widthPx, heightPx, data: warpRgbaScript(picture, matrix, size) };
  return kernels.arena.use((wasm, arena) => {
    const source = arena.put(picture.data);
    const target = wasm.reserve(widthPx * heightPx * 4);
    const numbers = arena.put(new Uint8Array(Float64Array.from(matrix).buffer));
    wasm.warpRgba(source, picture.widthPx, picture.heightPx, target, widthPx, heightPx, numbers);
    return { widthPx, heightPx, data: arena.take(target, widthPx * heightPx * 4) };
  });
}

/** Luma of what `resample` gives, in one pass. */
export function resampleGray(kernels: Kernels, picture: RgbaRaster, matrix: Matrix, size: PixelSize): GrayRaster {
  const { widthPx, heightPx } = size;
  if (kernels.kind === 'script') return { widthPx, heightPx, data: warpGrayScript(picture, matrix, size) };
  return kernels.arena.use((wasm, arena) => {
    const source = arena.put(picture.data);
    const target = wasm.reserve(widthPx * heightPx);
    const numbers = arena.put(new Uint8Array(Float64Array.from(matrix).buffer));
    wasm.warpGray(source, picture.widthPx, picture.heightPx, target, widthPx, heightPx, numbers);
    return { widthPx, heightPx, data: arena.take(target, widthPx * heightPx) };
  });
}
