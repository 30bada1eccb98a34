import type { Kernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import { closeDark } from './closing.js';
import { measureContrast } from './contrast.js';
import { findEdges } from './edges.js';
import { signedArea } from './geometry.js';
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
  const closed = closeDark(
    kernels,
    planes.luma,
    planes,
    Math.max(2, Math.round(Math.max(planes.widthPx, planes.heightPx) / 160)),
  );
  const edges = findEdges(kernels, { ...planes, luma: closed }, 24);
  const lines = findLines(edges, planes, 30);
  const guesses = searchQuads(lines, edges, planes, 120);
  return guesses
    .map((guess) => ({ quad: guess.quad, score: judge(planes, closed, guess) }))
    .sort((a, b) => b.score - a.score);
}

function judge(planes: Planes, luma: Uint8Array, { quad, support }: QuadGuess): number {
  const gap = Math.max(2.5, Math.max(planes.widthPx, planes.heightPx) / 160);
  const contrast = measureContrast(planes, luma, quad, gap);
  const area = Math.abs(signedArea(quad)) / (planes.widthPx * planes.heightPx);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return (
    0.3 * mean(support) +
    0.15 * Math.min(...support) +
    0.2 * mean(contrast.sides) +
    0.1 * Math.min(...contrast.sides) +
    0.05 * contrast.brighter +
    0.1 * contrast.even +
    0.1 * Math.sqrt(area)
  );
}
