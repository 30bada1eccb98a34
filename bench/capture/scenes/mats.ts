import { seededRandom } from '../../lib/random.js';
import type { MatName } from './types.js';

/** Colour of a desk at a place in millimetres, written into `out`. */
export type MatPainter = (xMm: number, yMm: number, out: Float32Array) => void;

const SIZE = 256;

/** Smooth noise, -1 to 1, repeating every 256 units. */
function noiseField(seed: number): (x: number, y: number) => number {
  const random = seededRandom(seed);
  const table = Float32Array.from({ length: SIZE * SIZE }, () => random() * 2 - 1);
  return (x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const fx = x - left;
    const fy = y - top;
    const row = (top & 255) << 8;
    const next = ((top + 1) & 255) << 8;
    const nw = table[row | (left & 255)] ?? 0;
    const sw = table[next | (left & 255)] ?? 0;
    const upper = nw + ((table[row | ((left + 1) & 255)] ?? 0) - nw) * fx;
    const lower = sw + ((table[next | ((left + 1) & 255)] ?? 0) - sw) * fx;
    return upper + (lower - upper) * fy;
  };
}

export function matPainter(name: MatName, seed: number): MatPainter {
  const noise = noiseField(seed);
  const write = (out: Float32Array, r: number, g: number, b: number, change: number): void => {
    out[0] = r + change;
    out[1] = g + change;
    out[2] = b + change;
  };
  switch (name) {
    case 'white':
      return (x, y, out) => write(out, 233, 233, 230, 1.6 * noise(x / 40, y / 40) + 0.8 * noise(x, y));
    case 'green':
      return (x, y, out) => {
        const line = x - Math.floor(x / 10) * 10 < 0.4 || y - Math.floor(y / 10) * 10 < 0.4;
        write(out, 34, line ? 118 : 92, line ? 84 : 66, 3 * noise(x / 2, y / 2));
      };
    case 'black':
      return (x, y, out) => write(out, 38, 37, 40, 7 * noise(x * 1.2, y * 1.2) + 4 * noise(x / 30, y / 30));
    case 'wood':
      return (x, y, out) => {
        const grain = Math.sin((y + 6 * noise(x / 60, y / 18)) * 0.55) * 9 + 8 * noise(x / 9, y * 1.4);
        write(out, 158 + grain * 0.6, 112 + grain * 0.3, 70, grain);
      };
    case 'felt':
      return (x, y, out) => write(out, 136, 138, 142, 10 * noise(x * 2, y * 2) + 6 * noise(x / 15, y / 15));
    case 'cloth':
      return (x, y, out) => {
        const check = Math.floor(x / 14) + Math.floor(y / 14);
        const blue = (check & 1) === 0;
        write(out, blue ? 70 : 205, blue ? 104 : 210, blue ? 160 : 214, 5 * noise(x, y));
      };
  }
}
