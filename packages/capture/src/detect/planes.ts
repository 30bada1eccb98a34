import type { Kernels } from '../kernels/kernels.js';
import type { RgbaRaster } from '../picture/raster.js';

/** A small copy of a picture in brightness and two colour differences, a byte each; 128 is colourless. */
export interface Planes {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels of the picture to one of these. */
  readonly factor: number;
  readonly luma: Uint8Array;
  /** Blue minus brightness, halved. */
  readonly blue: Uint8Array;
  /** Red minus brightness, halved. */
  readonly red: Uint8Array;
}

/** Averages squares of `factor` pixels, 1 to 16; what does not fill a square at the right and bottom is left out. */
export function shrinkToPlanes(kernels: Kernels, picture: RgbaRaster, factor: number): Planes {
  const widthPx = Math.floor(picture.widthPx / factor);
  const heightPx = Math.floor(picture.heightPx / factor);
  const count = widthPx * heightPx;
  if (kernels.kind === 'script') return shrinkByScript(picture, factor, widthPx, heightPx);
  return kernels.arena.use((wasm, arena) => {
    const source = arena.put(picture.data);
    const target = wasm.reserve(count * 3);
    wasm.shrinkToPlanes(source, picture.widthPx, target, widthPx, heightPx, factor);
    const all = arena.take(target, count * 3);
    return {
      widthPx,
      heightPx,
      factor,
      luma: all.subarray(0, count),
      blue: all.subarray(count, 2 * count),
      red: all.subarray(2 * count),
    };
  });
}

function shrinkByScript(picture: RgbaRaster, factor: number, widthPx: number, heightPx: number): Planes {
  const { data } = picture;
  const count = widthPx * heightPx;
  const [luma, blue, red] = [new Uint8Array(count), new Uint8Array(count), new Uint8Array(count)];
  const share = Math.floor((65536 + (factor * factor) / 2) / (factor * factor));
  const rowBytes = picture.widthPx * 4;
  const sums = new Uint32Array(rowBytes);
  for (let y = 0, to = 0; y < heightPx; y += 1) {
    sums.fill(0);
    for (let row = 0; row < factor; row += 1) {
      const from = (y * factor + row) * rowBytes;
      for (let i = 0; i < rowBytes; i += 1) sums[i] = (sums[i] ?? 0) + (data[from + i] ?? 0);
    }
    for (let x = 0, at = 0; x < widthPx; x += 1, to += 1) {
      let [r, g, b] = [0, 0, 0];
      for (let column = 0; column < factor; column += 1, at += 4) {
        r += sums[at] ?? 0;
        g += sums[at + 1] ?? 0;
        b += sums[at + 2] ?? 0;
      }
      r = (r * share + 32768) >>> 16;
      g = (g * share + 32768) >>> 16;
      b = (b * share + 32768) >>> 16;
      const light = (77 * r + 150 * g + 29 * b + 128) >> 8;
      luma[to] = light;
      blue[to] = (b - light + 256) >> 1;
      red[to] = (r - light + 256) >> 1;
    }
  }
  return { widthPx, heightPx, factor, luma, blue, red };
}
