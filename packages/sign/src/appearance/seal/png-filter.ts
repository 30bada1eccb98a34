import { pictureError } from './picture-error.js';
import type { PngFile } from './png-file.js';

/** Undoes the filters of the rows; gives the rows without their filter bytes. @source PNG (third edition) 9.2 */
export function unfilter(raw: Uint8Array, { height, rowBytes, bits, channels }: PngFile): Uint8Array {
  const out = new Uint8Array(height * rowBytes);
  const step = Math.max(1, (bits * channels) >> 3);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (rowBytes + 1)] ?? 0;
    if (filter > 4) throw pictureError('filter');
    const from = y * (rowBytes + 1) + 1;
    const to = y * rowBytes;
    for (let x = 0; x < rowBytes; x += 1) {
      const left = x >= step ? (out[to + x - step] ?? 0) : 0;
      const up = y > 0 ? (out[to + x - rowBytes] ?? 0) : 0;
      const corner = x >= step && y > 0 ? (out[to + x - rowBytes - step] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1][filter] ?? paeth(left, up, corner);
      out[to + x] = (raw[from + x] ?? 0) + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
