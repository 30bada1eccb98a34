import type { Point, Quad } from '../picture/quad.js';

/** Area of a polygon; positive when its corners run clockwise on screen (y down). */
export function signedArea(corners: readonly Point[]): number {
  let twice = 0;
  let before = corners.at(-1);
  for (const corner of corners) {
    if (before) twice += before.x * corner.y - corner.x * before.y;
    before = corner;
  }
  return twice / 2;
}

/** Of the turn from `a` over `b` to `c`: positive when clockwise on screen. */
export function turnOf(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Smallest convex polygon around all points, clockwise on screen (Andrew's monotone chain). */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const chain = (from: readonly Point[]): Point[] => {
    const out: Point[] = [];
    for (const point of from) {
      for (;;) {
        const b = out.at(-1);
        const a = out.at(-2);
        if (!a || !b || turnOf(a, b, point) > 0) break;
        out.pop();
      }
      out.push(point);
    }
    out.pop();
    return out;
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}

export function isConvex(quad: Quad): boolean {
  const [a, b, c, d] = quad;
  const turns = [turnOf(a, b, c), turnOf(b, c, d), turnOf(c, d, a), turnOf(d, a, b)];
  return turns.every((turn) => turn > 0) || turns.every((turn) => turn < 0);
}

/** Part of `subject` inside the convex, clockwise `clip` (Sutherland and Hodgman). */
export function clipPolygon(subject: readonly Point[], clip: readonly Point[]): Point[] {
  let out = [...subject];
  let from = clip.at(-1);
  for (const to of clip) {
    if (from) out = cutByLine(out, from, to);
    from = to;
  }
  return out;
}

function cutByLine(polygon: readonly Point[], from: Point, to: Point): Point[] {
  const out: Point[] = [];
  const side = (point: Point): number => (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
  let before = polygon.at(-1);
  for (const point of polygon) {
    if (before) {
      const a = side(before);
      const b = side(point);
      if (a >= 0 !== b >= 0) out.push(between(before, point, a / (a - b)));
      if (b >= 0) out.push(point);
    }
    before = point;
  }
  return out;
}

export function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

/** Intersection over union of two convex quads, 0 to 1; corners may run either way round. */
export function quadIou(a: Quad, b: Quad): number {
  const first = clockwise(a);
  const second = clockwise(b);
  const common = Math.abs(signedArea(clipPolygon(first, second)));
  const union = Math.abs(signedArea(first)) + Math.abs(signedArea(second)) - common;
  return union > 0 ? common / union : 0;
}

function clockwise(quad: Quad): Quad {
  return signedArea(quad) >= 0 ? quad : [quad[0], quad[3], quad[2], quad[1]];
}

/** The corners clockwise, beginning with the one that is top left as the picture stands. */
export function readingOrder(quad: Quad): Quad {
  const [a, b, c, d] = clockwise(quad);
  const turned: readonly Quad[] = [
    [a, b, c, d],
    [b, c, d, a],
    [c, d, a, b],
    [d, a, b, c],
  ];
  // The top side is the one whose direction is nearest to left-to-right.
  const lean = ([from, to]: Quad): number => (to.x - from.x) / (distance(from, to) || 1);
  return turned.reduce((best, quad) => (lean(quad) > lean(best) ? quad : best));
}

export function mapQuad(quad: Quad, map: (corner: Point) => Point): Quad {
  return [map(quad[0]), map(quad[1]), map(quad[2]), map(quad[3])];
}
