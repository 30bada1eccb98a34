import type { Kernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import { closeDark } from './closing.js';
import { findEdges } from './edges.js';
import { judge } from './judge.js';
import { findLines } from './lines.js';
import type { Planes } from './planes.js';
import { searchQuads, type QuadGuess } from './quad-search.js';

/** A quad in pixels of the planes, with its score 0 to 1. */
export interface ScoredQuad {
  readonly quad: Quad;
  readonly score: number;
}

/** Pages anywhere on anything: lines of colour change, the quads they make, judged by what is on both sides. */
export function freeHandQuads(kernels: Kernels, planes: Planes): ScoredQuad[] {
  const { guesses, closed } = freeHandGuesses(kernels, planes);
  return guesses
    .map((guess) => ({ quad: guess.quad, score: judge(planes, closed, guess) }))
    .sort((a, b) => b.score - a.score);
}

/** Candidates by their edges alone. */
export function freeHandGuesses(
  kernels: Kernels,
  planes: Planes,
): { readonly guesses: readonly QuadGuess[]; readonly closed: Uint8Array } {
  const radius = Math.max(2, Math.round(Math.max(planes.widthPx, planes.heightPx) / 160));
  const closed = closeDark(kernels, planes.luma, planes, radius);
  const search = (luma: Uint8Array, threshold: number): QuadGuess[] => {
    const edges = findEdges(kernels, { ...planes, luma }, threshold);
    return searchQuads(findLines(edges, planes, 30), edges, planes, 100);
  };
  return { guesses: [...search(closed, 20), ...search(planes.luma, 12)], closed };
}
