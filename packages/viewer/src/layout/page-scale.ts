import type { Zoom } from '../viewport/types.js';
import { PX_PER_PT, type PageBox } from './page-box.js';

/** Room for pages inside the view, in CSS px. */
export interface FitRoom {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * CSS px per point for every page. A number scales all pages alike. The fit modes scale the record's most common page
 * width to the room, so that real relative sizes stay, and shrink the pages that would still be too large.
 */
export function pageScales(pages: readonly PageBox[], zoom: Zoom, room: FitRoom): Float64Array {
  const scales = new Float64Array(pages.length);
  if (typeof zoom === 'number') return scales.fill(zoom * PX_PER_PT);
  const widthPx = Math.max(32, room.widthPx);
  const heightPx = Math.max(32, room.heightPx);
  const common = commonPage(pages);
  const byHeight = zoom === 'fit-page';
  const base = Math.min(widthPx / common.widthPt, byHeight ? heightPx / common.heightPt : Infinity);
  pages.forEach((page, index) => {
    scales[index] = Math.min(base, widthPx / page.widthPt, byHeight ? heightPx / page.heightPt : Infinity);
  });
  return scales;
}

/** The most frequent page size by width, the first one on a draw; A4 when there are no pages. */
export function commonPage(pages: readonly PageBox[]): PageBox {
  const counts = new Map<number, { count: number; page: PageBox }>();
  let best: { count: number; page: PageBox } = { count: 0, page: { widthPt: 595, heightPt: 842 } };
  for (const page of pages) {
    const key = Math.round(page.widthPt);
    const entry = counts.get(key) ?? { count: 0, page };
    entry.count += 1;
    counts.set(key, entry);
    if (entry.count > best.count) best = entry;
  }
  return best.page;
}
