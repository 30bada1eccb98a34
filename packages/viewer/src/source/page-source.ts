import type { DocumentEntry, Lane, PageEntry, PageText } from '@anjuan/core';

/** A decoded page picture. The receiver owns `bitmap` and must close it. */
export interface PageBitmap {
  readonly bitmap: ImageBitmap;
  /** Pixels per point that the bitmap was made for; used to tell whether a sharper one is worth asking for. */
  readonly scale: number;
  /** True geometry, when the file shows another one than the record says. */
  readonly page?: PageEntry;
}

/** Which page to draw, how sharp, how urgent, and until when. */
export interface RenderRequest {
  readonly pageIndex: number;
  /** Device pixels per point wanted. A source may return the next larger size it has. */
  readonly scale: number;
  readonly lane: Lane;
  readonly signal: AbortSignal;
}

/** Tiers a source serves; the scheduler climbs from left to right. */
export type SourceTier = 'thumbnail' | 'rendition' | 'vector';

/**
 * Pages of one document version. Bitmaps have the file's own rotation applied and the viewer's not.
 * Implementations prove themselves with the conformance suite in `testing/page-source-suite.ts`.
 */
export interface PageSource {
  readonly tier: SourceTier;
  /** Sizes, when the manifest has none. Errors: `pdf-*`, `document-*`, `image-malformed`. */
  pages(options: { readonly signal: AbortSignal }): Promise<readonly PageEntry[]>;
  /** Errors: `render-*`, `pdf-*`, `network-*`, `page-not-found`, `aborted`. */
  render(request: RenderRequest): Promise<PageBitmap>;
  /** Text runs in points of the displayed page; `source: 'none'` when there is no text. */
  text(options: { readonly pageIndex: number; readonly signal: AbortSignal }): Promise<PageText>;
  close(): void;
}

/** Makes a source for the documents it can show. */
export interface PageSourceFactory {
  /** Tier of the sources it opens. Default `vector`: drawn from the original bytes at any scale. */
  readonly tier?: SourceTier;
  /** How much one open source holds: `light` ones stay open, of `heavy` ones only the last few. Default `heavy`. */
  readonly weight?: 'light' | 'heavy';
  /** True when this factory can open the document. Asked in order of preference. */
  accepts(document: DocumentEntry): boolean;
  open(document: DocumentEntry, options: { readonly signal: AbortSignal }): Promise<PageSource>;
}
