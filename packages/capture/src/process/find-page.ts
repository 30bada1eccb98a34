import type { Kernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import type { RgbaRaster } from '../picture/raster.js';

/** How the page of a master is looked for. */
export type PageFinder = (kernels: Kernels, picture: RgbaRaster) => readonly Quad[];

/** All of a picture. */
export function wholeQuad({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): Quad {
  return [
    { x: 0, y: 0 },
    { x: widthPx, y: 0 },
    { x: widthPx, y: heightPx },
    { x: 0, y: heightPx },
  ];
}

/** The same places in a picture `factor` times as large. */
export function scaleQuad(quad: Quad, factor: number): Quad {
  const [a, b, c, d] = quad;
  const scale = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x: x * factor, y: y * factor });
  return [scale(a), scale(b), scale(c), scale(d)];
}
