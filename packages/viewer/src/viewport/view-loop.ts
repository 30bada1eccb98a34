import { type Scope, type AnjuanError, type DocumentEntry } from '@anjuan/core';
import { PX_PER_PT, RecordLayout, visiblePage } from '../layout/index.js';
import { SourcePool } from '../render/source-pool.js';
import { defaultSources } from '../source/default-sources.js';
import { Measuring } from './measuring.js';
import { PagePainter } from './page-painter.js';
import type { PageView } from './page-view.js';
import { RecordModel } from './record-model.js';
import { REST_MS, ScrollMotion } from './scroll-motion.js';
import { Scroller, type Point } from './scroller.js';
import { pageLabelContext, Stage } from './stage.js';
import { holdsSelection } from './text-selection.js';
import type {
  PageAddress,
  PageMark,
  RecordViewportOptions,
  ViewportCallbacks,
  ViewportPosition,
  Zoom,
} from './types.js';

const DEFAULT_HEADER_HEIGHT_PX = 36;
const ZOOM_SETTLE_MS = 140;
/** So long the pages in view yield to a document gone to that must be opened first. */
const PASSING_MS = 1500;

/**
 * The engine room of a viewport: keeps layout, elements, pictures and the told position in step with scrolling, zooming
 * and what is learnt about documents. Everything ends with the scope.
 */
export class ViewLoop {
  readonly scope: Scope;
  readonly model: RecordModel;
  readonly stage: Stage;
  readonly painter: PagePainter;
  readonly measuring: Measuring;
  readonly scroller: Scroller;
  headerHeightPx: number;
  layout: RecordLayout;
  zoom: Zoom;
  factor = 1;
  position: ViewportPosition = { documentIndex: 0, pageIndex: undefined, pageInDocument: undefined };
  /** A page gone to stays the current one until the reader scrolls, however small its share is. */
  pinned: { readonly pageIndex: number; readonly top: number } | undefined;
  readonly #options: RecordViewportOptions;
  readonly #container: HTMLElement;
  readonly #callbacks: ViewportCallbacks;
  readonly #motion = new ScrollMotion();
  readonly #waiters = new Set<() => void>();
  #marks: readonly PageMark[] = [];
  #frame = 0;
  #cancelRest: () => void = () => undefined;
  #cancelSettle: () => void = () => undefined;
  #moving = false;
  #zooming = false;
  #told = false;
  #askedMs = 0;
  #toldZoom: { readonly zoom: Zoom; readonly factor: number } | undefined;

