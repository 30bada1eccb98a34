import type { PathStep } from '../font/signature-font.js';
import { pictureError } from './picture-error.js';
import { svgArc } from './svg-arc.js';

const MAX_LENGTH = 1_000_000;
const counts: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };
const NUMBER = /\s*,?\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y;
/** Flags of arcs may stand without a separator: `a1 1 0 01.5 2`. */
const FLAG = /\s*,?\s*([01])/y;
const COMMAND = /\s*,?\s*([a-zA-Z])/y;

/** Reads path data into absolute moves, lines and cubic curves. @source SVG 2 9.3 */
export function svgPathSteps(d: string): readonly PathStep[] {
  if (d.length > MAX_LENGTH) throw pictureError('size');
  const steps: PathStep[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  /** Mirrored control point for S and T, and which of the two it is for. */
  let mirror: { readonly kind: 'C' | 'Q'; readonly x: number; readonly y: number } | undefined;
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(d);
    if (!match) return undefined;
    at = pattern.lastIndex;
    return match[1];
  };
  const curve = (x1: number, y1: number, x2: number, y2: number, ex: number, ey: number): void => {
    steps.push(['C', x1, y1, x2, y2, ex, ey]);
    [x, y] = [ex, ey];
  };

  const draw = (kind: string, n: readonly number[]): void => {
    const [a = 0, b = 0, c = 0, e = 0, f = 0, g = 0, h = 0] = n;
    const before = mirror;
    mirror = undefined;
    if (kind === 'M' || kind === 'L') {
      steps.push([kind, a, b]);
      [x, y] = [a, b];
      if (kind === 'M') [startX, startY] = [a, b];
    } else if (kind === 'C' || kind === 'S') {
      const first = kind === 'C' ? [a, b] : before?.kind === 'C' ? [before.x, before.y] : [x, y];
      const [x2, y2, ex, ey] = kind === 'C' ? [c, e, f, g] : [a, b, c, e];
      curve(first[0] ?? 0, first[1] ?? 0, x2, y2, ex, ey);
      mirror = { kind: 'C', x: 2 * ex - x2, y: 2 * ey - y2 };
    } else if (kind === 'Q' || kind === 'T') {
      const [qx = 0, qy = 0] = kind === 'Q' ? [a, b] : before?.kind === 'Q' ? [before.x, before.y] : [x, y];
      const [ex, ey] = kind === 'Q' ? [c, e] : [a, b];
      curve(x + ((qx - x) * 2) / 3, y + ((qy - y) * 2) / 3, ex + ((qx - ex) * 2) / 3, ey + ((qy - ey) * 2) / 3, ex, ey);
      mirror = { kind: 'Q', x: 2 * ex - qx, y: 2 * ey - qy };
    } else {
      for (const piece of svgArc({
        x,
        y,
        radiusX: a,
        radiusY: b,
        turnDeg: c,
        large: e === 1,
        sweep: f === 1,
        endX: g,
        endY: h,
      })) {
        steps.push(piece);
      }
      [x, y] = [g, h];
    }
  };

  for (let command = take(COMMAND); command !== undefined; command = take(COMMAND)) {
    const upper = command.toUpperCase();
    const count = counts[upper];
    if (count === undefined || (steps.length === 0 && upper !== 'M')) throw pictureError('path');
    if (upper === 'Z') {
      steps.push(['Z']);
      [x, y] = [startX, startY];
      mirror = undefined;
      continue;
    }
    const relative = command !== upper;
    for (let round = 0; ; round += 1) {
      const values: number[] = [];
      while (values.length < count) {
        const flag = upper === 'A' && (values.length === 3 || values.length === 4);
        const text = take(flag ? FLAG : NUMBER);
        if (text === undefined) break;
        values.push(Number(text));
      }
      if (values.length === 0 && round > 0) break;
      if (values.length < count || !values.every(Number.isFinite)) throw pictureError('path');
      const [kind, full] = absolute(upper, values, relative ? x : 0, relative ? y : 0, x, y);
      // Further pairs after a move are lines.
      draw(kind === 'M' && round > 0 ? 'L' : kind, full);
    }
  }
  if (steps.length === 0 || d.slice(at).trim() !== '') throw pictureError('path');
  return steps;
}

function absolute(
  kind: string,
  values: readonly number[],
  dx: number,
  dy: number,
  x: number,
  y: number,
): readonly [kind: string, values: readonly number[]] {
  const [first = 0] = values;
  if (kind === 'H') return ['L', [first + dx, y]];
  if (kind === 'V') return ['L', [x, first + dy]];
  const moved = (value: number, index: number): number => value + (index % 2 === 0 ? dx : dy);
  if (kind === 'A') return [kind, values.map((value, index) => (index > 4 ? moved(value, index - 5) : value))];
  return [kind, values.map(moved)];
}
