import type { Point, Quad } from '../picture/quad.js';
import type { LineSupport } from './line-support.js';
import type { Line } from './lines.js';

/** A divider keeps at least this share of the crossed sides from the corners. */
const AWAY = 0.06;
const END = 0.08;
/** Chance lets print look like a divider up to here. */
const DOUBTFUL = 0.5;

/** How surely one of the lines runs across a quad from side to side, right up to both, 0 to 1. */
export function dividedBy(quad: Quad, lines: readonly Line[], support: readonly LineSupport[]): number {
  let most = DOUBTFUL;
  lines.forEach((line, i) => {
    const own = support[i];
    if (!own) return;
    const far = quad.map(({ x, y }) => x * line.cos + y * line.sin - line.offset);
    for (let side = 0; side < 2; side += 1) {
      const from = crossedAt(quad, far, side, line);
      const to = crossedAt(quad, far, side + 2, line);
      if (from === undefined || to === undefined) continue;
      const step = to - from;
      const ends = Math.min(
        own.anyShare(from + 0.01 * step, from + END * step),
        own.anyShare(to - END * step, to - 0.01 * step),
      );
      if (ends > most) most = Math.max(most, Math.min(ends, own.anyShare(from, to)));
    }
  });
  return Math.max(0, (most - DOUBTFUL) / (1 - DOUBTFUL));
}

/** Place along the line where it crosses a side, well between its corners. */
function crossedAt(quad: Quad, far: readonly number[], side: number, line: Line): number | undefined {
  const [a, b] = [far[side] ?? 0, far[(side + 1) % 4] ?? 0];
  const share = a / (a - b);
  if (!(share > AWAY && share < 1 - AWAY)) return undefined;
  const from: Point = quad[side] ?? quad[0];
  const to: Point = quad[(side + 1) % 4] ?? quad[0];
  const x = from.x + (to.x - from.x) * share;
  const y = from.y + (to.y - from.y) * share;
  return y * line.cos - x * line.sin;
}
