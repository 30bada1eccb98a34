import { findComponents } from '../clean/components.js';
import type { Quad } from '../picture/quad.js';
import type { BilevelRaster } from '../picture/raster.js';
import type { QualityFinding } from '../recipe/types.js';
import { qualityLimits } from './limits.js';

/** Where a page lies in the picture it was found in. */
export interface PagePlace {
  /** Corners in pixels of the picture. */
  readonly quad: Quad;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A found page whose sides run over the picture, or print that runs over the edge of the page. */
export function checkCutEdge(
  ink: BilevelRaster,
  dpi: number,
  place: PagePlace | undefined,
): QualityFinding | undefined {
  const outside = place ? sidesOutside(place) : 0;
  const limit = qualityLimits.cutMarks;
  const measured = outside > 0 ? limit + outside : marksAtEdge(ink, dpi);
  return measured >= limit ? { issue: 'cut-edge', severity: 'warn', measured, limit, unit: 'score' } : undefined;
}

/** Sides of a page that lie on the edge of the picture. */
function sidesOutside({ quad, widthPx, heightPx }: PagePlace): number {
  const near = Math.max(widthPx, heightPx) * 0.0015;
  const edges = [
    quad.filter(({ x }) => x <= near).length,
    quad.filter(({ y }) => y <= near).length,
    quad.filter(({ x }) => x >= widthPx - near).length,
    quad.filter(({ y }) => y >= heightPx - near).length,
  ];
  return edges.filter((corners) => corners > 0).length;
}

/** Marks of the size of characters that touch the edge of the page. Longer ones are the edge of the paper itself. */
function marksAtEdge(ink: BilevelRaster, dpi: number): number {
  const { count, area, left, top, right, bottom } = findComponents(ink);
  const [least, most] = [dpi * 0.03, dpi * 0.35];
  let marks = 0;
  for (let i = 0; i < count; i += 1) {
    const [l, t, r, b] = [left[i] ?? 0, top[i] ?? 0, right[i] ?? 0, bottom[i] ?? 0];
    const touches = l <= 1 || t <= 1 || r >= ink.widthPx - 1 || b >= ink.heightPx - 1;
    const [short, long] = [Math.min(r - l, b - t), Math.max(r - l, b - t)];
    if (touches && long >= least && long <= most && short >= least / 2 && (area[i] ?? 0) >= least * 2) marks += 1;
  }
  return marks;
}
