import type { Kernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import { closeDark } from './closing.js';
import { findEdges } from './edges.js';
import { judge } from './judge.js';
import { lineField } from './line-field.js';
import type { Planes } from './planes.js';
import { strongestEdges } from './strongest-edges.js';
import { searchQuads, type QuadGuess } from './quad-search.js';

/** A quad in pixels of the planes, with its score 0 to 1. */
export interface ScoredQuad {
  readonly quad: Quad;
  readonly score: number;
}

/** A quad so good that nobody needs to look for a better one in finer detail. */
const SURE = 0.83;

/**
 * Pages anywhere on anything: lines of colour change, the quads they make, judged by what is on both sides. First without
 * text and thin lines; where nothing sure is found, again with them: white paper on a white desk is a thin shadow only.
 */
export function freeHandQuads(kernels: Kernels, planes: Planes): ScoredQuad[] {
  const radius = Math.max(2, Math.round(Math.max(planes.widthPx, planes.heightPx) / 160));
  const closed = closeDark(kernels, planes.luma, planes, radius);
  const judged = (guesses: readonly QuadGuess[]): ScoredQuad[] =>
    guesses.map((guess) => ({ quad: guess.quad, score: judge(planes, closed, guess) }));
  const coarse = judged(guessQuads(kernels, { ...planes, luma: closed }, COARSE));
  const isSure = coarse.some(({ score }) => score >= SURE);
  const all = isSure ? coarse : [...coarse, ...judged(guessQuads(kernels, planes, FINE))];
  return all.sort((a, b) => b.score - a.score);
}

/** Least edges, in Sobel units. */
const COARSE = 20;
const FINE = 12;
const LINES = 30;
const EDGES = 30_000;
const GUESSES = 70;

/** Candidates by their edges alone. */
export function guessQuads(kernels: Kernels, planes: Planes, threshold: number): QuadGuess[] {
  return searchQuads(
    lineField(strongestEdges(findEdges(kernels, planes, threshold), EDGES), planes, LINES),
    planes,
    GUESSES,
  );
}