  constructor(options: RecordViewportOptions, scope: Scope) {
    this.scope = scope;
    const { container, documents, templates } = options;
    this.#options = options;
    this.#container = container;
    this.#callbacks = options.callbacks ?? {};
    this.headerHeightPx = options.headerHeightPx ?? DEFAULT_HEADER_HEIGHT_PX;
    this.zoom = options.zoom ?? 'fit-width';
    this.model = new RecordModel(documents, options.rotations);
    this.stage = new Stage(templates);
    this.scope.defer(() => this.stage.clear());
    const pool = new SourcePool(options.sources ?? defaultSources(options));
    this.scope.defer(() => pool.close());
    this.painter = new PagePainter(this.stage, pool, this.scope, {
      ...(options.cacheBytes === undefined ? {} : { cacheBytes: options.cacheBytes }),
      events: {
        shown: ({ documentId, pageInDocument, pageIndex }, renderMs) => {
          options.telemetry?.({ name: 'anjuan:page-shown', durationMs: renderMs });
          this.#callbacks.onPageShown?.({ documentId, pageInDocument, pageIndex, renderMs });
        },
        failed: ({ document: { documentId }, pageInDocument }, error) => {
          options.telemetry?.({ name: 'anjuan:page-failed', code: error.code });
          const pageIndex = this.pageIndexOf({ documentId, pageInDocument });
          if (pageIndex !== undefined) this.#callbacks.onPageError?.({ documentId, pageInDocument, pageIndex, error });
        },
        showError: (view, error) => this.#showError(view, error),
        measured: ({ documentIndex, pageInDocument }, page) => {
          this.relayout(() => this.model.correct(documentIndex, pageInDocument, page));
        },
        changed: () => this.schedule(),
      },
    });
    this.measuring = new Measuring(pool, this.scope, {
      measured: (documentId, pages) => {
        this.relayout(() => this.model.measured(documentId, pages));
        const documentIndex = this.model.indexOf(documentId);
        if (documentIndex >= 0) this.#callbacks.onDocumentMeasured?.({ documentId, documentIndex, pages });
        this.wake();
      },
      failed: (documentId, error) => {
        options.telemetry?.({ name: 'anjuan:document-failed', code: error.code });
        this.model.setFailure(documentId, error);
        const documentIndex = this.model.indexOf(documentId);
        if (documentIndex >= 0) this.#callbacks.onDocumentError?.({ documentId, documentIndex, error });
        this.wake();
        this.schedule();
      },
    });
    this.scroller = new Scroller(container);
    container.classList.add('viewport');
    container.replaceChildren(this.stage.record);
    this.layout = this.#newLayout();
    this.stage.size(this.layout);
    scope.listen(container, 'scroll', () => this.#scrolled(), { passive: true });
    const observer = new ResizeObserver(() => this.relayout(() => true));
    scope.defer(() => observer.disconnect());
    observer.observe(container);
    this.scope.defer(() => cancelAnimationFrame(this.#frame));
    // After the constructor, so that callbacks find the viewport assigned.
    queueMicrotask(() => this.relayout(() => true));
  }

  /** Pages of a document that are known. */
  pagesIn(documentIndex: number): number {
    return this.model.documents[documentIndex]?.pages.length ?? 0;
  }

  pageIndexOf({ documentId, pageInDocument }: PageAddress): number | undefined {
    const documentIndex = this.model.indexOf(documentId);
    if (documentIndex < 0 || pageInDocument < 0 || pageInDocument >= this.pagesIn(documentIndex)) return undefined;
    return this.layout.pagesOf(documentIndex).first + pageInDocument;
  }

  addressOf(pageIndex: number): PageAddress | undefined {
    if (!Number.isInteger(pageIndex) || pageIndex < 0 || pageIndex >= this.layout.pageCount) return undefined;
    const documentIndex = this.layout.documentOf(pageIndex);
    const documentId = this.model.documents[documentIndex]?.documentId;
    if (documentId === undefined) return undefined;
    return { documentId, pageInDocument: pageIndex - this.layout.pagesOf(documentIndex).first };
  }

  setMarks(marks: readonly PageMark[]): void {
    this.#marks = marks;
    for (const view of this.stage.views) view.marked = undefined;
    this.schedule();
  }

  /** What is on screen is stretched until zooming comes to rest. */
  changeZoom(zoom: Zoom, at: Point): void {
    this.#zooming = true;
    this.#cancelSettle();
    this.#cancelSettle = this.scope.timeout(() => {
      this.#zooming = false;
      this.update();
    }, ZOOM_SETTLE_MS);
    this.relayout(() => {
      this.zoom = zoom;
      return true;
    }, at);
  }

  /** Sizes changed and the caller scrolls himself. */
  rebuild(): void {
    this.layout = this.#newLayout();
    this.stage.size(this.layout);
  }

  /** Opens a document before all others, because somebody goes there. */
  ask(documentId: string): void {
    if (this.measuring.asks(documentId)) return;
    this.measuring.ask(documentId);
    this.#askedMs = performance.now();
    this.scope.timeout(() => this.schedule(), PASSING_MS + 1);
  }

  /** Ends when something was learnt about documents. */
  news(): Promise<void> {
    return new Promise<void>((resolve) => this.#waiters.add(resolve));
  }

  #scrolled(): void {
    const { top, height } = this.scroller.window;
    if (this.pinned && Math.abs(this.pinned.top - top) > 2) this.pinned = undefined;
    this.#motion.moved(top, height, performance.now());
    this.#moving = true;
    this.#cancelRest();
    this.#cancelRest = this.scope.timeout(() => {
      this.#moving = false;
      this.#motion.rest(this.#container.scrollTop, performance.now());
      this.update();
    }, REST_MS);
    this.schedule();
  }

  /** After a jump by program: at rest, drawn without waiting for the scroll event. */
  jumped(): void {
    this.#motion.rest(this.#container.scrollTop, performance.now());
    this.update();
  }

  #newLayout(): RecordLayout {
    const { width, height } = this.scroller.window;
    const layout = new RecordLayout({
      documents: this.model.boxes(),
      zoom: this.zoom,
      viewWidthPx: Math.max(1, width),
      viewHeightPx: Math.max(1, height),
      headerHeightPx: this.headerHeightPx,
    });
    // A very long record may not be shown as large as asked for.
    if (typeof this.zoom === 'number' && layout.pageCount > 0) {
      this.zoom = Math.min(this.zoom, layout.page(0).scale / PX_PER_PT);
    }
    return layout;
  }

  /** Applies a change of sizes and keeps the record's point under `point` (default: below the sticky header) in place. */
  relayout(change: () => boolean | undefined | void, point?: Point): void {
    if (this.scope.disposed) return;
    const { width } = this.scroller.window;
    const pinned = this.pinned;
    const fixed = point ?? { x: width / 2, y: this.headerHeightPx + 1 };
    const anchor = this.scroller.hold(this.layout, fixed);
    const address = pinned ? this.addressOf(pinned.pageIndex) : undefined;
    if (change() === false) return;
    this.layout = this.#newLayout();
    this.stage.size(this.layout);
    this.scroller.restore(this.layout, anchor, fixed);
    const pageIndex = address ? this.pageIndexOf(address) : undefined;
    this.pinned = pageIndex === undefined ? undefined : { pageIndex, top: this.#container.scrollTop };
    this.#motion.rest(this.#container.scrollTop, performance.now());
    this.update();
  }

  schedule(): void {
    if (this.#frame !== 0 || this.scope.disposed) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.update();
    });
  }

  update(): void {
    if (this.scope.disposed) return;
    const window = this.scroller.window;
    if (window.width === 0 || window.height === 0) return;
    const { direction, flinging } = this.#motion;
    const ahead = window.height * (flinging ? 0.25 : 0.75);
    const behind = window.height * 0.25;
    const top = window.top - (direction === 1 ? behind : ahead);
    const bottom = window.bottom + (direction === 1 ? ahead : behind);
    const layout = this.layout;
    const pinned = (view: PageView): boolean => view.hasText && holdsSelection(this.#container, view.element);
    this.stage.update({
      layout,
      model: this.model,
      pages: layout.pagesIn(top, bottom),
      documents: layout.documentsIn(top, bottom),
      viewWidthPx: window.width,
      retryDocument: (documentId) => {
        this.model.setFailure(documentId, undefined);
        this.schedule();
      },
      keep: pinned,
    });
    this.#showMarks();
    this.painter.update({
      layout,
      model: this.model,
      window,
      direction,
      flinging,
      zooming: this.#zooming,
      passing: this.measuring.asked && performance.now() - this.#askedMs < PASSING_MS,
      resting: !this.#moving,
      pinned,
    });
    this.#measure(layout.documentsIn(top, bottom));
    this.#tellPosition();
  }

  #measure(near: { readonly first: number; readonly last: number }): void {
    const { documents } = this.model;
    const open = (document: DocumentEntry): boolean =>
      document.state === 'unmeasured' && this.model.failure(document.documentId) === undefined;
    const middle = this.position.documentIndex;
    const far = documents.map((document, index) => ({ document, distance: Math.abs(index - middle) }));
    this.measuring.update({
      near: documents.slice(Math.max(0, near.first), near.last + 1).filter(open),
      far: far
        .filter(({ document }) => open(document))
        .sort((a, b) => a.distance - b.distance)
        .map(({ document }) => document),
      waiting: this.painter.waitsForVisible,
      idle: this.painter.idle && !this.#moving,
    });
  }

  #tellPosition(): void {
    const { top, bottom } = this.scroller.window;
    const seen = visiblePage(this.layout, { top: top + this.headerHeightPx, bottom });
    const pageIndex = this.pinned?.pageIndex ?? seen.pageIndex;
    const documentIndex = pageIndex === undefined ? Math.max(0, seen.documentIndex) : this.layout.documentOf(pageIndex);
    const pageInDocument = pageIndex === undefined ? undefined : pageIndex - this.layout.pagesOf(documentIndex).first;
    const old = this.position;
    this.position = { documentIndex, pageIndex, pageInDocument };
    this.#tellZoom();
    const same = old.documentIndex === documentIndex && old.pageIndex === pageIndex;
    if (!same || !this.#told) this.#callbacks.onPosition?.(this.position);
    this.#told = true;
  }
  #tellZoom(): void {
    const page = this.position.pageIndex ?? 0;
    this.factor =
      this.layout.pageCount > 0
        ? this.layout.page(page).scale / PX_PER_PT
        : typeof this.zoom === 'number'
          ? this.zoom
          : 1;
    const told = this.#toldZoom;
    if (told?.zoom === this.zoom && Math.abs(told.factor - this.factor) < 1e-4) return;
    this.#toldZoom = { zoom: this.zoom, factor: this.factor };
    this.#callbacks.onZoom?.(this.#toldZoom);
  }

  #showError(view: PageView, error: AnjuanError): void {
    const { slot } = view;
    const document = slot && this.model.documents[slot.documentIndex];
    if (slot === undefined || document === undefined || view.showsState) return;
    const label = pageLabelContext(document, slot.documentIndex, slot.pageIndex, this.layout);
    const retry = (): void => {
      this.painter.retry(slot.key);
      this.schedule();
    };
    this.#options.templates.pageError(view.stateHost(), { ...label, error, retry });
  }

  #showMarks(): void {
    for (const view of this.stage.views) {
      const { slot } = view;
      if (slot === undefined || view.marked === slot.key) continue;
      view.marked = slot.key;
      const { documentId, pageInDocument } = slot;
      view.showMarks(
        this.#marks.filter((mark) => mark.documentId === documentId && mark.pageInDocument === pageInDocument),
      );
    }
  }

  wake(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }
}
