import type { Point, Quad } from '../picture/quad.js';
import { convexHull, distance, signedArea } from './geometry.js';

/**
 * The quad around points that adds least area to their hull: sides are dropped one after the other, neighbours are
 * lengthened until they meet. Undefined for fewer than four corners.
 */
export function quadAround(points: readonly Point[]): Quad | undefined {
  const corners = simplified(convexHull(points));
  while (corners.length > 4) {
    const cheapest = cheapestSide(corners);
    if (!cheapest) break;
    const { side, met } = cheapest;
    const next = (side + 1) % corners.length;
    corners[side] = met;
    corners.splice(next, 1);
  }
  const [a, b, c, d] = corners;
  return corners.length === 4 && a && b && c && d ? [a, b, c, d] : undefined;
}

/** Corners closer than a pixel and a half count once; keeps the search short. */
function simplified(hull: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of hull) {
    const last = kept.at(-1);
    if (!last || distance(last, point) > 1.5) kept.push(point);
  }
  return kept;
}

function cheapestSide(corners: readonly Point[]): { readonly side: number; readonly met: Point } | undefined {
  let best: { side: number; met: Point } | undefined;
  let least = Infinity;
  for (let side = 0; side < corners.length; side += 1) {
    const at = (offset: number): Point => corners[(side + offset + corners.length) % corners.length] ?? { x: 0, y: 0 };
    const met = meeting(at(-1), at(0), at(2), at(1));
    if (!met) continue;
    const added = Math.abs(signedArea([at(0), met, at(1)]));
    if (added < least) [best, least] = [{ side, met }, added];
  }
  return best;
}

/** Where the rays from `a` over `b` and from `c` over `d` meet, ahead of both. */
function meeting(a: Point, b: Point, c: Point, d: Point): Point | undefined {
  const [ux, uy] = [b.x - a.x, b.y - a.y];
  const [vx, vy] = [d.x - c.x, d.y - c.y];
  const det = ux * vy - uy * vx;
  if (Math.abs(det) < 1e-6) return undefined;
  const s = ((c.x - a.x) * vy - (c.y - a.y) * vx) / det;
  const t = ((c.x - a.x) * uy - (c.y - a.y) * ux) / det;
  return s >= 1 && t >= 1 ? { x: a.x + ux * s, y: a.y + uy * s } : undefined;
}
