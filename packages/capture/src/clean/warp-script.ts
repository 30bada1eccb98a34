import type { RgbaRaster } from '../picture/raster.js';
import type { Matrix } from './matrix.js';
import type { PixelSize } from './warp.js';

const SPAN = 16;

function place(value: number): number {
  const bounded = value > -100000 ? Math.min(value, 100000) : -100000;
  return Math.floor(bounded * 16384 + 0.5) | 0;
}

/** Calls back with the source place of each pixel in 1/16384; twin of kernels/warp.ts. */
function eachPlace(matrix: Matrix, size: PixelSize, put: (index: number, u: number, v: number) => void): void {
  const [a, b, c, d, e, f, g, h, k] = matrix;
  const { widthPx, heightPx } = size;
  for (let y = 0; y < heightPx; y += 1) {
    const cy = y + 0.5;
    const au = b * cy + c;
    const av = e * cy + f;
    const aw = h * cy + k;
    let w = g * 0.5 + aw;
    let u = place((a * 0.5 + au) / w - 0.5);
    let v = place((d * 0.5 + av) / w - 0.5);
    for (let x = 0; x < widthPx; x += SPAN) {
      const cx = x + SPAN + 0.5;
      w = g * cx + aw;
      const nextU = place((a * cx + au) / w - 0.5);
      const nextV = place((d * cx + av) / w - 0.5);
      const stepU = (nextU - u) >> 4;
      const stepV = (nextV - v) >> 4;
      const end = Math.min(x + SPAN, widthPx);
      for (let at = x; at < end; at += 1) {
        put(y * widthPx + at, u, v);
        u += stepU;
        v += stepV;
      }
      u = nextU;
      v = nextV;
    }
  }
}

/** Bilinear mix of one channel, weights in 1/256, vertical first. */
function sampler({ widthPx, heightPx, data }: RgbaRaster): (channel: number, u: number, v: number) => number {
  const maxU = ((widthPx - 1) << 14) - 1;
  const maxV = ((heightPx - 1) << 14) - 1;
  const below = widthPx * 4;
  return (channel, u, v) => {
    if (u < -8192 || v < -8192 || u > maxU + 8192 || v > maxV + 8192) return 255;
    const cu = Math.min(Math.max(u, 0), maxU);
    const cv = Math.min(Math.max(v, 0), maxV);
    const fx = (cu >> 6) & 255;
    const fy = (cv >> 6) & 255;
    const at = (cv >> 14) * below + (cu >> 14) * 4 + channel;
    const left = ((data[at] ?? 0) * (256 - fy) + (data[at + below] ?? 0) * fy + 128) >> 8;
    const right = ((data[at + 4] ?? 0) * (256 - fy) + (data[at + below + 4] ?? 0) * fy + 128) >> 8;
    return (left * (256 - fx) + right * fx + 128) >> 8;
  };
}

export function warpRgbaScript(picture: RgbaRaster, matrix: Matrix, size: PixelSize): Uint8Array {
  const data = new Uint8Array(size.widthPx * size.heightPx * 4);
  const sample = sampler(picture);
  eachPlace(matrix, size, (index, u, v) => {
    for (let channel = 0; channel < 4; channel += 1) data[index * 4 + channel] = sample(channel, u, v);
  });
  return data;
}

export function warpGrayScript(picture: RgbaRaster, matrix: Matrix, size: PixelSize): Uint8Array {
  const data = new Uint8Array(size.widthPx * size.heightPx);
  const sample = sampler(picture);
  eachPlace(matrix, size, (index, u, v) => {
    data[index] = (77 * sample(0, u, v) + 150 * sample(1, u, v) + 29 * sample(2, u, v) + 128) >> 8;
  });
  return data;
}
