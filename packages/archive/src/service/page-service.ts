import type { DocumentVersionRef, ErrorCode, PageEntry, PageText } from '@anjuan/core';
import type { StoredBlob } from '../store/store.js';

/** A stored document with the bytes to work on. Access was checked already. */
export interface PageSubject extends DocumentVersionRef {
  readonly mime: string;
  readonly blob: StoredBlob;
}

/**
 * The sidecar of kind `PAGES_SIDECAR` for one document version, written by the page service.
 * `$record-manifest` is assembled from it. `failed` becomes the entry state `broken`.
 */
export type PagesSidecar =
  | { readonly state: 'ready'; readonly pages: readonly PageEntry[] }
  | { readonly state: 'failed'; readonly code: ErrorCode };

/** Sidecar kind of the measured pages. */
export const PAGES_SIDECAR = 'pages';

/** Options of every call on a page service. */
export interface PageServiceCall {
  readonly signal?: AbortSignal;
}

/** One hit of a search over a record. */
export interface RecordHit {
  readonly documentId: string;
  readonly pageIndex: number;
  /** Points, as displayed. */
  readonly rects: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly snippet: string;
}

/**
 * Pages as pictures, text and hits. The archive authenticates, decides, audits and caches; the service only makes.
 * Errors: `page-not-found`, `pdf-*`, `image-malformed`, `document-*`, `render-failed`.
 */
export interface PageService {
  /** JPEG bytes of one page at a ladder width. */
  pageImage(
    subject: PageSubject,
    options: PageServiceCall & { readonly pageIndex: number; readonly widthPx: number },
  ): Promise<Uint8Array<ArrayBuffer>>;
  pageText(subject: PageSubject, options: PageServiceCall & { readonly pageIndex: number }): Promise<PageText>;
  /** Hits in the given documents only: exactly those the user may read, in record order. */
  searchText(
    subjects: readonly PageSubject[],
    options: PageServiceCall & { readonly query: string; readonly limit: number },
  ): Promise<{ readonly hits: readonly RecordHit[]; readonly total: number }>;
  /** A document version was committed. Must not throw and must not block: work goes to a queue. */
  onDocumentStored(subject: PageSubject): void;
}
