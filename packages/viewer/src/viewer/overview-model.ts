import type { DocumentEntry, TextHit } from '@anjuan/core';

/** A stretch of the record with one category, as fractions of the whole from 0 to 1. */
export interface OverviewSegment {
  readonly categoryCode: string;
  readonly category: DocumentEntry['category'];
  readonly start: number;
  readonly length: number;
  /** The document it begins with. */
  readonly documentIndex: number;
  /** Record page it begins with, from 1. */
  readonly pageNumber: number;
}

export interface OverviewFault {
  readonly start: number;
  readonly documentIndex: number;
}

export interface Overview {
  readonly segments: readonly OverviewSegment[];
  /** Documents that cannot be shown. */
  readonly faults: readonly OverviewFault[];
}

export interface OverviewHit {
  readonly start: number;
  readonly current: boolean;
}

/** Ticks finer than this share of the strip would run together. */
const FINEST_TICK = 1 / 400;

/** A document without pages still takes the room of one. */
function weight(document: DocumentEntry): number {
  return Math.max(1, document.pages.length);
}

export function overviewOf(documents: readonly DocumentEntry[]): Overview {
  const total = documents.reduce((sum, document) => sum + weight(document), 0);
  const segments: (OverviewSegment & { length: number })[] = [];
  const faults: OverviewFault[] = [];
  let passed = 0;
  let pageNumber = 1;
  for (const [documentIndex, document] of documents.entries()) {
    const start = passed / total;
    const length = weight(document) / total;
    const last = segments[segments.length - 1];
    const { category } = document;
    if (last?.categoryCode === category.code) last.length += length;
    else segments.push({ categoryCode: category.code, category, start, length, documentIndex, pageNumber });
    if (document.state === 'broken') faults.push({ start, documentIndex });
    passed += weight(document);
    pageNumber += document.pages.length;
  }
  return { segments, faults };
}

/** Where the reader is, as a fraction of the whole. */
export function overviewPlace(
  documents: readonly DocumentEntry[],
  position: { readonly documentIndex: number; readonly pageInDocument: number | undefined },
): number {
  const total = documents.reduce((sum, document) => sum + weight(document), 0);
  const before = documents.slice(0, position.documentIndex).reduce((sum, document) => sum + weight(document), 0);
  return total === 0 ? 0 : (before + (position.pageInDocument ?? 0)) / total;
}

/** Where hits lie. Hits on one page share a tick, and so do pages too close to tell apart; the current one has its own. */
export function overviewHits(
  documents: readonly DocumentEntry[],
  hits: readonly TextHit[],
  current: number | undefined,
): readonly OverviewHit[] {
  const total = documents.reduce((sum, document) => sum + weight(document), 0);
  const starts = new Map<string, number>();
  let passed = 0;
  for (const document of documents) {
    starts.set(document.documentId, passed);
    passed += weight(document);
  }
  const placeOf = ({ documentId, pageIndex }: TextHit): number => ((starts.get(documentId) ?? 0) + pageIndex) / total;
  const ticks = new Map(hits.map((hit) => [Math.floor(placeOf(hit) / FINEST_TICK), placeOf(hit)]));
  const here = current === undefined ? undefined : hits[current];
  const others = [...ticks.values()].map((start) => ({ start, current: false }));
  return here ? [...others, { start: placeOf(here), current: true }] : others;
}
