import { AnjuanError, type DocumentEntry, type DocumentVerdict } from '@anjuan/core';
import { errorText, type Locale } from '@anjuan/core/element';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SearchController } from '../search/search-controller.js';
import type { ThumbnailsController } from '../sidebar/thumbnails-controller.js';
import type { TreeController } from '../sidebar/tree-controller.js';
import { buildTree } from '../sidebar/tree-model.js';
import type { PageShown, RecordViewportApi, ViewportPosition, Zoom } from '../viewport/types.js';
import type { LiveRegion } from './live-region.js';
import { readingParts } from './load-reading-parts.js';
import type { Notice } from './notice.js';
import { SharpPages } from './sharp-pages.js';
import type { OpenTarget } from './viewer-attributes.js';
import {
  AnjuanDocumentShownEvent,
  AnjuanErrorEvent,
  AnjuanPageShownEvent,
  AnjuanRecordOpenedEvent,
  AnjuanZoomChangedEvent,
} from './viewer-events.js';
import type { ViewerFailure } from './viewer-state.js';
import { ViewportController, type MountOptions, type Place } from './viewport-controller.js';
import type { TemplateContext, ViewerTemplates } from './viewport-templates.js';
import { percentOf } from './zoom.js';

type ReadingHost = ReactiveControllerHost & HTMLElement;

export interface ReadingParts {
  readonly live: LiveRegion;
  readonly notice: Notice;
  readonly tree: TreeController;
  readonly thumbnails: ThumbnailsController;
  readonly search: SearchController;
}

type OpenRecord = Omit<MountOptions, 'templates'> & { readonly target: OpenTarget };

/** Reading an open record: the place, the zoom, and what tree, thumbnails, live region and host hear of them. */
export class ReadingController implements ReactiveController {
  readonly #host: ReadingHost;
  readonly #context: TemplateContext;
  readonly #parts: ReadingParts;
  readonly #pages: ViewportController;
  #templates: ViewerTemplates | undefined;
  readonly #sharp = new SharpPages();
  #openedMs: number | undefined;
  #shownDocumentId: string | undefined;
  #language: Locale | undefined;
  /** Rises whenever page indexes mean other pages. */
  generation = 0;
  position: ViewportPosition | undefined;
  zoom: Zoom = 'fit-width';
  percent = 100;

