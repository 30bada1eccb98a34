import { CenterLine } from './center-line.js';
import type { Ink, InkStroke } from './ink.js';
import { distance, type NibPoint } from './nib.js';

/** x and y in hundredths of a millimetre, y down. */
export type OutlinePoint = readonly [x: number, y: number];

/** Sides of a half circle at an end of the line. */
const CAP_SIDES = 6;

/**
 * The ink as closed polygons to be filled together by the nonzero rule: one or more per stroke, all of the same turn,
 * whole hundredths of a millimetre from the upper left corner. The same samples always give the same polygons.
 */
export function inkOutlines(ink: Ink): readonly (readonly OutlinePoint[])[] {
  return ink.strokes.flatMap((stroke) =>
    strokeOutlines(stroke, ink.width).map((polygon) =>
      polygon.map(([x, y]): OutlinePoint => [Math.round(x), Math.round(y)]),
    ),
  );
}

/** Polygons of one stroke, not rounded. */
export function strokeOutlines(stroke: InkStroke, padWidth: number): OutlinePoint[][] {
  const line = new CenterLine(padWidth);
  for (const sample of stroke.samples) line.add(sample);
  return outlinesOf(line.whole());
}

/** Polygons around a centre line. Where it turns too sharply for its width it is cut, so that no hole appears. */
export function outlinesOf(points: readonly NibPoint[]): OutlinePoint[][] {
  const line = points.filter((point, index) => index === 0 || distance(point, points[index - 1] ?? point) > 1e-6);
  const polygons: OutlinePoint[][] = [];
  let run: NibPoint[] = [];
  for (const [index, point] of line.entries()) {
    run.push(point);
    if (!isCorner(line[index - 1], point, line[index + 1])) continue;
    polygons.push(around(run));
    run = [point];
  }
  if (run.length > 0) polygons.push(around(run));
  return polygons;
}

function isCorner(before: NibPoint | undefined, here: NibPoint, after: NibPoint | undefined): boolean {
  if (!before || !after) return false;
  const [a, b] = [distance(before, here), distance(here, after)];
  const cos = ((here.x - before.x) * (after.x - here.x) + (here.y - before.y) * (after.y - here.y)) / (a * b);
  return here.r * Math.sqrt(Math.max(0, 1 - cos) / Math.max(1e-9, 1 + cos)) > 0.5 * Math.min(a, b);
}

/** Along the left side, round the end, back on the right side, round the start. */
function around(run: readonly NibPoint[]): OutlinePoint[] {
  const left: OutlinePoint[] = [];
  const right: OutlinePoint[] = [];
  for (const [index, point] of run.entries()) {
    const [nx, ny] = normal(run[index - 1] ?? point, run[index + 1] ?? point);
    left.push([point.x + nx * point.r, point.y + ny * point.r]);
    right.push([point.x - nx * point.r, point.y - ny * point.r]);
  }
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return [];
  const end = normal(run.at(-2) ?? last, last);
  const start = normal(first, run[1] ?? first);
  return [...left, ...cap(last, end), ...right.reverse(), ...cap(first, [-start[0], -start[1]])];
}

/** Half circle from the given normal to its opposite, without both ends. */
function cap({ x, y, r }: NibPoint, [nx, ny]: OutlinePoint): OutlinePoint[] {
  return Array.from({ length: CAP_SIDES - 1 }, (_, index): OutlinePoint => {
    const angle = (Math.PI * (index + 1)) / CAP_SIDES;
    const [cos, sin] = [Math.cos(angle) * r, Math.sin(angle) * r];
    return [x + nx * cos + ny * sin, y + ny * cos - nx * sin];
  });
}

/** Unit normal of the way from a to b; any for no way at all. */
function normal(a: NibPoint, b: NibPoint): OutlinePoint {
  const length = distance(a, b);
  return length > 0 ? [(a.y - b.y) / length, (b.x - a.x) / length] : [0, 1];
}
