import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster, RgbaRaster } from '../picture/raster.js';

/** Half of each side, rounded down, means of 2 x 2 pixels. */
export function halveRgba(kernels: Kernels, { widthPx, heightPx, data }: RgbaRaster): RgbaRaster {
  const size = { widthPx: widthPx >> 1, heightPx: heightPx >> 1 };
  if (kernels.kind === 'script') return { ...size, data: halveBytes(data, widthPx, size, 4) };
  return kernels.arena.use((wasm, arena) => {
    const source = arena.put(data);
    const target = wasm.reserve(size.widthPx * size.heightPx * 4);
    wasm.halveRgba(source, widthPx, heightPx, target);
    return { ...size, data: arena.take(target, size.widthPx * size.heightPx * 4) };
  });
}

/** Half of each side, rounded down, means of 2 x 2 pixels. */
export function halveGray(kernels: Kernels, { widthPx, heightPx, data }: GrayRaster): GrayRaster {
  const size = { widthPx: widthPx >> 1, heightPx: heightPx >> 1 };
  if (kernels.kind === 'script') return { ...size, data: halveBytes(data, widthPx, size, 1) };
  return kernels.arena.use((wasm, arena) => {
    const source = arena.put(data);
    const target = wasm.reserve(size.widthPx * size.heightPx);
    wasm.halveGray(source, widthPx, heightPx, target);
    return { ...size, data: arena.take(target, size.widthPx * size.heightPx) };
  });
}

/** Halved until neither side is longer than `longest` pixels. */
export function shrinkRgba(kernels: Kernels, picture: RgbaRaster, longest: number): RgbaRaster {
  let small = picture;
  while (Math.max(small.widthPx, small.heightPx) > longest) small = halveRgba(kernels, small);
  return small;
}

/** Halved until neither side is longer than `longest` pixels. */
export function shrinkGray(kernels: Kernels, picture: GrayRaster, longest: number): GrayRaster {
  let small = picture;
  while (Math.max(small.widthPx, small.heightPx) > longest) small = halveGray(kernels, small);
  return small;
}

function halveBytes(
  data: Uint8Array | Uint8ClampedArray,
  sourceWidth: number,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
  channels: number,
): Uint8Array {
  const half = new Uint8Array(widthPx * heightPx * channels);
  const below = sourceWidth * channels;
  for (let y = 0, to = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      for (let channel = 0; channel < channels; channel += 1, to += 1) {
        const at = 2 * y * below + 2 * x * channels + channel;
        const right = at + channels;
        const sum = (data[at] ?? 0) + (data[right] ?? 0) + (data[at + below] ?? 0) + (data[right + below] ?? 0);
        half[to] = (sum + 2) >> 2;
      }
    }
  }
  return half;
}
