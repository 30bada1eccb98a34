import type { Kernels } from '../kernels/kernels.js';
import type { BilevelRaster, GrayRaster } from '../picture/raster.js';

/** Side of the window and weight of the deviation. */
export interface BinarizeOptions {
  /** Odd number of pixels. Default 41, made for 300 dpi. */
  readonly windowPx?: number;
  /** 0 to 1. Default 0.2: pale pencil stays, paper grain goes. */
  readonly k?: number;
}

export const WINDOW_PX = 41;
export const SAUVOLA_K = 0.2;

/**
 * Black and white by a threshold that follows light and paper.
 * @source Sauvola, Pietikäinen: Adaptive document image binarization (2000), formula 5 with R = 128
 */
export function binarize(kernels: Kernels, gray: GrayRaster, options: BinarizeOptions = {}): BilevelRaster {
  const radius = ((options.windowPx ?? WINDOW_PX) - 1) >> 1;
  const k = options.k ?? SAUVOLA_K;
  const { widthPx, heightPx, data } = gray;
  const rowBytes = (widthPx + 7) >> 3;
  if (kernels.kind === 'script') return { widthPx, heightPx, rowBytes, data: binarizeScript(gray, radius, k) };
  return kernels.arena.use((wasm, arena) => {
    const source = arena.put(data);
    const target = wasm.reserve(rowBytes * heightPx);
    const work = wasm.reserve((widthPx + 2 * radius + 17) * 16);
    wasm.binarize(source, widthPx, heightPx, target, radius, k, work);
    return { widthPx, heightPx, rowBytes, data: arena.take(target, rowBytes * heightPx) };
  });
}

/** Twin of kernels/clean-binarize.ts: every step rounded to single precision. */
function binarizeScript({ widthPx, heightPx, data }: GrayRaster, radius: number, weight: number): Uint8Array {
  const { fround } = Math;
  const rowBytes = (widthPx + 7) >> 3;
  const bits = new Uint8Array(rowBytes * heightPx);
  const size = 2 * radius + 1;
  const share = fround(1 / fround(size * size));
  const k = fround(weight);
  const k128 = fround(k / 128);
  const base = fround(1 - k);
  const sums = new Int32Array(widthPx + 2 * radius);
  const squares = new Int32Array(widthPx + 2 * radius);
  const add = (y: number, sign: number): void => {
    const row = Math.min(Math.max(y, 0), heightPx - 1) * widthPx;
    for (let x = 0; x < widthPx; x += 1) {
      const value = data[row + x] ?? 0;
      sums[x + radius] = (sums[x + radius] ?? 0) + sign * value;
      squares[x + radius] = (squares[x + radius] ?? 0) + sign * value * value;
    }
  };
  for (let y = -radius - 1; y < radius; y += 1) add(y, 1);
  for (let y = 0; y < heightPx; y += 1) {
    add(y + radius, 1);
    add(y - radius - 1, -1);
    spread(sums, widthPx, radius);
    spread(squares, widthPx, radius);
    let sum = 0;
    let square = 0;
    for (let x = 0; x < size - 1; x += 1) {
      sum += sums[x] ?? 0;
      square += squares[x] ?? 0;
    }
    for (let x = 0; x < widthPx; x += 1) {
      sum += sums[x + size - 1] ?? 0;
      square += squares[x + size - 1] ?? 0;
      const mean = fround(fround(sum) * share);
      const variance = Math.max(fround(fround(fround(square) * share) - fround(mean * mean)), 0);
      const limit = fround(mean * fround(base + fround(fround(Math.sqrt(variance)) * k128)));
      if ((data[y * widthPx + x] ?? 0) < limit) {
        const at = y * rowBytes + (x >> 3);
        bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
      }
      sum -= sums[x] ?? 0;
      square -= squares[x] ?? 0;
    }
  }
  return bits;
}

function spread(sums: Int32Array, widthPx: number, radius: number): void {
  sums.fill(sums[radius] ?? 0, 0, radius);
  sums.fill(sums[radius + widthPx - 1] ?? 0, radius + widthPx);
}
