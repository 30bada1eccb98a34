import { AnjuanError, Scope, untilAborted, type DocumentEntry } from '@anjuan/core';
import { nextZoomStep } from '../layout/index.js';
import { withSignals } from '../source/with-signals.js';
import { installGestures, type Panning } from './gestures.js';
import type { Point } from './scroller.js';
import { installTextSelection, selectedText } from './text-selection.js';
import {
  ZOOM_RANGE,
  type GoToOptions,
  type PageAddress,
  type PageMark,
  type RecordViewportApi,
  type RecordViewportOptions,
  type ScrollStep,
  type ThumbnailRequest,
  type ViewportPosition,
  type Zoom,
} from './types.js';
import { ViewLoop } from './view-loop.js';

const LINE_PX = 48;

/** One continuous scroll over all documents of a record. Fills a scroll container; has no texts of its own. */
export class RecordViewport implements RecordViewportApi {
  readonly #scope = new Scope();
  readonly #container: HTMLElement;
  readonly #options: RecordViewportOptions;
  readonly #loop: ViewLoop;
  readonly #panning: Panning;

  constructor(options: RecordViewportOptions) {
    this.#options = options;
    this.#container = options.container;
    this.#loop = new ViewLoop(options, this.#scope);
    installTextSelection(this.#container, this.#scope);
    this.#panning = this.#listen();
  }

  get pageCount(): number {
    return this.#loop.layout.pageCount;
  }

  get position(): ViewportPosition {
    return this.#loop.position;
  }

  get documents(): readonly DocumentEntry[] {
    return this.#loop.model.documents;
  }

  get zoom(): Zoom {
    return this.#loop.zoom;
  }

  get factor(): number {
    return this.#loop.factor;
  }

  setDocuments(documents: readonly DocumentEntry[], { reset = false }: { readonly reset?: boolean } = {}): void {
    const current = this.#loop.model.documents[this.#loop.position.documentIndex]?.documentId;
    const page = this.#loop.position.pageInDocument;
    this.#loop.model.replace(documents);
    this.#loop.pinned = undefined;
    this.#loop.stage.refresh();
    const documentIndex = current === undefined ? -1 : this.#loop.model.indexOf(current);
    const moved = documentIndex !== this.#loop.position.documentIndex;
    if (!reset && !moved) {
      this.#loop.relayout(() => true);
      return;
    }
    this.#loop.rebuild();
    if (reset || documentIndex < 0) this.#loop.scroller.to(0);
    else if (page !== undefined && page < this.#loop.pagesIn(documentIndex)) {
      this.#loop.scroller.toPage(this.#loop.layout, this.#loop.layout.pagesOf(documentIndex).first + page, {});
    } else this.#loop.scroller.to(this.#loop.layout.document(documentIndex).top);
    this.#loop.jumped();
  }

  setZoom(zoom: Zoom, { at }: { readonly at?: Point } = {}): void {
    const { width, height } = this.#loop.scroller.window;
    this.#loop.changeZoom(typeof zoom === 'number' ? clampZoom(zoom) : zoom, at ?? { x: width / 2, y: height / 2 });
  }

  stepZoom(direction: 1 | -1): void {
    this.setZoom(nextZoomStep(this.#loop.factor, direction));
  }

  rotate(quarterTurns: 1 | -1, { page }: { readonly page?: PageAddress } = {}): void {
    this.#loop.relayout(() => {
      this.#loop.model.rotate(quarterTurns * 90, page);
      return true;
    });
    this.#options.callbacks?.onRotation?.({ rotations: this.#loop.model.rotations });
  }

  goToPage(pageIndex: number, options: GoToOptions = {}): void {
    if (this.pageCount === 0) return;
    const index = Math.max(0, Math.min(this.pageCount - 1, Math.round(pageIndex) || 0));
    this.#loop.scroller.toPage(this.#loop.layout, index, options);
    this.#loop.pinned = { pageIndex: index, top: this.#container.scrollTop };
    this.#loop.jumped();
  }

  goToDocument(documentIndex: number): void {
    const index = Math.max(0, Math.min(this.#loop.layout.documentCount - 1, documentIndex));
    const { first, last } = this.#loop.layout.pagesOf(index);
    if (last >= first) {
      this.goToPage(first);
      return;
    }
    this.#loop.pinned = undefined;
    this.#loop.scroller.to(this.#loop.layout.document(index).top);
    const document = this.documents[index];
    if (document?.state === 'unmeasured') this.#loop.ask(document.documentId);
    this.#loop.jumped();
  }

  async goToAddress(
    address: PageAddress,
    options: GoToOptions & { readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    const { documentId } = address;
    const signals = options.signal ? [options.signal, this.#scope.signal] : [this.#scope.signal];
    for (;;) {
      if (signals.some(({ aborted }) => aborted)) throw new AnjuanError('aborted');
      const pageIndex = this.pageIndexOf(address);
      if (pageIndex !== undefined) {
        this.goToPage(pageIndex, options);
        return;
      }
      const failure = this.#loop.model.failure(documentId);
      const unmeasured = this.#loop.model.documents[this.#loop.model.indexOf(documentId)]?.state === 'unmeasured';
      if (failure || !unmeasured) throw failure ?? new AnjuanError('page-not-found');
      this.#loop.ask(documentId);
      this.#loop.update();
      await withSignals(signals, (signal) => untilAborted(this.#loop.news(), signal));
    }
  }

  scrollStep(step: ScrollStep, direction: 1 | -1): void {
    const { top, height } = this.#loop.scroller.window;
    const { documentIndex, pageIndex } = this.#loop.position;
    const own = this.#loop.layout.pagesOf(documentIndex);
    switch (step) {
      case 'line':
        this.#container.scrollBy({ top: direction * LINE_PX });
        return;
      case 'screen':
        this.#container.scrollBy({ top: direction * Math.max(LINE_PX, height - this.#loop.headerHeightPx - LINE_PX) });
        return;
      case 'page':
        this.goToPage(pageIndex === undefined ? own.first + Math.min(0, direction) : pageIndex + direction);
        return;
      case 'document':
        // Backwards goes to the top of this document first, as in any reader.
        if (direction === -1 && top > this.#loop.layout.document(documentIndex).top + 1)
          this.goToDocument(documentIndex);
        else this.goToDocument(documentIndex + direction);
        return;
      case 'record':
        this.#loop.pinned = undefined;
        this.#loop.scroller.to(direction === 1 ? this.#loop.layout.totalHeight : 0);
        this.#loop.jumped();
    }
  }

  pageIndexOf(address: PageAddress): number | undefined {
    return this.#loop.pageIndexOf(address);
  }

  addressOf(pageIndex: number): PageAddress | undefined {
    return this.#loop.addressOf(pageIndex);
  }

  setMarks(marks: readonly PageMark[]): void {
    this.#loop.setMarks(marks);
  }

  async drawThumbnail(request: ThumbnailRequest): Promise<void> {
    const documentIndex = this.#loop.model.indexOf(request.documentId);
    const target = this.#loop.painter.target(this.#loop.model, documentIndex, request.pageInDocument);
    if (target === undefined) throw new AnjuanError('page-not-found');
    await this.#loop.painter.drawThumbnail(target, this.#loop.model, request);
  }

  selectedText(): string {
    return selectedText(this.#container);
  }

  retryFailed(): void {
    this.#loop.painter.retry();
    for (const { documentId } of this.#loop.model.documents) this.#loop.model.setFailure(documentId, undefined);
    this.#loop.schedule();
  }

  refreshTemplates(): void {
    this.#loop.stage.refresh();
    for (const view of this.#loop.stage.views) view.hideState();
    this.#loop.schedule();
  }

  setHeaderHeight(headerHeightPx: number): void {
    if (headerHeightPx === this.#loop.headerHeightPx) return;
    this.#loop.relayout(() => {
      this.#loop.headerHeightPx = headerHeightPx;
      return true;
    });
  }

  setPanning(panning: boolean): void {
    this.#panning.set(panning);
  }

  dispose(): void {
    if (this.#scope.disposed) return;
    this.#scope.dispose();
    this.#loop.wake();
    this.#container.classList.remove('viewport');
    this.#container.replaceChildren();
  }

  #listen(): Panning {
    const container = this.#container;
    installTextSelection(container, this.#scope);
    return installGestures(container, this.#scope, {
      zoomBy: (factor, at) => this.setZoom(clampZoom(this.#loop.factor * factor), { at }),
      toggleZoom: (at) => this.setZoom(this.#loop.zoom === 'fit-width' ? 1 : 'fit-width', { at }),
    });
  }
}

function clampZoom(zoom: number): number {
  return Number.isFinite(zoom) ? Math.min(ZOOM_RANGE.max, Math.max(ZOOM_RANGE.min, zoom)) : 1;
}
