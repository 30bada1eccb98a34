import type { Zoom } from '../viewport/types.js';
import type { PageBox } from './page-box.js';
import { pageScales } from './page-scale.js';
import { lastAtOrBelow } from './search-sorted.js';

/** Browsers stop at about 33.5 million px; pages are scaled down so that the whole record stays below. */
export const MAX_RECORD_HEIGHT_PX = 30_000_000;

export interface LayoutInput {
  /** Pages of every document as displayed; a document without pages gets one placeholder box. */
  readonly documents: readonly { readonly pages: readonly PageBox[] }[];
  readonly zoom: Zoom;
  readonly viewWidthPx: number;
  readonly viewHeightPx: number;
  readonly headerHeightPx: number;
}

/** Fixed distances in CSS px. */
export const SPACING = { pageGap: 12, documentGap: 20, placeholderHeight: 220, sideWide: 24, sideNarrow: 8 } as const;

export interface Span {
  readonly top: number;
  readonly height: number;
}

export interface PagePlace extends Span {
  readonly left: number;
  readonly width: number;
  /** CSS px per point. */
  readonly scale: number;
}

/** Inclusive range of indexes; empty when `last < first`. */
export interface IndexRange {
  readonly first: number;
  readonly last: number;
}

/** Where every document and page of a record lies, in CSS px from the top of the record. Immutable. */
export class RecordLayout {
  readonly documentCount: number;
  readonly pageCount: number;
  readonly totalHeight: number;
  readonly contentWidth: number;
  readonly headerHeight: number;
  readonly #documentTops: Float64Array;
  readonly #firstPages: Int32Array;
  readonly #pageTops: Float64Array;
  readonly #pageHeights: Float64Array;
  readonly #pageWidths: Float64Array;
  readonly #scales: Float64Array;

  constructor(input: LayoutInput) {
    const pages = input.documents.flatMap((document) => document.pages);
    const side = input.viewWidthPx < 600 ? SPACING.sideNarrow : SPACING.sideWide;
    const room = {
      widthPx: input.viewWidthPx - 2 * side,
      heightPx: input.viewHeightPx - input.headerHeightPx - 2 * SPACING.pageGap,
    };
    this.headerHeight = input.headerHeightPx;
    this.documentCount = input.documents.length;
    this.pageCount = pages.length;
    this.#scales = belowHeightLimit(pageScales(pages, input.zoom, room), pages);
    this.#documentTops = new Float64Array(this.documentCount + 1);
    this.#firstPages = new Int32Array(this.documentCount + 1);
    this.#pageTops = new Float64Array(this.pageCount);
    this.#pageHeights = new Float64Array(this.pageCount);
    this.#pageWidths = new Float64Array(this.pageCount);
    let y = 0;
    let pageIndex = 0;
    let widest = 0;
    input.documents.forEach((document, documentIndex) => {
      this.#documentTops[documentIndex] = y;
      this.#firstPages[documentIndex] = pageIndex;
      y += input.headerHeightPx + SPACING.pageGap;
      if (document.pages.length === 0) y += SPACING.placeholderHeight + SPACING.pageGap;
      for (const page of document.pages) {
        const scale = this.#scales[pageIndex] ?? 1;
        const width = Math.max(1, Math.round(page.widthPt * scale));
        const height = Math.max(1, Math.round(page.heightPt * scale));
        this.#pageTops[pageIndex] = y;
        this.#pageWidths[pageIndex] = width;
        this.#pageHeights[pageIndex] = height;
        widest = Math.max(widest, width);
        y += height + SPACING.pageGap;
        pageIndex += 1;
      }
      y += SPACING.documentGap;
    });
    this.#documentTops[this.documentCount] = y;
    this.#firstPages[this.documentCount] = pageIndex;
    this.totalHeight = y;
    this.contentWidth = Math.max(input.viewWidthPx, widest + 2 * side);
  }

  document(index: number): Span {
    const top = this.#documentTops[index] ?? 0;
    return { top, height: (this.#documentTops[index + 1] ?? top) - top };
  }

  page(index: number): PagePlace {
    const width = this.#pageWidths[index] ?? 0;
    return {
      top: this.#pageTops[index] ?? 0,
      height: this.#pageHeights[index] ?? 0,
      left: Math.max(0, Math.round((this.contentWidth - width) / 2)),
      width,
      scale: this.#scales[index] ?? 1,
    };
  }

  /** Record-wide indexes of a document's pages. */
  pagesOf(documentIndex: number): IndexRange {
    return { first: this.#firstPages[documentIndex] ?? 0, last: (this.#firstPages[documentIndex + 1] ?? 0) - 1 };
  }

  documentOf(pageIndex: number): number {
    // Documents without pages share their first page with the next one: the last of equals owns it.
    return lastAtOrBelow(this.#firstPages, pageIndex, this.documentCount);
  }

  /** The document at a height, the nearest one outside the record; -1 without documents. */
  documentAt(y: number): number {
    return Math.max(this.documentCount > 0 ? 0 : -1, lastAtOrBelow(this.#documentTops, y, this.documentCount));
  }

  /** Pages that touch the window. */
  pagesIn(top: number, bottom: number): IndexRange {
    let first = Math.max(0, lastAtOrBelow(this.#pageTops, top));
    if ((this.#pageTops[first] ?? 0) + (this.#pageHeights[first] ?? 0) <= top) first += 1;
    return { first, last: lastBelow(this.#pageTops, bottom) };
  }

  /** Documents that touch the window. */
  documentsIn(top: number, bottom: number): IndexRange {
    return {
      first: this.documentAt(top),
      last: Math.min(this.documentCount - 1, lastBelow(this.#documentTops, bottom)),
    };
  }
}

function lastBelow(sorted: Float64Array, value: number): number {
  let index = lastAtOrBelow(sorted, value);
  while (index >= 0 && sorted[index] === value) index -= 1;
  return index;
}

function belowHeightLimit(scales: Float64Array, pages: readonly PageBox[]): Float64Array {
  let total = 0;
  pages.forEach((page, index) => (total += page.heightPt * (scales[index] ?? 0)));
  if (total <= MAX_RECORD_HEIGHT_PX) return scales;
  const shrink = MAX_RECORD_HEIGHT_PX / total;
  return scales.map((scale) => scale * shrink);
}
