import { findComponents } from '../clean/components.js';
import { halveRgba } from '../clean/downscale.js';
import type { Kernels } from '../kernels/kernels.js';
import type { BilevelRaster, RgbaRaster } from '../picture/raster.js';
import type { QualityFinding } from '../recipe/types.js';
import { qualityLimits } from './limits.js';
import type { PageLook } from './page-look.js';

/** Saturated: nearly white and nearly without colour. */
const SHINING = 250;
const MOST_SATURATION = 0.1;
/** Scanners make paper itself this bright; then nothing can be said. */
const BRIGHT_PAPER = 244;

/** A lamp mirrored in the paper: one connected field of pure white, brighter than the paper around it. */
export function checkGlare(kernels: Kernels, { colour }: PageLook): QualityFinding | undefined {
  const small = halveRgba(kernels, halveRgba(kernels, colour));
  const pixels = small.widthPx * small.heightPx;
  if (pixels === 0 || medianLevel(small) >= BRIGHT_PAPER) return undefined;
  const { count, area } = findComponents(closed(shiningOf(small)));
  let largest = 0;
  for (let i = 0; i < count; i += 1) largest = Math.max(largest, area[i] ?? 0);
  const measured = (100 * largest) / pixels;
  const limit = qualityLimits.glarePercent;
  if (measured <= limit) return undefined;
  return { issue: 'glare', severity: measured > 10 * limit ? 'reject' : 'warn', measured, limit, unit: 'percent' };
}

function shiningOf({ widthPx, heightPx, data }: RgbaRaster): BilevelRaster {
  const rowBytes = (widthPx + 7) >> 3;
  const bits = new Uint8Array(rowBytes * heightPx);
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, at += 4) {
      const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      const most = Math.max(red, green, blue);
      if (most <= SHINING || most - Math.min(red, green, blue) >= most * MOST_SATURATION) continue;
      const byte = y * rowBytes + (x >> 3);
      bits[byte] = (bits[byte] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { widthPx, heightPx, rowBytes, data: bits };
}

/** Joins what ruled lines part: grown by one pixel to every side, then shrunk again. */
function closed(bits: BilevelRaster): BilevelRaster {
  return inverse(grown(inverse(grown(bits))));
}

function inverse(bits: BilevelRaster): BilevelRaster {
  return { ...bits, data: bits.data.map((byte) => byte ^ 0xff) };
}

function grown({ widthPx, heightPx, rowBytes, data }: BilevelRaster): BilevelRaster {
  const across = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 1) {
    const byte = data[at] ?? 0;
    const left = at % rowBytes === 0 ? 0 : (data[at - 1] ?? 0) << 7;
    const right = (at + 1) % rowBytes === 0 ? 0 : (data[at + 1] ?? 0) >> 7;
    across[at] = byte | (byte << 1) | (byte >> 1) | left | right;
  }
  const bits = across.map((byte, at) => byte | (across[at - rowBytes] ?? 0) | (across[at + rowBytes] ?? 0));
  return { widthPx, heightPx, rowBytes, data: bits };
}

function medianLevel({ data }: RgbaRaster): number {
  const counts = new Uint32Array(256);
  for (let at = 1; at < data.length; at += 4) {
    const level = data[at] ?? 0;
    counts[level] = (counts[level] ?? 0) + 1;
  }
  let left = data.length / 8;
  for (let level = 0; level < 256; level += 1) {
    left -= counts[level] ?? 0;
    if (left <= 0) return level;
  }
  return 255;
}
