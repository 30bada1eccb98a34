import type { Point, Quad } from '../picture/quad.js';
import { signedArea } from './geometry.js';
import type { Planes } from './planes.js';

/** How a quad differs from its surroundings. */
export interface Contrast {
  /** Difference across each side, 0 to 1. */
  readonly sides: readonly number[];
  /** Share of places inside, along the sides, that are brighter than those outside. */
  readonly brighter: number;
  /** How far all differences of brightness across a side have one sign, 0 to 1. */
  readonly steady: number;
  /** How alike all of the paper along the four sides is, 0 to 1. */
  readonly even: number;
}

const SAMPLES = 14;

/** Samples both sides of each edge, `gapPx` away. `luma` may be a closed plane, so that text does not count. */
export function measureContrast(planes: Planes, luma: Uint8Array, quad: Quad, gapPx: number): Contrast {
  const { widthPx, heightPx, blue, red } = planes;
  const direction = signedArea(quad) >= 0 ? 1 : -1;
  const sides: number[] = [];
  const [lumas, blues, reds] = [newSpread(), newSpread(), newSpread()];
  let [brighter, samples, steady] = [0, 0, 0];
  const place = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= widthPx || y >= heightPx ? -1 : Math.floor(y) * widthPx + Math.floor(x);
  for (let side = 0; side < 4; side += 1) {
    const from: Point = quad[side] ?? quad[0];
    const to: Point = quad[(side + 1) % 4] ?? quad[0];
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    // Right of the way round is inside.
    const nx = (-(to.y - from.y) / length) * direction * gapPx;
    const ny = ((to.x - from.x) / length) * direction * gapPx;
    let [difference, signed, unsigned] = [0, 0, 0];
    for (let k = 0; k < SAMPLES; k += 1) {
      const share = 0.06 + (0.88 * k) / (SAMPLES - 1);
      const x = from.x + (to.x - from.x) * share;
      const y = from.y + (to.y - from.y) * share;
      const inside = place(x + nx, y + ny);
      const outside = place(x - nx, y - ny);
      if (inside < 0) continue;
      addTo(lumas, luma[inside] ?? 0);
      addTo(blues, blue[inside] ?? 0);
      addTo(reds, red[inside] ?? 0);
      if (outside < 0) continue;
      samples += 1;
      const light = (luma[inside] ?? 0) - (luma[outside] ?? 0);
      const colour =
        Math.abs((blue[inside] ?? 0) - (blue[outside] ?? 0)) + Math.abs((red[inside] ?? 0) - (red[outside] ?? 0));
      if (light > 0) brighter += 1;
      signed += light;
      unsigned += Math.abs(light);
      difference += Math.min(1, (Math.abs(light) + 2 * colour) / 48);
    }
    sides.push(difference / SAMPLES);
    steady += unsigned > 0 ? Math.abs(signed) / unsigned / 4 : 0;
  }
  const spread = spreadOf(lumas) + 2 * spreadOf(blues) + 2 * spreadOf(reds);
  return {
    sides,
    brighter: samples > 0 ? brighter / samples : 0,
    steady,
    even: Math.max(0, 1 - spread / 60),
  };
}

interface Spread {
  count: number;
  sum: number;
  squares: number;
}

function newSpread(): Spread {
  return { count: 0, sum: 0, squares: 0 };
}

function addTo(spread: Spread, value: number): void {
  spread.count += 1;
  spread.sum += value;
  spread.squares += value * value;
}

/** Standard deviation. */
function spreadOf({ count, sum, squares }: Spread): number {
  if (count === 0) return 0;
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean));
}
