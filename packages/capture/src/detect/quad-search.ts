import type { Point, Quad } from '../picture/quad.js';
import type { EdgePixels } from './edges.js';
import { isConvex, signedArea } from './geometry.js';
import { LineSupport } from './line-support.js';
import type { Line } from './lines.js';

/** Four lines that could be the sides of a page. */
export interface QuadGuess {
  readonly quad: Quad;
  /** Share of each side that is an edge, top to left as the corners run. */
  readonly support: readonly [number, number, number, number];
  readonly score: number;
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A side of the frame itself, for a page that runs out of it. */
const FRAME_SUPPORT = 0.3;
/** Corners may lie this far outside the frame, share of its longer side. */
const OUTSIDE = 0.06;
const MIN_AREA = 0.03;

interface Side {
  readonly line: Line;
  readonly share: (from: number, to: number) => number;
}

/** Crossing of two lines; undefined when they are nearly parallel. */
export function crossing(a: Line, b: Line): Point | undefined {
  const det = a.cos * b.sin - a.sin * b.cos;
  if (Math.abs(det) < 0.2) return undefined;
  return { x: (a.offset * b.sin - b.offset * a.sin) / det, y: (b.offset * a.cos - a.offset * b.cos) / det };
}

/** The best of all quads that four of the lines make. */
export function searchQuads(lines: readonly Line[], edges: EdgePixels, size: Size, limit: number): QuadGuess[] {
  const reach = Math.hypot(size.widthPx, size.heightPx);
  const sides: Side[] = [
    ...lines.map((line) => {
      const support = new LineSupport(line, edges, reach);
      return { line, share: (from: number, to: number) => support.share(from, to) };
    }),
    ...frameLines(size).map((line) => ({ line, share: () => FRAME_SUPPORT })),
  ];
  const pairs = oppositePairs(sides, size);
  const guesses: QuadGuess[] = [];
  let least = 0;
  for (let i = 0; i < pairs.length; i += 1) {
    for (let j = i + 1; j < pairs.length; j += 1) {
      const [first, second] = [pairs[i], pairs[j]];
      if (!first || !second) continue;
      const guess = measure(first, second, size);
      if (!guess || guess.score <= least) continue;
      guesses.push(guess);
      if (guesses.length < limit * 4) continue;
      guesses.sort((a, b) => b.score - a.score);
      guesses.length = limit;
      least = guesses.at(-1)?.score ?? 0;
    }
  }
  return guesses.sort((a, b) => b.score - a.score).slice(0, limit);
}

function frameLines({ widthPx, heightPx }: Size): Line[] {
  return [
    { cos: 1, sin: 0, offset: 0, votes: 0 },
    { cos: 1, sin: 0, offset: widthPx, votes: 0 },
    { cos: 0, sin: 1, offset: 0, votes: 0 },
    { cos: 0, sin: 1, offset: heightPx, votes: 0 },
  ];
}

type Pair = readonly [Side, Side];

/** Lines less than 35 degrees apart in direction and not on top of each other in the middle of the frame. */
function oppositePairs(sides: readonly Side[], { widthPx, heightPx }: Size): Pair[] {
  const middle = { x: widthPx / 2, y: heightPx / 2 };
  const apart = Math.min(widthPx, heightPx) * 0.08;
  const pairs: Pair[] = [];
  sides.forEach((a, i) => {
    for (const b of sides.slice(i + 1)) {
      const along = a.line.cos * b.line.cos + a.line.sin * b.line.sin;
      if (Math.abs(along) < 0.82) continue;
      const offsetB = b.line.offset * Math.sign(along);
      const gapA = a.line.offset - middle.x * a.line.cos - middle.y * a.line.sin;
      const gapB = offsetB - Math.sign(along) * (middle.x * b.line.cos + middle.y * b.line.sin);
      if (Math.abs(gapA - gapB) >= apart) pairs.push([a, b]);
    }
  });
  return pairs;
}

function measure([a, c]: Pair, [b, d]: Pair, size: Size): QuadGuess | undefined {
  const ab = crossing(a.line, b.line);
  if (!ab || !isInside(ab, size)) return undefined;
  const bc = crossing(b.line, c.line);
  if (!bc || !isInside(bc, size)) return undefined;
  const cd = crossing(c.line, d.line);
  if (!cd || !isInside(cd, size)) return undefined;
  const da = crossing(d.line, a.line);
  if (!da || !isInside(da, size)) return undefined;
  const quad: Quad = [da, ab, bc, cd];
  if (!isConvex(quad)) return undefined;
  const area = Math.abs(signedArea(quad)) / (size.widthPx * size.heightPx);
  if (area < MIN_AREA) return undefined;
  const support = [share(a, da, ab), share(b, ab, bc), share(c, bc, cd), share(d, cd, da)] as const;
  const lengths = [gap(da, ab), gap(ab, bc), gap(bc, cd), gap(cd, da)] as const;
  const around = lengths[0] + lengths[1] + lengths[2] + lengths[3];
  let mean = 0;
  support.forEach((value, i) => (mean += (value * (lengths[i] ?? 0)) / around));
  const score = 0.6 * mean + 0.4 * Math.min(...support) + 0.2 * Math.sqrt(area);
  return { quad, support, score };
}

function share(side: Side, from: Point, to: Point): number {
  return side.share(along(side.line, from), along(side.line, to));
}

function along(line: Line, { x, y }: Point): number {
  return y * line.cos - x * line.sin;
}

function gap(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function isInside({ x, y }: Point, { widthPx, heightPx }: Size): boolean {
  const margin = OUTSIDE * Math.max(widthPx, heightPx);
  return x >= -margin && y >= -margin && x <= widthPx + margin && y <= heightPx + margin;
}
