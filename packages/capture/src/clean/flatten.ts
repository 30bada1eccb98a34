import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster, RgbaRaster } from '../picture/raster.js';
import { gainSurface, PAPER_WHITE, type GainSurface } from './background.js';

/** Evens out shadows and the colour of paper: each channel is divided by its background; paper becomes white. */
export function flattenLight(kernels: Kernels, picture: RgbaRaster): RgbaRaster {
  const { widthPx, heightPx, data } = picture;
  const surface = gainSurface(kernels, picture);
  if (kernels.kind === 'script') return { widthPx, heightPx, data: flattenScript(data, picture, surface, 4) };
  return kernels.arena.use((wasm, arena) => {
    const pixels = arena.put(data);
    const gains = arena.put(new Uint8Array(surface.gains.buffer));
    wasm.flattenRgba(pixels, widthPx, heightPx, gains, surface.columns);
    return { widthPx, heightPx, data: arena.take(pixels, data.byteLength) };
  });
}

/** The same for gray. `white`: level that paper gets, 262 by default; below 255 nothing of its grain is cut off. */
export function flattenGray(
  kernels: Kernels,
  picture: GrayRaster,
  { white = PAPER_WHITE }: { readonly white?: number } = {},
): GrayRaster {
  const { widthPx, heightPx, data } = picture;
  const surface = gainSurface(kernels, picture, white);
  if (kernels.kind === 'script') return { widthPx, heightPx, data: flattenScript(data, picture, surface, 1) };
  return kernels.arena.use((wasm, arena) => {
    const pixels = arena.put(data);
    const gains = arena.put(new Uint8Array(surface.gains.buffer));
    wasm.flattenGray(pixels, widthPx, heightPx, gains, surface.columns);
    return { widthPx, heightPx, data: arena.take(pixels, data.byteLength) };
  });
}

/** Twin of kernels/clean-flatten.ts. */
function flattenScript(
  data: Uint8Array | Uint8ClampedArray,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  { gains, columns }: GainSurface,
  channels: number,
): Uint8Array {
  const flat = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    const row = y & 15;
    const knots = (y >> 4) * columns;
    for (let x = 0; x < widthPx; x += 1) {
      for (let channel = 0; channel < channels; channel += 1, at += 1) {
        const knot = (knots + (x >> 4)) * channels + channel;
        const left = between(gains[knot] ?? 0, gains[knot + columns * channels] ?? 0, row);
        const right = between(gains[knot + channels] ?? 0, gains[knot + (columns + 1) * channels] ?? 0, row);
        const gain = left + ((right - left) >> 4) * (x & 15);
        const product = (((data[at] ?? 0) << 5) * gain + 0x4000) >> 15;
        flat[at] = Math.min(255, (product + 4) >> 3);
      }
    }
  }
  return flat;
}

function between(top: number, bottom: number, row: number): number {
  return top + ((bottom - top) >> 4) * row;
}
