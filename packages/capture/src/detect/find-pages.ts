import type { Kernels } from '../kernels/kernels.js';
import type { RgbaRaster } from '../picture/raster.js';
import type { FoundPage } from '../worker/protocol.js';
import { freeHandQuads, type ScoredQuad } from './free-hand.js';
import { clipPolygon, mapQuad, readingOrder, signedArea } from './geometry.js';
import type { MatModel } from './mat-model.js';
import { matQuads } from './mat-pages.js';
import { shrinkToPlanes } from './planes.js';
import { refineWithin } from './refine-quad.js';
import { shrinkFactor } from './working-size.js';

/** How to look: anywhere on anything, or against the calibrated empty desk. */
export type FindPagesOptions = { readonly mode: 'free-hand' } | { readonly mode: 'mat'; readonly mat: MatModel };

const MAX_PAGES = 8;
/** Pages may cover each other by this share of the smaller one. */
const OVERLAP = { 'free-hand': 0.1, mat: 0.85 } as const;
/** A further free-hand page may be this much worse than the best. */
const FURTHER = 0.12;
const LEAST_FURTHER = 0.7;
const LEAST = 0.35;
/** How far sides may be off, pixels of the shrunk frame; on a mat they may have been taken for the edge of a shadow. */
const REACH = { 'free-hand': 2, mat: 6 } as const;

/**
 * Pages in a frame, best first, corners as shares of the frame. A page that is cut by the frame has corners on or
 * slightly outside it. Full HD is enough: {@link refineQuad} makes corners exact in the full picture.
 */
export function findPages(kernels: Kernels, frame: RgbaRaster, options: FindPagesOptions): FoundPage[] {
  const factor = shrinkFactor(frame);
  if (frame.widthPx < 48 || frame.heightPx < 48) return [];
  const planes = shrinkToPlanes(kernels, frame, factor);
  const found = options.mode === 'mat' ? matQuads(kernels, planes, options.mat) : freeHandQuads(kernels, planes);
  return chosen(found, options.mode).map(({ quad, score }) => {
    const inFrame = mapQuad(quad, ({ x, y }) => ({ x: x * factor, y: y * factor }));
    const reachPx = factor * REACH[options.mode] + 2;
    const refined = readingOrder(
      refineWithin(frame, inFrame, options.mode === 'mat' ? { reachPx, shadows: 'skipped' } : { reachPx }),
    );
    return {
      quad: mapQuad(refined, ({ x, y }) => ({ x: x / frame.widthPx, y: y / frame.heightPx })),
      confidence: confidenceOf(score, options.mode),
    };
  });
}

/**
 * A half where the doubt begins: best quads on empty desks of all kinds stay below it, pages by hand are above; on a mat only
 * what covers something is a candidate at all.
 */
function confidenceOf(score: number, mode: FindPagesOptions['mode']): number {
  const share = mode === 'mat' ? (score - 0.1) / 0.5 : (score - 0.5) / 0.33;
  return Math.max(0, Math.min(1, share));
}

function chosen(found: readonly ScoredQuad[], mode: FindPagesOptions['mode']): ScoredQuad[] {
  const best = found[0]?.score ?? 0;
  const kept: ScoredQuad[] = [];
  for (const guess of found) {
    if (kept.length >= MAX_PAGES) break;
    if (mode === 'free-hand' && guess.score < LEAST) continue;
    if (mode === 'free-hand' && kept.length > 0 && guess.score < Math.max(LEAST_FURTHER, best - FURTHER)) continue;
    if (kept.every((other) => overlap(other, guess) <= OVERLAP[mode])) kept.push(guess);
  }
  return kept;
}

function overlap(a: ScoredQuad, b: ScoredQuad): number {
  const [first, second] = [readingOrder(a.quad), readingOrder(b.quad)];
  const common = Math.abs(signedArea(clipPolygon(first, second)));
  return common / Math.min(Math.abs(signedArea(first)), Math.abs(signedArea(second)));
}
