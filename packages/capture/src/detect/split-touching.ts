import type { Kernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import { findEdges, type EdgePixels } from './edges.js';
import type { ScoredQuad } from './free-hand.js';
import { signedArea } from './geometry.js';
import { findLines } from './lines.js';
import { insideShare, newCover } from './mask-cover.js';
import type { Planes } from './planes.js';
import { searchQuads } from './quad-search.js';

/** A quad belongs to a pile when so much of it lies on the pile. */
const ON_PILE = 0.93;
const MAX_PAPERS = 6;

/** Papers of one pile: quads from edges in and around it, taken while each covers something new. */
export function splitTouching(kernels: Kernels, planes: Planes, labels: Uint16Array, label: number): ScoredQuad[] {
  const edges = nearLabel(findEdges(kernels, planes, 16), labels, label, planes);
  const guesses = searchQuads(findLines(edges, planes, 28), edges, planes, 400)
    .filter(({ support }) => Math.min(...support) > 0.2)
    .map(({ quad, support, score }) => ({ quad, support, score, on: insideShare(quad, labels, label, planes) }))
    .filter(({ on }) => on >= ON_PILE);
  const cover = newCover(labels, label);
  const kept: ScoredQuad[] = [];
  while (kept.length < MAX_PAPERS) {
    let best: { quad: Quad; value: number; score: number } | undefined;
    for (const { quad, score } of guesses) {
      const fresh = cover.fresh(quad, planes);
      const area = Math.abs(signedArea(quad));
      // Mostly new, well bounded, large.
      if (fresh < 0.25 * area || fresh < 0.06 * cover.totalPx) continue;
      const value = score * (0.5 + 0.5 * (fresh / area)) * Math.sqrt(fresh / cover.totalPx);
      if (!best || value > best.value) best = { quad, value, score };
    }
    if (!best) break;
    cover.add(best.quad, planes);
    kept.push({ quad: best.quad, score: Math.min(1, best.score * 0.9) });
  }
  return kept;
}

/** Edges within two pixels of a component. */
function nearLabel({ count, places }: EdgePixels, labels: Uint16Array, label: number, { widthPx }: Planes): EdgePixels {
  const kept: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = (places[i * 4 + 1] ?? 0) * widthPx + (places[i * 4] ?? 0);
    const near = [at, at - 2, at + 2, at - 2 * widthPx, at + 2 * widthPx].some((place) => labels[place] === label);
    if (near) kept.push(places[i * 4] ?? 0, places[i * 4 + 1] ?? 0, places[i * 4 + 2] ?? 0, places[i * 4 + 3] ?? 0);
  }
  return { count: kept.length / 4, places: Int16Array.from(kept) };
}
