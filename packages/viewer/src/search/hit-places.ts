import type { DocumentEntry, RotationDeg, TextHit } from '@anjuan/core';
import { pageBox } from '../layout/page-box.js';
import type { PageMark, PagePoint, RecordViewportApi } from '../viewport/types.js';

/** Where to go for a hit. */
export interface HitPlace {
  readonly documentId: string;
  /** In the document, from 1. */
  readonly pageNumber: number;
  /** On the page as the file has it, before the reader turned it. */
  readonly anchor?: PagePoint;
}

export function placeOf(hit: TextHit, documents: readonly DocumentEntry[]): HitPlace {
  const { documentId, pageIndex } = hit;
  const page = documents.find((document) => document.documentId === documentId)?.pages[pageIndex];
  const [rect] = hit.rects;
  const place = { documentId, pageNumber: pageIndex + 1 };
  if (!page || !rect) return place;
  const { widthPt, heightPt } = pageBox(page);
  const fraction = (point: number, length: number): number => Math.min(1, Math.max(0, point / length));
  return { ...place, anchor: { x: fraction(rect.x, widthPt), y: fraction(rect.y, heightPt) } };
}

/** The same point after the reader turned the page clockwise. */
export function turnedPoint({ x, y }: PagePoint, rotationDeg: RotationDeg): PagePoint {
  if (rotationDeg === 90) return { x: 1 - y, y: x };
  if (rotationDeg === 180) return { x: 1 - x, y: 1 - y };
  return rotationDeg === 270 ? { x: y, y: 1 - x } : { x, y };
}

export function marksOf(hits: readonly TextHit[], current: number | undefined): readonly PageMark[] {
  return hits.map(({ documentId, pageIndex, rects }, index) => ({
    documentId,
    pageInDocument: pageIndex,
    rects,
    ...(index === current && { current: true }),
  }));
}

/** Index of the first hit at or after the page being read; 0 when they are all before it. */
export function nearestHit(hits: readonly TextHit[], viewport: RecordViewportApi | undefined): number {
  if (!viewport) return 0;
  const { documentIndex, pageInDocument = 0 } = viewport.position;
  const order = new Map(viewport.documents.map((document, index) => [document.documentId, index]));
  const found = hits.findIndex(({ documentId, pageIndex }) => {
    const ahead = (order.get(documentId) ?? -1) - documentIndex;
    return ahead > 0 || (ahead === 0 && pageIndex >= pageInDocument);
  });
  return Math.max(0, found);
}
