import type { Quad } from '../picture/quad.js';
import { dividedBy } from './dividers.js';
import { crossAll, type Crossings } from './crossings.js';
import { isConvex, signedArea } from './geometry.js';
import type { LineField } from './line-field.js';
import type { LineSupport } from './line-support.js';
import type { Line } from './lines.js';

/** Four lines that could be the sides of a page. */
export interface QuadGuess {
  readonly quad: Quad;
  /** Share of each side that is an edge, top to left as the corners run. */
  readonly support: readonly [number, number, number, number];
  /** The same near the corners, mean of the eight ends. */
  readonly ends: number;
  /** The same at the worst corner. */
  readonly worstCorner: number;
  /** Share of edges that go on past the corners, mean of the eight ends: low for a real corner. */
  readonly beyond: number;
  /** How surely a line runs across the inside from side to side, 0 to 1: two papers, or a sheet on another one. */
  readonly divided: number;
  readonly score: number;
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A side of the frame itself, for a page that runs out of it. */
const FRAME_SUPPORT = 0.3;
const MIN_AREA = 0.02;
/** Lengths of the ends that are looked at, shares of the side. */
const END = 0.08;
const PAST_FROM = 0.015;
const PAST_TO = 0.07;

/** The best of all quads that four of the lines make. */
export function searchQuads({ lines, support }: LineField, size: Size, limit: number): QuadGuess[] {
  const all = [...lines, ...frameLines(size)];
  const crossings = crossAll(all, size);
  const pairs = oppositePairs(all, size);
  const guesses: Omit<QuadGuess, 'divided'>[] = [];
  let least = 0;
  for (let i = 0; i < pairs.length; i += 1) {
    for (let j = i + 1; j < pairs.length; j += 1) {
      const guess = measure(pairs[i] ?? [0, 0], pairs[j] ?? [0, 0], crossings, support, size, least);
      if (!guess) continue;
      guesses.push(guess);
      if (guesses.length < limit * 3) continue;
      guesses.sort((a, b) => b.score - a.score);
      guesses.length = limit;
      least = guesses.at(-1)?.score ?? 0;
    }
  }
  return guesses
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map((guess) => ({ ...guess, divided: dividedBy(guess.quad, lines, support) }));
}

function frameLines({ widthPx, heightPx }: Size): Line[] {
  return [
    { cos: 1, sin: 0, offset: 0, votes: 0 },
    { cos: 1, sin: 0, offset: widthPx, votes: 0 },
    { cos: 0, sin: 1, offset: 0, votes: 0 },
    { cos: 0, sin: 1, offset: heightPx, votes: 0 },
  ];
}

type Pair = readonly [number, number];

/** Lines less than 35 degrees apart in direction and not on top of each other in the middle of the frame. */
function oppositePairs(lines: readonly Line[], { widthPx, heightPx }: Size): Pair[] {
  const apart = Math.min(widthPx, heightPx) * 0.08;
  const pairs: Pair[] = [];
  lines.forEach((a, i) => {
    lines.forEach((b, j) => {
      if (j <= i) return;
      const along = a.cos * b.cos + a.sin * b.sin;
      if (Math.abs(along) < 0.82) return;
      const gapA = a.offset - (widthPx * a.cos + heightPx * a.sin) / 2;
      const gapB = Math.sign(along) * (b.offset - (widthPx * b.cos + heightPx * b.sin) / 2);
      if (Math.abs(gapA - gapB) >= apart) pairs.push([i, j]);
    });
  });
  return pairs;
}

function measure(
  [a, c]: Pair,
  [b, d]: Pair,
  { count, usable, x, y, along }: Crossings,
  support: readonly LineSupport[],
  size: Size,
  least: number,
): Omit<QuadGuess, 'divided'> | undefined {
  const ab = a * count + b;
  const bc = b * count + c;
  const cd = c * count + d;
  const da = d * count + a;
  if (!usable[ab] || !usable[bc] || !usable[cd] || !usable[da]) return undefined;
  // Places along a line: crossings are kept once for each of both lines.
  const la = Math.abs((along[ab] ?? 0) - (along[a * count + d] ?? 0));
  const lb = Math.abs((along[bc] ?? 0) - (along[b * count + a] ?? 0));
  const lc = Math.abs((along[cd] ?? 0) - (along[c * count + b] ?? 0));
  const ld = Math.abs((along[da] ?? 0) - (along[d * count + c] ?? 0));
  const va = support[a]?.share(along[a * count + d] ?? 0, along[ab] ?? 0) ?? FRAME_SUPPORT;
  const vb = support[b]?.share(along[b * count + a] ?? 0, along[bc] ?? 0) ?? FRAME_SUPPORT;
  if (0.3 * Math.min(va, vb) + 0.9 <= least) return undefined;
  const vc = support[c]?.share(along[c * count + b] ?? 0, along[cd] ?? 0) ?? FRAME_SUPPORT;
  const vd = support[d]?.share(along[d * count + c] ?? 0, along[da] ?? 0) ?? FRAME_SUPPORT;
  const mean = (va * la + vb * lb + vc * lc + vd * ld) / (la + lb + lc + ld);
  const worst = Math.min(va, vb, vc, vd);
  if (0.55 * mean + 0.3 * worst + 0.35 <= least) return undefined;
  const quad: Quad = [
    { x: x[da] ?? 0, y: y[da] ?? 0 },
    { x: x[ab] ?? 0, y: y[ab] ?? 0 },
    { x: x[bc] ?? 0, y: y[bc] ?? 0 },
    { x: x[cd] ?? 0, y: y[cd] ?? 0 },
  ];
  if (!isConvex(quad)) return undefined;
  const area = Math.abs(signedArea(quad)) / (size.widthPx * size.heightPx);
  if (area < MIN_AREA) return undefined;
  const corners = cornerShares([a, b, c, d], along, count, support);
  const score = 0.55 * mean + 0.3 * worst + 0.15 * corners.ends - 0.15 * corners.beyond + 0.2 * Math.sqrt(area);
  return score > least ? { quad, support: [va, vb, vc, vd], ...corners, score } : undefined;
}

function cornerShares(
  lines: readonly [number, number, number, number],
  along: Float32Array,
  count: number,
  support: readonly LineSupport[],
): { readonly ends: number; readonly worstCorner: number; readonly beyond: number } {
  let beyond = 0;
  const corners: [number, number, number, number] = [0, 0, 0, 0];
  for (let side = 0; side < 4; side += 1) {
    const line = lines[side] ?? 0;
    const own = support[line];
    const next = (side + 1) % 4;
    if (!own) {
      corners[side] = (corners[side] ?? 0) + FRAME_SUPPORT / 2;
      corners[next] = (corners[next] ?? 0) + FRAME_SUPPORT / 2;
      continue;
    }
    const from = along[line * count + (lines[(side + 3) % 4] ?? 0)] ?? 0;
    const to = along[line * count + (lines[next] ?? 0)] ?? 0;
    const step = to - from;
    corners[side] = (corners[side] ?? 0) + own.share(from, from + END * step) / 2;
    corners[next] = (corners[next] ?? 0) + own.share(to - END * step, to) / 2;
    beyond += own.share(from - PAST_TO * step, from - PAST_FROM * step);
    beyond += own.share(to + PAST_FROM * step, to + PAST_TO * step);
  }
  const [a, b, c, d] = corners;
  return { ends: (a + b + c + d) / 4, worstCorner: Math.min(a, b, c, d), beyond: beyond / 8 };
}
