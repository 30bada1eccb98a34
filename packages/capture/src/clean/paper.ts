import type { BilevelRaster, RgbaRaster } from '../picture/raster.js';

/** Blocks that are filled alike: those of JPEG, so that filled places cost nothing. */
const BLOCK_PX = 8;

/** A quarter-size page whose ink, as found at full size, is filled with the paper around it. */
export function paperWithoutInk(quarter: RgbaRaster, inks: readonly BilevelRaster[]): RgbaRaster {
  const { widthPx, heightPx } = quarter;
  const covered = new Uint8Array(widthPx * heightPx);
  for (const ink of inks) markCovered(ink, covered, quarter);
  const data = new Uint8Array(quarter.data);
  for (let top = 0; top < heightPx; top += BLOCK_PX) {
    for (let left = 0; left < widthPx; left += BLOCK_PX) fillBlock({ widthPx, heightPx, data }, covered, left, top);
  }
  return { widthPx, heightPx, data };
}

/** Marks fields of 4 x 4 pixels with ink in them, and one field around. */
function markCovered({ rowBytes, data }: BilevelRaster, covered: Uint8Array, size: RgbaRaster): void {
  const { widthPx, heightPx } = size;
  for (let row = 0; row < heightPx; row += 1) {
    for (let byte = 0; byte < rowBytes; byte += 1) {
      const at = row * 4 * rowBytes + byte;
      const bits =
        (data[at] ?? 0) | (data[at + rowBytes] ?? 0) | (data[at + 2 * rowBytes] ?? 0) | (data[at + 3 * rowBytes] ?? 0);
      if (bits === 0) continue;
      const from = byte * 2 - ((bits & 0xf0) !== 0 ? 1 : 0);
      const to = byte * 2 + ((bits & 0x0f) !== 0 ? 2 : 1);
      for (let y = Math.max(0, row - 1); y <= Math.min(heightPx - 1, row + 1); y += 1) {
        covered.fill(1, y * widthPx + Math.max(0, from), y * widthPx + Math.min(widthPx, to + 1));
      }
    }
  }
}

function fillBlock({ widthPx, heightPx, data }: RgbaRaster, covered: Uint8Array, left: number, top: number): void {
  const right = Math.min(widthPx, left + BLOCK_PX);
  const bottom = Math.min(heightPx, top + BLOCK_PX);
  const sums: [number, number, number] = [0, 0, 0];
  let count = 0;
  let holes = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = y * widthPx + x;
      if (covered[at] === 1) {
        holes += 1;
        continue;
      }
      count += 1;
      for (const channel of [0, 1, 2] as const) sums[channel] += data[at * 4 + channel] ?? 0;
    }
  }
  if (holes === 0) return;
  const paper = sums.map((sum) => (count === 0 ? 255 : Math.round(sum / count)));
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = y * widthPx + x;
      if (covered[at] === 1) for (const channel of [0, 1, 2]) data[at * 4 + channel] = paper[channel] ?? 255;
    }
  }
}
