import type { InkSample } from './ink.js';
import { distance, Nib, type NibPoint } from './nib.js';

/** Points closer than this share of the pad's width make no difference to the eye. The samples themselves stay. */
const SPACING = 0.0009;
/** How far a chord may leave the curve, as a share of the pad's width. */
const FLATNESS = 0.00004;

/**
 * Smooth centre line of one stroke, built while it is written: a mean of neighbours, then a quadratic B-spline. A piece
 * depends on two points before and after it only, so what is settled never changes.
 */
export class CenterLine {
  readonly #padWidth: number;
  readonly #nib: Nib;
  readonly #kept: NibPoint[] = [];
  #latest: NibPoint | undefined;
  #piece = 0;
  readonly #settled: NibPoint[] = [];

  constructor(padWidth: number) {
    this.#padWidth = padWidth;
    this.#nib = new Nib(padWidth);
  }

  /** What later samples cannot change any more. */
  get settled(): readonly NibPoint[] {
    return this.#settled;
  }

  /** Takes the next sample. */
  add(sample: InkSample): void {
    const point = this.#nib.point(sample);
    this.#latest = point;
    const last = this.#kept.at(-1);
    if (last && distance(last, point) < SPACING * this.#padWidth) return;
    this.#kept.push(point);
    const stable = this.#kept.length - 3;
    for (; this.#piece <= stable; this.#piece += 1) this.#draw(this.#kept, this.#piece, this.#settled);
  }

  /** From the last settled point to the pen, and on to where it is expected; changes with the next sample. */
  tip(expected: readonly Pick<NibPoint, 'x' | 'y'>[] = []): NibPoint[] {
    const latest = this.#latest;
    if (!latest) return [];
    const from = Math.max(0, this.#piece - 2);
    const kept = this.#kept.slice(from);
    const last = kept.at(-1);
    // The stroke ends where the pen left, also when that is close to the point before.
    if (last && last !== latest && distance(last, latest) > 0) kept.push(latest);
    for (const { x, y } of expected) kept.push({ x, y, r: latest.r });
    const points = this.#settled.slice(-1);
    for (let piece = this.#piece - from; piece < kept.length; piece += 1) this.#draw(kept, piece, points);
    return points;
  }

  /** The whole line. */
  whole(): NibPoint[] {
    const tip = this.tip();
    return [...this.#settled.slice(0, -1), ...tip];
  }

  #draw(kept: readonly NibPoint[], piece: number, out: NibPoint[]): void {
    const here = mean(kept, piece);
    if (!here) return;
    if (piece === 0) out.push(here);
    const next = mean(kept, piece + 1);
    if (!next) {
      if (piece > 0) out.push(here);
      return;
    }
    const end = between(here, next, 0.5);
    const before = mean(kept, piece - 1);
    if (before) {
      const start = between(before, here, 0.5);
      const bend = Math.sqrt((start.x - 2 * here.x + end.x) ** 2 + (start.y - 2 * here.y + end.y) ** 2) / 4;
      const steps = Math.min(16, Math.ceil(Math.sqrt(bend / (FLATNESS * this.#padWidth))));
      for (let step = 1; step < steps; step += 1) {
        const at = step / steps;
        out.push(between(between(start, here, at), between(here, end, at), at));
      }
    }
    out.push(end);
  }
}

/** Weighted mean with the neighbours; the ends stay where they are. */
function mean(kept: readonly NibPoint[], index: number): NibPoint | undefined {
  const here = kept[index];
  const before = kept[index - 1];
  const after = kept[index + 1];
  return here && before && after ? between(between(before, after, 0.5), here, 0.5) : here;
}

function between(a: NibPoint, b: NibPoint, at: number): NibPoint {
  return { x: a.x + (b.x - a.x) * at, y: a.y + (b.y - a.y) * at, r: a.r + (b.r - a.r) * at };
}
