import type { Point, Quad } from '../picture/quad.js';
import { signedArea } from './geometry.js';
import type { Planes } from './planes.js';

/** How a quad differs from its surroundings. */
export interface Contrast {
  /** Difference across each side, 0 to 1. */
  readonly sides: readonly number[];
  /** Share of places inside, along the sides, that are brighter than those outside. */
  readonly brighter: number;
  /** How alike the paper is along the four sides, 0 to 1. */
  readonly even: number;
}

const SAMPLES = 14;

/** Samples both sides of each edge, `gapPx` away. `luma` may be a closed plane, so that text does not count. */
export function measureContrast(planes: Planes, luma: Uint8Array, quad: Quad, gapPx: number): Contrast {
  const { widthPx, heightPx, blue, red } = planes;
  const direction = signedArea(quad) >= 0 ? 1 : -1;
  const sides: number[] = [];
  const papers: { luma: number; blue: number; red: number }[] = [];
  let brighter = 0;
  let samples = 0;
  const place = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= widthPx || y >= heightPx ? -1 : Math.floor(y) * widthPx + Math.floor(x);
  quad.forEach((from, i) => {
    const to = quad[(i + 1) % 4] as Point;
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    // Right of the way round is inside.
    const nx = (-(to.y - from.y) / length) * direction * gapPx;
    const ny = ((to.x - from.x) / length) * direction * gapPx;
    let difference = 0;
    let counted = 0;
    const paper = { luma: 0, blue: 0, red: 0 };
    for (let k = 0; k < SAMPLES; k += 1) {
      const share = 0.06 + (0.88 * k) / (SAMPLES - 1);
      const x = from.x + (to.x - from.x) * share;
      const y = from.y + (to.y - from.y) * share;
      const inside = place(x + nx, y + ny);
      const outside = place(x - nx, y - ny);
      if (inside < 0) continue;
      paper.luma += luma[inside] ?? 0;
      paper.blue += blue[inside] ?? 0;
      paper.red += red[inside] ?? 0;
      counted += 1;
      if (outside < 0) continue;
      samples += 1;
      const light = (luma[inside] ?? 0) - (luma[outside] ?? 0);
      const colour =
        Math.abs((blue[inside] ?? 0) - (blue[outside] ?? 0)) + Math.abs((red[inside] ?? 0) - (red[outside] ?? 0));
      if (light > 0) brighter += 1;
      difference += Math.min(1, (Math.abs(light) + 2 * colour) / 48);
    }
    sides.push(difference / SAMPLES);
    if (counted > 0) {
      papers.push({ luma: paper.luma / counted, blue: paper.blue / counted, red: paper.red / counted });
    }
  });
  return { sides, brighter: samples > 0 ? brighter / samples : 0, even: evenness(papers) };
}

function evenness(papers: readonly { luma: number; blue: number; red: number }[]): number {
  const spread = (values: number[]): number => Math.max(...values) - Math.min(...values);
  const worst =
    spread(papers.map(({ luma }) => luma)) +
    3 * spread(papers.map(({ blue }) => blue)) +
    3 * spread(papers.map(({ red }) => red));
  return Math.max(0, 1 - worst / 160);
}
