import type { GrayRaster, RgbaRaster } from '../picture/raster.js';
import type { Kernels } from './kernels.js';

/** Luma by the weights of BT.601 in 1/256, rounded. @source ITU-R BT.601-7, 2.5.1 */
export function toGray(kernels: Kernels, { widthPx, heightPx, data }: RgbaRaster): GrayRaster {
  const count = widthPx * heightPx;
  if (kernels.kind === 'script') return { widthPx, heightPx, data: grayBytes(data, count) };
  return kernels.arena.use((wasm, arena) => {
    const source = arena.put(data);
    const target = wasm.reserve(count);
    wasm.toGray(source, target, count);
    return { widthPx, heightPx, data: arena.take(target, count) };
  });
}

function grayBytes(rgba: Uint8Array | Uint8ClampedArray, count: number): Uint8Array {
  const gray = new Uint8Array(count);
  for (let i = 0, at = 0; i < count; i += 1, at += 4) {
    gray[i] = (77 * (rgba[at] ?? 0) + 150 * (rgba[at + 1] ?? 0) + 29 * (rgba[at + 2] ?? 0) + 128) >> 8;
  }
  return gray;
}
