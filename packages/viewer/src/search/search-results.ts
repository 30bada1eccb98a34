import type { DocumentEntry, TextHit, TextHits } from '@anjuan/core';

/** The hits of one document. */
export interface HitGroup {
  readonly document: DocumentEntry;
  readonly hits: readonly PlacedHit[];
}

export interface PlacedHit {
  /** Place in the order of reading, from 0, over all documents. */
  readonly index: number;
  readonly hit: TextHit;
}

/** What a search found, in the order of the record. */
export interface SearchResults {
  readonly query: string;
  readonly groups: readonly HitGroup[];
  readonly hits: readonly TextHit[];
  /** All hits, also those beyond the limit. */
  readonly total: number;
}

/** What was looked through, for a reader who wonders why something was not found. */
export interface SearchScope {
  readonly documents: number;
  readonly pages: number;
  /** Pages that are one picture. */
  readonly scanPages: number;
  readonly locked: number;
  readonly broken: number;
}

/** True when the reader may see the document's text. */
export function isReadable(document: DocumentEntry): boolean {
  return document.state === 'ready' || document.state === 'unmeasured';
}

export function scopeOf(documents: readonly DocumentEntry[]): SearchScope {
  const pages = documents.flatMap((document) => document.pages);
  const count = (state: DocumentEntry['state']): number => documents.filter((entry) => entry.state === state).length;
  return {
    documents: documents.filter(isReadable).length,
    pages: pages.length,
    scanPages: pages.filter(({ kind }) => kind !== 'text').length,
    locked: count('locked'),
    broken: count('broken'),
  };
}

/** Groups hits by document in record order. Hits that the reader could not go to are left out, and out of the total. */
export function searchResults(query: string, found: TextHits, documents: readonly DocumentEntry[]): SearchResults {
  const byDocument = new Map<string, TextHit[]>();
  for (const hit of found.hits) {
    const hits = byDocument.get(hit.documentId) ?? [];
    byDocument.set(hit.documentId, hits);
    hits.push(hit);
  }
  const hits: TextHit[] = [];
  const groups: HitGroup[] = [];
  for (const document of documents) {
    if (!isReadable(document)) continue;
    const own = (byDocument.get(document.documentId) ?? [])
      .filter(({ pageIndex }) => document.state !== 'ready' || pageIndex < document.pages.length)
      .sort((a, b) => a.pageIndex - b.pageIndex)
      .map((hit) => ({ index: hits.push(hit) - 1, hit }));
    if (own.length > 0) groups.push({ document, hits: own });
  }
  return { query, groups, hits, total: found.total - (found.hits.length - hits.length) };
}
