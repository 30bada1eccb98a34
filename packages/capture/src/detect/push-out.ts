import type { Point, Quad } from '../picture/quad.js';
import { distance, signedArea } from './geometry.js';
import type { LineField } from './line-field.js';
import type { Line } from './lines.js';
import type { MaskCover } from './mask-cover.js';

/** Sides lie this far from the edge of their paper at most, shares of the sides next to them. */
const FARTHEST = 0.2;
const LEAST_PX = 2.5;
/** Cosine of the angle between a side and the line it moves to. */
const PARALLEL = 0.998;
/** How much of the new side and of the lengthened ones must be edges. */
const SEEN = 0.6;
const CLEARLY_SEEN = 0.9;
const CONTINUED = 0.7;
const ON_PAPER = 0.95;

/**
 * Moves sides that stand on a printed frame or table outwards to the edge of the paper: there the two sides next to it go on
 * past the corners, and what lies between is covered, but by none of the other papers (`free`). For a side that is clearly seen `least` neighbours that go on are enough.
 */
export function pushOut(
  quad: Quad,
  { fields, free, least }: { readonly fields: readonly LineField[]; readonly free: MaskCover; readonly least: number },
): Quad {
  let result: Quad = signedArea(quad) >= 0 ? quad : [quad[0], quad[3], quad[2], quad[1]];
  for (let side = 0; side < 4; side += 1) {
    const [a, b, c, d] = turned(result, side);
    // The side from a to b; d to a and c to b are lengthened.
    let farthest: readonly [Point, Point] = [a, b];
    for (const { lines, support } of fields) {
      lines.forEach((line, i) => {
        const moved = reached(line, [a, b, c, d]);
        if (!moved || distance(moved[0], a) <= distance(farthest[0], a)) return;
        const [p, q] = moved;
        const seen = support[i]?.share(placeOn(line, p), placeOn(line, q)) ?? 0;
        if (seen < SEEN) return;
        const goesOn = [continued(fields, d, a, p), continued(fields, c, b, q)].filter((share) => share >= CONTINUED);
        if (goesOn.length < (seen < CLEARLY_SEEN ? 2 : least)) return;
        const strip = free.count([p, q, b, a]);
        if (strip.marked >= ON_PAPER * strip.all) farthest = moved;
      });
    }
    result = turned([farthest[0], farthest[1], c, d], 4 - side);
  }
  return result;
}

function turned(quad: Quad, by: number): Quad {
  const at = (index: number): Point => quad[(index + by) % 4] ?? quad[0];
  return [at(0), at(1), at(2), at(3)];
}

/** Where the lengthened neighbours of the first side meet a line outside of it, nearly parallel to it. */
function reached(line: Line, [a, b, c, d]: Quad): readonly [Point, Point] | undefined {
  const along = Math.abs((b.y - a.y) * line.cos - (b.x - a.x) * line.sin) / distance(a, b);
  if (along < PARALLEL) return undefined;
  const p = met(line, d, a);
  const q = met(line, c, b);
  return p && q ? [p, q] : undefined;
}

/** Where the way from `from` over `corner` meets the line, a little past the corner. */
function met(line: Line, from: Point, corner: Point): Point | undefined {
  const start = from.x * line.cos + from.y * line.sin - line.offset;
  const end = corner.x * line.cos + corner.y * line.sin - line.offset;
  const share = start / (start - end);
  const least = LEAST_PX / distance(from, corner);
  if (!(share > 1 + least && share < 1 + FARTHEST)) return undefined;
  return { x: from.x + (corner.x - from.x) * share, y: from.y + (corner.y - from.y) * share };
}

/** How far the side that ends at `corner` goes on as an edge to `to`, 0 to 1. */
function continued(fields: readonly LineField[], from: Point, corner: Point, to: Point): number {
  let most = 0;
  for (const { lines, support } of fields) {
    lines.forEach((line, i) => {
      const isOn = [from, corner, to].every(({ x, y }) => Math.abs(x * line.cos + y * line.sin - line.offset) < 2);
      if (isOn) most = Math.max(most, support[i]?.anyShare(placeOn(line, corner), placeOn(line, to)) ?? 0);
    });
  }
  return most;
}

function placeOn({ cos, sin }: Line, { x, y }: Point): number {
  return y * cos - x * sin;
}
