import type { Point, Quad } from '../picture/quad.js';

/** Shared area over joint area of two convex quads, 0 to 1; the same unit for both. */
export function quadOverlap(a: Quad, b: Quad): number {
  const shared = area(clip(clockwise(a), clockwise(b)));
  const joint = area(a) + area(b) - shared;
  return joint > 0 ? shared / joint : 0;
}

/** Area of a polygon. */
export function area(points: readonly Point[]): number {
  return Math.abs(signedArea(points));
}

function signedArea(points: readonly Point[]): number {
  let sum = 0;
  points.forEach((point, index) => {
    const next = points[(index + 1) % points.length] ?? point;
    sum += point.x * next.y - next.x * point.y;
  });
  return sum / 2;
}

function clockwise(quad: Quad): readonly Point[] {
  return signedArea(quad) >= 0 ? quad : [...quad].reverse();
}

/** Sutherland and Hodgman: cuts the subject along each side of the other. */
function clip(subject: readonly Point[], cutter: readonly Point[]): readonly Point[] {
  let kept = subject;
  cutter.forEach((from, index) => {
    const to = cutter[(index + 1) % cutter.length] ?? from;
    const side = (point: Point): number => (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
    kept = kept.flatMap((point, at) => {
      const before = kept[(at + kept.length - 1) % kept.length] ?? point;
      const [here, there] = [side(point), side(before)];
      const crossing = (): Point => {
        const share = there / (there - here);
        return { x: before.x + (point.x - before.x) * share, y: before.y + (point.y - before.y) * share };
      };
      if (here >= 0) return there >= 0 ? [point] : [crossing(), point];
      return there >= 0 ? [crossing()] : [];
    });
  });
  return kept;
}
