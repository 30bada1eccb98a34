import type { AnjuanError, ArchiveClient, DocumentEntry, PageEntry, RotationDeg, Telemetry } from '@anjuan/core';
import type { PageSourceFactory } from '../source/page-source.js';

/**
 * How large pages are shown. A number is a factor: 1 = 100 % = 96/72 CSS px per point.
 * The fit modes keep relative page sizes and shrink only pages that would not fit.
 */
export type Zoom = 'fit-width' | 'fit-page' | number;

/** Smallest and largest zoom factor. Very long records may be held below the largest. */
export const ZOOM_RANGE = { min: 0.1, max: 8 } as const;

/** Where the reader is: the page with the largest visible share. */
export interface ViewportPosition {
  /** Index in the record from 0, over all measured pages; `undefined` on a document that shows no page. */
  readonly pageIndex: number | undefined;
  /** Index into `documents`. */
  readonly documentIndex: number;
  /** Index in the document from 0; `undefined` on a document that shows no page. */
  readonly pageInDocument: number | undefined;
}

/** A place on a page: fractions of the page box as shown, 0 to 1, from the upper left corner. */
export interface PagePoint {
  readonly x: number;
  readonly y: number;
}

export interface GoToOptions {
  /** Point of the page to bring to the upper edge of the view. Default: upper left corner of the page. */
  readonly anchor?: PagePoint;
}

/** Identity of a page that survives measuring: prefer it to the record-wide index for anything remembered. */
export interface PageAddress {
  readonly documentId: string;
  readonly pageInDocument: number;
}

/** Rectangle in points of the displayed page, origin upper left (as in search hits and text runs). */
export interface PageRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PageMark extends PageAddress {
  readonly rects: readonly PageRect[];
  /** Drawn stronger. At most one mark should have it. */
  readonly current?: boolean;
}

export interface DocumentSlot {
  readonly document: DocumentEntry;
  readonly documentIndex: number;
}

export interface PageLabelContext extends DocumentSlot {
  /** From 1, in the record. */
  readonly pageNumber: number;
  /** Measured pages of the record. */
  readonly pageCount: number;
  /** From 1, in the document. */
  readonly pageNumberInDocument: number;
  readonly pageCountInDocument: number;
}

/** Everything visible or spoken comes from the element: the viewport has no texts of its own. */
export interface ViewportTemplates {
  /** Accessible name of a page. */
  pageLabel(context: PageLabelContext): string;
  /** Accessible name of one document's group of pages. */
  documentLabel(slot: DocumentSlot): string;
  /**
   * Fills the sticky strip above a document's pages; it has the fixed height `headerHeightPx`.
   * The host element is recycled: called again for another document, and after `refreshTemplates()`.
   */
  documentHeader(host: HTMLElement, slot: DocumentSlot): void;
  /**
   * Fills the box of a document that shows no page: `broken`, `locked`, `ready` without pages, or `unmeasured`
   * (`error` undefined: still opening; else opening failed, `retry` tries again).
   */
  documentPlaceholder(host: HTMLElement, slot: DocumentSlot & { readonly error?: AnjuanError; retry(): void }): void;
  /** Fills the box over a page that could not be shown. */
  pageError(host: HTMLElement, context: PageLabelContext & { readonly error: AnjuanError; retry(): void }): void;
}

export interface PageShown extends PageAddress {
  readonly pageIndex: number;
  /** Milliseconds from the page entering the view to its sharp picture being drawn. */
  readonly renderMs: number;
}

export interface PageFailed extends PageAddress {
  readonly pageIndex: number;
  readonly error: AnjuanError;
}

export interface DocumentMeasured {
  readonly documentId: string;
  readonly documentIndex: number;
  readonly pages: readonly PageEntry[];
}

export interface PageRotated {
  /** Rotation added by the reader, clockwise, per page; pages at 0 are absent. */
  readonly rotations: readonly (PageAddress & { readonly rotationDeg: RotationDeg })[];
}

/** Facts for the element to turn into events and texts. Never called after `dispose()`. */
export interface ViewportCallbacks {
  onPosition?(position: ViewportPosition): void;
  /** A page in the view has its sharp picture; again each time it comes back into the view. */
  onPageShown?(shown: PageShown): void;
  onPageError?(failed: PageFailed): void;
  /** A document `unmeasured` in the manifest has its sizes now; page indexes after it have shifted. */
  onDocumentMeasured?(measured: DocumentMeasured): void;
  /** An `unmeasured` document could not be opened. */
  onDocumentError?(failed: {
    readonly documentId: string;
    readonly documentIndex: number;
    readonly error: AnjuanError;
  }): void;
  /** `factor` is the effective zoom of the current page, 1 = 100 %. */
  onZoom?(zoom: { readonly zoom: Zoom; readonly factor: number }): void;
  onRotation?(rotated: PageRotated): void;
}

