import type { RecordLayout } from './record-layout.js';

/** Scroll offsets and a point of the view, in CSS px. */
export interface ViewPoint {
  readonly scrollTop: number;
  readonly scrollLeft: number;
  /** Offset of the point from the upper left corner of the view. */
  readonly x: number;
  readonly y: number;
}

/**
 * A point of the record that survives another zoom, size or measuring of documents: a fraction of a page plus the px
 * beyond its edge (gaps do not scale), or px below a document's top.
 */
export interface LayoutAnchor {
  readonly documentIndex: number;
  /** Index in the document; undefined: the point lies on the header or a placeholder. */
  readonly pageInDocument: number | undefined;
  readonly fractionX: number;
  readonly fractionY: number;
  readonly beyondX: number;
  readonly beyondY: number;
}

export function captureAnchor(layout: RecordLayout, point: ViewPoint): LayoutAnchor {
  const y = point.scrollTop + point.y;
  const x = point.scrollLeft + point.x;
  const documentIndex = Math.max(0, layout.documentAt(y));
  const pages = layout.pagesOf(documentIndex);
  const document = layout.document(documentIndex);
  const inHeader = y < document.top + layout.headerHeight;
  if (pages.last < pages.first || inHeader) {
    const fractionX = layout.contentWidth > 0 ? x / layout.contentWidth : 0;
    return { documentIndex, pageInDocument: undefined, fractionX, fractionY: 0, beyondX: 0, beyondY: y - document.top };
  }
  const touched = layout.pagesIn(y, y + 1).first;
  const pageIndex = Math.min(pages.last, Math.max(pages.first, touched));
  const page = layout.page(pageIndex);
  const horizontal = along(x - page.left, page.width);
  const vertical = along(y - page.top, page.height);
  return {
    documentIndex,
    pageInDocument: pageIndex - pages.first,
    fractionX: horizontal.fraction,
    fractionY: vertical.fraction,
    beyondX: horizontal.beyond,
    beyondY: vertical.beyond,
  };
}

/** Scroll offsets that put the anchor under the same point of the view. */
export function scrollToAnchor(
  layout: RecordLayout,
  anchor: LayoutAnchor,
  point: { readonly x: number; readonly y: number },
): { scrollTop: number; scrollLeft: number } {
  const documentIndex = Math.min(anchor.documentIndex, Math.max(0, layout.documentCount - 1));
  const pages = layout.pagesOf(documentIndex);
  if (anchor.pageInDocument === undefined || pages.last < pages.first) {
    const document = layout.document(documentIndex);
    const offset = anchor.pageInDocument === undefined ? anchor.beyondY : 0;
    return scroll(anchor.fractionX * layout.contentWidth - point.x, document.top + offset - point.y);
  }
  const page = layout.page(Math.min(pages.last, pages.first + anchor.pageInDocument));
  return scroll(
    page.left + anchor.fractionX * page.width + anchor.beyondX - point.x,
    page.top + anchor.fractionY * page.height + anchor.beyondY - point.y,
  );
}

function scroll(left: number, top: number): { scrollTop: number; scrollLeft: number } {
  return { scrollTop: Math.max(0, top), scrollLeft: Math.max(0, left) };
}

function along(offset: number, length: number): { fraction: number; beyond: number } {
  if (offset < 0) return { fraction: 0, beyond: offset };
  if (offset > length) return { fraction: 1, beyond: offset - length };
  return { fraction: length > 0 ? offset / length : 0, beyond: 0 };
}