  constructor(host: ReadingHost, context: TemplateContext, parts: ReadingParts) {
    this.#host = host;
    this.#context = context;
    this.#parts = parts;
    this.#pages = new ViewportController({
      onPosition: (position) => this.#onPosition(position),
      onPageShown: (shown) => this.#onPageShown(shown),
      onZoom: ({ zoom, factor }) => this.#onZoom(zoom, factor),
      onRotated: () => this.#host.requestUpdate(),
      onMeasured: () => this.#onMeasured(),
      onFailure: (error) => this.reportFailure(error),
    });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.release();
  }

  /** Texts in the viewport's boxes are the element's: renew them when the language changes. */
  hostUpdated(): void {
    const locale = this.#context.locale();
    if (this.viewport && this.#language !== locale) {
      this.#language = locale;
      this.#setTree({ fresh: false });
      this.viewport.refreshTemplates();
      this.#host.requestUpdate();
    }
  }

  get viewport(): RecordViewportApi | undefined {
    return this.#pages.current;
  }

  get documents(): readonly DocumentEntry[] {
    return this.viewport?.documents ?? [];
  }

  get currentDocument(): DocumentEntry | undefined {
    return this.position && this.documents[this.position.documentIndex];
  }

  get pageCount(): number {
    return this.viewport?.pageCount ?? 0;
  }

  /** In the record, from 1. */
  get pageNumber(): number | undefined {
    const index = this.position?.pageIndex;
    return index === undefined ? undefined : index + 1;
  }

  get recordId(): string | undefined {
    return this.#pages.manifest?.recordId;
  }

  get place(): Omit<OpenTarget, 'recordId'> {
    return this.#pages.place();
  }

  get verdicts(): readonly DocumentVerdict[] {
    return this.#context.verdicts();
  }

  open(options: OpenRecord): void {
    const startMs = performance.now();
    this.release();
    const { manifest, target } = options;
    this.#openedMs = startMs;
    const { ViewerTemplates } = readingParts();
    const templates = new ViewerTemplates(this.#context);
    this.#templates = templates;
    const viewport = this.#pages.mount({ ...options, templates });
    this.#language = this.#context.locale();
    this.zoom = viewport.zoom;
    this.percent = percentOf(viewport.factor);
    this.generation += 1;
    this.#setTree({ fresh: true });
    this.#parts.thumbnails.viewport = viewport;
    this.#parts.search.open({
      client: options.client,
      assetsUrl: options.assetsUrl,
      recordId: manifest.recordId,
      viewport,
    });
    void this.goTo(target);
    this.#onPosition(viewport.position);
    performance.measure('anjuan:open:layout', { start: startMs });
    const texts = this.#context.texts();
    const documentCount = manifest.documents.length;
    const measured = manifest.documents.every((document) => document.state !== 'unmeasured');
    this.#parts.live.say(
      measured ? texts.live.opened(documentCount, viewport.pageCount) : texts.live.openedUnmeasured(documentCount),
    );
    const { recordId, version } = manifest;
    this.#host.dispatchEvent(
      new AnjuanRecordOpenedEvent({ recordId, version, documentCount, pageCount: viewport.pageCount }),
    );
  }

  release(): void {
    this.#sharp.clear();
    this.#pages.release();
    this.#parts.thumbnails.release();
    this.#parts.search.close();
    this.#parts.tree.setGroups([], { fresh: true });
    this.position = undefined;
    this.#shownDocumentId = undefined;
    this.#openedMs = undefined;
  }

  /** A place that does not exist is told to the reader and the host; the viewer stays where it is. */
  async goTo(target: Place): Promise<void> {
    try {
      await this.#pages.goTo(target);
    } catch (reason) {
      const error = AnjuanError.from(reason);
      if (error.code === 'aborted') return;
      this.tell(errorText(error.code, this.#context.locale()));
      this.reportFailure(error);
    }
  }

  /** A number that the reader typed. */
  goToTyped(pageNumber: number): void {
    if (pageNumber >= 1 && pageNumber <= this.pageCount) this.viewport?.goToPage(pageNumber - 1);
    else this.tell(this.#context.texts().live.outOfRange(this.pageCount));
  }

  /** Turns the page being read by quarter turns, clockwise. */
  rotate(deg: number): void {
    const { viewport, position, currentDocument } = this;
    if (!viewport || !currentDocument || position?.pageInDocument === undefined || deg % 90 !== 0) return;
    const page = { documentId: currentDocument.documentId, pageInDocument: position.pageInDocument };
    const turns = (((deg / 90) % 4) + 4) % 4;
    if (turns === 3) viewport.rotate(-1, { page });
    else for (let turn = 0; turn < turns; turn += 1) viewport.rotate(1, { page });
    this.#parts.live.say(this.#context.texts().live.rotated(deg));
  }

  /** A line for the reader, seen and heard. */
  tell(text: string): void {
    this.#parts.notice.show(text);
    this.#parts.live.say(text);
  }

  /** Tells the host, unless it was only cancelled. */
  reportFailure(error: ViewerFailure): void {
    const { code, retryable } = error;
    if (code === 'aborted') return;
    this.#host.dispatchEvent(new AnjuanErrorEvent({ code, retryable, requestId: error.requestId ?? null }));
  }

  #setTree(options: { readonly fresh: boolean }): void {
    this.#parts.tree.setGroups(buildTree(this.documents, { locale: this.#context.locale() }), options);
  }

  #onMeasured(): void {
    this.generation += 1;
    this.#setTree({ fresh: false });
    this.#host.requestUpdate();
  }

  #onPosition(position: ViewportPosition): void {
    const before = this.position;
    this.position = position;
    this.#templates?.moveTo(position);
    this.#host.requestUpdate();
    const document = this.currentDocument;
    if (!document) return;
    void this.#parts.tree.follow(document.documentId);
    if (position.pageIndex !== undefined) this.#parts.thumbnails.reveal(position.pageIndex);
    if (before) this.#announce(document, position, before);
    const { pageInDocument } = position;
    const { documentId } = document;
    this.#tellSharp(this.#sharp.cameTo(pageInDocument === undefined ? undefined : { documentId, pageInDocument }));
    if (document.documentId === this.#shownDocumentId || this.recordId === undefined) return;
    this.#shownDocumentId = document.documentId;
    this.#host.dispatchEvent(
      new AnjuanDocumentShownEvent({
        recordId: this.recordId,
        documentId: document.documentId,
        documentNumber: position.documentIndex + 1,
      }),
    );
  }

  #announce(document: DocumentEntry, position: ViewportPosition, before: ViewportPosition): void {
    const { live } = this.#context.texts();
    const page = this.pageNumber;
    if (position.documentIndex !== before.documentIndex)
      this.#parts.live.sayAtRest(
        page === undefined ? document.title : live.document(document.title, page, this.pageCount),
      );
    else if (page !== undefined && position.pageIndex !== before.pageIndex)
      this.#parts.live.sayAtRest(live.page(page, this.pageCount));
  }

  #onPageShown(shown: PageShown): void {
    if (this.#openedMs !== undefined) performance.measure('anjuan:open:first-page', { start: this.#openedMs });
    this.#openedMs = undefined;
    this.#tellSharp(this.#sharp.painted(shown));
  }

  #tellSharp(renderMs: number | undefined): void {
    const { recordId, pageNumber, currentDocument } = this;
    if (renderMs === undefined || recordId === undefined || pageNumber === undefined || !currentDocument) return;
    this.#host.dispatchEvent(
      new AnjuanPageShownEvent({
        recordId,
        documentId: currentDocument.documentId,
        pageNumber,
        totalPages: this.pageCount,
        renderMs,
      }),
    );
  }

  #onZoom(zoom: Zoom, factor: number): void {
    const percent = percentOf(factor);
    if (zoom === this.zoom && percent === this.percent) return;
    // A fit that follows the width of the element is no news to the reader.
    if (zoom !== this.zoom) this.#parts.live.sayAtRest(this.#context.texts().live.zoom(percent));
    this.zoom = zoom;
    this.percent = percent;
    this.#host.requestUpdate();
    const mode = typeof zoom === 'number' ? 'percent' : zoom;
    this.#host.dispatchEvent(new AnjuanZoomChangedEvent({ mode, percent }));
  }
}
