import type { ArchiveClient, DocumentVerdict } from '@anjuan/core';
import { AnjuanElement, baseStyles, errorText } from '@anjuan/core/element';
import type { PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { viewerMessages } from '../locales/viewer.js';
import { SearchController } from '../search/search-controller.js';
import { TreeController } from '../sidebar/tree-controller.js';
import { toolbarProps } from '../toolbar/toolbar-props.js';
import { viewerStyles } from './anjuan-viewer.styles.js';
import { commandActions } from './commands.js';
import { headerHeightPx, sessionOptions } from './header-height.js';
import { KeyboardController } from './keyboard-controller.js';
import { parseKeymap } from './keyboard.js';
import { OpenController } from './open-controller.js';
import { OriginalFiles } from './original-files.js';
import { prepareReading } from './prepare-reading.js';
import { ReadingController } from './reading-controller.js';
import { RecoveryController } from './recovery-controller.js';
import { recordTitle } from './record-title.js';
import { spokenState } from './state-view.js';
import {
  numberAttribute,
  parseOpenTarget,
  parseQuery,
  parseSource,
  sameTarget,
  textAttribute,
  type OpenTarget,
  type ViewerSource,
} from './viewer-attributes.js';
import { AnjuanRequestOpenEvent } from './viewer-events.js';
import { defaultViewerKeymap, type ViewerCommand, type ViewerKeymap } from './viewer-keymap.js';
import { mayRecover, type ViewerState } from './viewer-state.js';
import { viewerView } from './viewer-view.js';
import { ViewerParts } from './viewer-parts.js';
import { viewerWidgets } from './viewer-widgets.js';
import type { Place } from './viewport-controller.js';
import { warnInput } from './warn-input.js';
import { parseZoom, type ZoomTarget } from './zoom.js';

/**
 * Shows a whole record: the tree of its documents beside one continuous scroll of all their pages.
 * Put it below an `anjuan-provider` or set `client`; give it a height, it fills what it gets.
 *
 * @tag anjuan-viewer
 *
 * @attr record-id - Record to open (`List.id`). Removing it closes the record. Default: none.
 * @attr document-id - Deep link: document to begin with. Changing it navigates. Default: the first.
 * @attr page-number - Deep link, from 1: page of `document-id`, or of the whole record without one. Default: 1.
 * @attr source - `auto`, `rendition` (pictures of the page service only) or `pdf` (original files only). Default: `auto`.
 *
 * @fires {AnjuanRequestOpenEvent} anjuan-request-open - Intent, cancelable: a record is about to be opened.
 * @fires {AnjuanRequestDownloadEvent} anjuan-request-download - Intent, cancelable: the reader wants an original file.
 * @fires {AnjuanRequestSignaturesEvent} anjuan-request-signatures - Intent: the reader pressed the badge of a signed document.
 * @fires {AnjuanRecordOpenedEvent} anjuan-record-opened - The record is laid out.
 * @fires {AnjuanPageShownEvent} anjuan-page-shown - The page being read has its sharp picture.
 * @fires {AnjuanDocumentShownEvent} anjuan-document-shown - The reader has come to another document.
 * @fires {AnjuanZoomChangedEvent} anjuan-zoom-changed - Pages are shown at another size.
 * @fires {AnjuanSearchCompletedEvent} anjuan-search-completed - A search over the text of the record is complete.
 * @fires {AnjuanErrorEvent} anjuan-error - Something failed; the viewer shows it already.
 *
 * @csspart toolbar - The tools.
 * @csspart title - Name, stay and department.
 * @csspart rail - Contents, thumbnails and search.
 * @csspart tree - Tree of documents.
 * @csspart filter - Filter box above the tree.
 * @csspart thumbnails - Grid of small pages.
 * @csspart search - Search field.
 * @csspart hits - List of search hits.
 * @csspart pages - Scroll of pages.
 * @csspart page-field - Editable page number.
 * @csspart document-header - Strip above a document's pages.
 * @csspart overview - Strip at the right edge.
 * @csspart menu - Open menu.
 * @csspart state - Empty, refused or failed state.
 * @csspart notice - Short line at the lower edge.
 * @csspart help - Dialog of shortcuts.
 *
 * @keyboard PageDown, Space / PageUp, Shift+Space - One screen further or back. Space held: drag the pages.
 * @keyboard j, ArrowRight / k, ArrowLeft - Next and previous page.
 * @keyboard ], Shift+PageDown / [, Shift+PageUp - Next and previous document.
 * @keyboard Home / End / g - First page, last page, type a page number.
 * @keyboard +, = / - / w / e / 1 - Zoom in, zoom out, fit width, fit page, 100 %.
 * @keyboard r / Shift+R / f - Rotate the page, rotate it back, full screen.
 * @keyboard Ctrl+F or Command+F, n, F3 / p, Shift+F3 - Search the text, next hit, previous hit.
 * @keyboard b, / and ? - Side panel, filter documents, list of shortcuts.
 * @a11y One polite live region tells pages and states. The tree and the page field say all that the overview strip shows.
 * @privacy Names appear as text in the shadow tree only: never in attributes, events, storage or logs.
 */
export class AnjuanViewer extends AnjuanElement {
  static override readonly tag = 'anjuan-viewer';
  static override styles = [baseStyles, viewerStyles];

  /** `List.id` of the record to show. */
  @property({ attribute: 'record-id', converter: textAttribute }) recordId: string | undefined;
  /** `DocumentReference.id` to begin with. */
  @property({ attribute: 'document-id', converter: textAttribute }) documentId: string | undefined;
  /** Page to begin with, from 1: of `documentId`, or of the record without one. */
  @property({ attribute: 'page-number', converter: numberAttribute }) pageNumber: number | undefined;
  /** `auto`, `rendition` or `pdf`; read when a record opens. */
  @property() source: ViewerSource = 'auto';
  /** Keys and what they do; also what the help dialog lists. Default: `defaultViewerKeymap`. */
  @property({ attribute: false }) keymap: ViewerKeymap = defaultViewerKeymap;

  /** What a verifier found out about signed documents, for badges; verdicts over other versions are not shown. */
  @property({ attribute: false }) verdicts: readonly DocumentVerdict[] = [];

  readonly #parts = new ViewerParts(this);
  readonly #tree = new TreeController(this, { onOpen: (documentId) => this.#leaveRailFor({ documentId }) });
  readonly #search = new SearchController(this, {
    texts: () => this.texts(viewerMessages),
    locale: () => this.locale,
    live: this.#parts.live,
    onOpen: (place) => this.#leaveRailFor(place),
    report: (failure) => this.#reading.reportFailure(failure),
  });
  readonly #originals = new OriginalFiles(this, {
    reading: () => this.#reading,
    client: () => this.activeClient,
    explain: (error) => errorText(error.code, this.locale),
  });
  readonly #reading: ReadingController;
  readonly #opener: OpenController;
  readonly #widgets = viewerWidgets({
    find: (selector) => this.renderRoot.querySelector<HTMLElement>(selector),
    reading: () => this.#reading,
    rail: this.#parts.rail,
    search: this.#search,
    fullScreen: this.#parts.fullScreen,
  });
  /** What the viewer should show; survives a move in the page. */
  #wanted: OpenTarget | undefined;
  #clientInUse: ArchiveClient | undefined;
  #mounted: ViewerState | undefined;

  constructor() {
    super();
    this.#reading = new ReadingController(
      this,
      {
        texts: () => this.texts(viewerMessages),
        locale: () => this.locale,
        requestDownload: (document) => void this.#originals.request(document),
        verdicts: () => this.verdicts,
      },
      { ...this.#parts, tree: this.#tree, search: this.#search },
    );
    this.#opener = new OpenController({
      client: () => this.activeClient,
      askToOpen: (target, source) => this.dispatchEvent(new AnjuanRequestOpenEvent({ ...target, source })),
      prepare: (client, scope) =>
        prepareReading({ ...this.session, root: this.renderRoot, source: this.source, client }, scope),
      show: (state) => this.#show(state),
    });
    new RecoveryController(this, () => mayRecover(this.#opener.state) && this.retry());
    new KeyboardController(this, {
      keymap: () => parseKeymap(this.keymap, () => warnInput('keymap')),
      viewport: () => this.#reading.viewport,
      run: (command) => this.#run(command),
      onEscape: () => this.#parts.fullScreen.leaveWindow(),
    });
  }

  /** Pages of the open record known so far; 0 without one. */
  get pageCount(): number {
    return this.#reading.pageCount;
  }

  /** `idle`, `loading`, `ready`, `empty`, `forbidden` or `error`. */
  get status(): ViewerState['status'] {
    return this.#opener.state.status;
  }

  /**
   * Opens a record, or goes to another place of the open one. Resolves with the status it leads to; never rejects:
   * failures are shown and reported by `anjuan-error`.
   */
  async openRecord(
    target: { readonly recordId: string; readonly documentId?: string; readonly pageNumber?: number },
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<ViewerState['status']> {
    const wanted = parseOpenTarget(target, warnInput);
    Object.assign(this, { recordId: undefined, documentId: undefined, pageNumber: undefined }, wanted);
    this.#wanted = wanted;
    if (!wanted) return this.#closeNow();
    const opened = await this.#opener.open(wanted, { source: 'method', ...options });
    await this.updateComplete;
    return opened.status;
  }

  /** Closes the record and releases everything it holds. */
  close(): void {
    this.recordId = this.documentId = this.pageNumber = undefined;
    this.#closeNow();
  }

  /** Page of the record, from 1; numbers outside go to the nearest page. */
  goToPage(pageNumber: number): void {
    if (Number.isFinite(pageNumber)) this.#reading.viewport?.goToPage(Math.trunc(pageNumber) - 1);
  }

  /** Resolves when the place is reached, or shown not to exist. `pageNumber` is in the document, from 1. */
  async goToDocument(documentId: string, options: { readonly pageNumber?: number } = {}): Promise<void> {
    await this.#reading.goTo({ documentId, ...options });
  }

  /** Does nothing on the last page. */
  nextPage(): void {
    this.#reading.viewport?.scrollStep('page', 1);
  }

  /** Does nothing on the first page. */
  previousPage(): void {
    this.#reading.viewport?.scrollStep('page', -1);
  }

  /** To the beginning of the next document. */
  nextDocument(): void {
    this.#reading.viewport?.scrollStep('document', 1);
  }

  /** To the beginning of the previous document. */
  previousDocument(): void {
    this.#reading.viewport?.scrollStep('document', -1);
  }

  /** `fit-width`, `fit-page`, or percent of the paper's real size, 10 to 800. Other values are ignored with a warning. */
  zoomTo(zoom: ZoomTarget): void {
    const parsed = parseZoom(zoom);
    if (parsed !== undefined) this.#reading.viewport?.setZoom(parsed);
    else warnInput('zoomTo');
  }

  /** One step larger. */
  zoomIn(): void {
    this.#reading.viewport?.stepZoom(1);
  }

  /** One step smaller. */
  zoomOut(): void {
    this.#reading.viewport?.stepZoom(-1);
  }

  /** Turns the page being read by quarter turns: 90, 180, 270 or negative, clockwise. Remembered per page. */
  rotate(deg: number): void {
    this.#reading.rotate(deg);
  }

  /**
   * Searches the text of the open record and shows the hits in the side panel; an empty query clears them. Resolves
   * with the number of hits, `undefined` without an answer; never rejects: failures are shown and reported.
   */
  async searchText(query: string): Promise<number | undefined> {
    const text = parseQuery(query, warnInput);
    if (text === undefined || !this.#reading.viewport) return undefined;
    await this.#parts.rail.showTab('search');
    return this.#search.submit(text);
  }

  /** Shows or hides contents, thumbnails and search. */
  toggleRail(): void {
    void this.#parts.rail.toggle();
  }

  /** Opens a failed record again; in an open record, tries failed documents and pages again. */
  retry(): void {
    if (this.status === 'ready') this.#reading.viewport?.retryFailed();
    else if (this.#wanted) void this.#opener.open(this.#wanted, { source: 'retry' });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#wanted && this.hasUpdated) void this.#opener.open(this.#wanted, { source: 'attribute' });
  }

  override disconnectedCallback(): void {
    const { recordId } = this.#reading;
    if (recordId !== undefined) this.#wanted = { recordId, ...this.#reading.place };
    this.#opener.abort();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#parts.rail.compact = this.#parts.size.compact;
    if (changed.has('verdicts')) this.#reading.viewport?.refreshTemplates();
    if (changed.has('recordId') || changed.has('documentId') || changed.has('pageNumber')) this.#follow();
    const client = this.activeClient;
    if (client !== this.#clientInUse && this.isConnected) {
      this.#clientInUse = client;
      if (client && this.#wanted) void this.#opener.open(this.#wanted, { source: 'attribute' });
    }
  }

  protected override render(): TemplateResult {
    const texts = this.texts(viewerMessages);
    const { locale } = this;
    const { state } = this.#opener;
    const keymap = parseKeymap(this.keymap, () => warnInput('keymap'));
    const manifest = 'manifest' in state ? state.manifest : undefined;
    return viewerView({
      texts,
      locale,
      state,
      keymap,
      noClient: this.#wanted !== undefined && this.activeClient === undefined,
      title: manifest && recordTitle(manifest.summary, texts, locale),
      reading: this.#reading,
      rail: this.#parts.rail,
      tree: this.#tree,
      thumbnails: this.#parts.thumbnails,
      search: this.#search,
      toolbar: toolbarProps({
        texts,
        keymap,
        reading: this.#reading,
        menus: this.#parts.menus,
        layout: this.#parts.size.layout,
        usable: state.status === 'loading' || state.status === 'ready',
        railOpen: this.#parts.rail.open,
        fullScreen: this.#parts.fullScreen.active,
        run: (command) => this.#run(command),
        onPage: (pageNumber) => this.#reading.goToTyped(pageNumber),
        onLeaveField: () => this.#focus('[data-widget="pages"]'),
        onDownload: () => void this.#originals.request(this.#reading.currentDocument),
      }),
      boxKey: state,
      live: this.#parts.live.template(),
      notice: this.#parts.notice.template(texts.notice.close),
      onRetry: () => this.retry(),
      onSkip: () => this.#focus('[data-widget="after-pages"]'),
      onPage: (pageNumber) => this.#leaveRailFor({ pageNumber }),
      onDocument: (documentIndex) => this.#reading.viewport?.goToDocument(documentIndex),
    });
  }

  protected override updated(): void {
    const { state } = this.#opener;
    this.#parts.landmark.name(this.texts(viewerMessages).label);
    this.dataset['state'] = state.status;
    this.dataset['layout'] = this.#parts.size.layout;
    this.#reading.viewport?.setHeaderHeight(headerHeightPx(this.session));
    if (state === this.#mounted) return;
    this.#mounted = state;
    if (state.status === 'ready') this.#mount(state);
    else this.#reading.release();
  }

  #mount(state: ViewerState & { readonly status: 'ready' }): void {
    const container = this.renderRoot.querySelector<HTMLElement>('[data-widget="pages"]');
    const client = this.activeClient;
    if (!container || !client) return;
    const source = parseSource(this.source, warnInput);
    this.#reading.open({ container, client, source, ...state, ...sessionOptions(this.session) });
  }

  /** The host changed where to be: another record opens, another place of the same record is gone to. */
  #follow(): void {
    const target = parseOpenTarget(this, warnInput);
    if (sameTarget(target, this.#wanted)) return;
    const sameRecord = target?.recordId === this.#wanted?.recordId && this.status === 'ready';
    this.#wanted = target;
    if (!target) this.#closeNow();
    else if (sameRecord) void this.#reading.goTo(target);
    else if (this.activeClient === this.#clientInUse) void this.#opener.open(target, { source: 'attribute' });
  }

  #closeNow(): 'idle' {
    this.#wanted = undefined;
    this.#opener.close();
    return 'idle';
  }

  #run(command: ViewerCommand): void {
    commandActions[command]?.(this, this.#widgets);
  }

  #leaveRailFor(place: Place): void {
    const drawer = this.#parts.rail.compact;
    this.#parts.rail.closeDrawer();
    void this.#reading.goTo(place);
    if (drawer) this.#focus('[data-widget="pages"]');
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }

  #show(state: ViewerState): void {
    const spoken = spokenState(state, this.texts(viewerMessages), this.locale);
    if (spoken !== undefined) this.#parts.live.say(spoken);
    if ('failure' in state) this.#reading.reportFailure(state.failure);
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'anjuan-viewer': AnjuanViewer;
  }
}