export interface RecordViewportOptions {
  /**
   * Empty scroll container inside the element's shadow root; the viewport fills it and sets `class="viewport"`,
   * `tabindex` stays the element's business. `viewportStyles` must be among the element's styles.
   */
  readonly container: HTMLElement;
  readonly client: ArchiveClient;
  /** Folder of the packaged assets, absolute or relative to the page, with or without trailing slash. */
  readonly assetsUrl: string;
  readonly documents: readonly DocumentEntry[];
  readonly templates: ViewportTemplates;
  readonly callbacks?: ViewportCallbacks;
  /** Default `fit-width`. */
  readonly zoom?: Zoom;
  /** Remembered rotations, from an earlier `onRotation`. */
  readonly rotations?: PageRotated['rotations'];
  /** Height of the document header strip in CSS px. Default 36. */
  readonly headerHeightPx?: number;
  /** Decoded pictures kept, in bytes. Default 96 MiB. */
  readonly cacheBytes?: number;
  /** Sources in order of preference. Default: rendition, pdf, image over `client`. */
  readonly sources?: readonly PageSourceFactory[];
  readonly telemetry?: Telemetry;
}

export interface ThumbnailRequest extends PageAddress {
  /** Gets the picture; its backing size is set to fit. */
  readonly canvas: HTMLCanvasElement;
  readonly signal: AbortSignal;
}

/** `page` = next or previous page top, `screen` = one view height less a strip of overlap, `line` = 48 px. */
export type ScrollStep = 'line' | 'screen' | 'page' | 'document' | 'record';

/** Public face of the class `RecordViewport` in `record-viewport.ts`. */
export interface RecordViewportApi {
  /** Measured pages of the record. */
  readonly pageCount: number;
  readonly position: ViewportPosition;
  /** Documents with what measuring has added: `unmeasured` ones turn `ready`. */
  readonly documents: readonly DocumentEntry[];
  readonly zoom: Zoom;
  /** Effective zoom of the current page, 1 = 100 %. */
  readonly factor: number;
  /** A newer manifest of the same record keeps the place; `reset: true` starts at the top. */
  setDocuments(documents: readonly DocumentEntry[], options?: { readonly reset?: boolean }): void;
  /** `at`: CSS px inside the container that stays put; default the middle of the view. */
  setZoom(zoom: Zoom, options?: { readonly at?: { readonly x: number; readonly y: number } }): void;
  /** To the next round step: 10, 25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 200, 300, 400, 600, 800 %. */
  stepZoom(direction: 1 | -1): void;
  /** Quarter turns clockwise; without `page` the whole record. */
  rotate(quarterTurns: 1 | -1, options?: { readonly page?: PageAddress }): void;
  /** Out-of-range indexes go to the nearest page. */
  goToPage(pageIndex: number, options?: GoToOptions): void;
  goToDocument(documentIndex: number): void;
  /** Waits until an `unmeasured` document is measured, then goes there. Errors: `page-not-found`, `aborted`, `pdf-*`. */
  goToAddress(address: PageAddress, options?: GoToOptions & { readonly signal?: AbortSignal }): Promise<void>;
  /** Keyboard helpers: 1 = forwards. */
  scrollStep(step: ScrollStep, direction: 1 | -1): void;
  /** Record-wide index, or undefined while unknown. */
  pageIndexOf(address: PageAddress): number | undefined;
  addressOf(pageIndex: number): PageAddress | undefined;
  /** Highlights, for example search hits. Replaces the earlier ones. */
  setMarks(marks: readonly PageMark[]): void;
  /** Draws the 160 px picture of a page. Rejects with `AnjuanError`; `aborted` when the signal fires. */
  drawThumbnail(request: ThumbnailRequest): Promise<void>;
  /** Text selected in the view, lines separated by line breaks; empty when nothing is selected. */
  selectedText(): string;
  /** Tries failed pages and documents again, for example after signing in. */
  retryFailed(): void;
  /** Calls the templates again, for example after a change of language or size. */
  refreshTemplates(): void;
  /** Height of the strips above documents in CSS px; the page being read stays in place. */
  setHeaderHeight(headerHeightPx: number): void;
  /** Keyboard mode for dragging: while on, a press drags the view (space held). */
  setPanning(panning: boolean): void;
  /** Releases everything and empties the container. Idempotent. */
  dispose(): void;
}
