import { AnjuanError, Scope, systemClock } from '@anjuan/core';
import type { CaptureStore, Outbox, StorageRoom, SubmissionReceipt } from '@anjuan/core/outbox';
import type { PageColour } from '../recipe/types.js';
import { CaptureSession } from '../session/capture-session.js';
import { shortcomings, type Shortcoming } from '../session/finish-batch.js';
import { modePreset, type CaptureMode } from '../session/modes.js';
import type { Aim, IntakeChoice } from '../session/page-intake.js';
import type { SessionFact } from '../session/session-ports.js';
import { EMPTY_TRAY, type Tray, type TrayPage } from '../session/tray.js';
import type { PipelineWorker } from '../worker/protocol.js';
import { AnjuanCaptureErrorEvent, AnjuanRequestDiscardEvent, AnjuanRequestSubmitEvent } from './capture-events.js';
import type { CaptureHost } from './capture-host.js';
import { composeSheet } from './compose-sheet.js';
import { defaultOutbox, defaultPipeline, defaultSources, defaultStore, fetchMaster } from './default-parts.js';
import { EditorController } from './editor/editor-controller.js';
import { factEvent } from './fact-event.js';
import { PageActions } from './page-actions.js';
import { readSeparatorSheet } from './read-separator.js';
import { DeviceController } from './stage/device-controller.js';
import { LiveLayer } from './stage/live-layer.js';
import { LiveView } from './stage/live-view.js';
import { ShutterController } from './stage/shutter-controller.js';
import { LiveRegion } from './status/live-region.js';
import { Popovers } from './status/popovers.js';
import { Toast } from './status/toast.js';
import { DragController } from './tray/drag-controller.js';
import { PageSelection } from './tray/page-selection.js';
import { Thumbnails } from './tray/thumbnails.js';
import { errorLine, typeName } from './words.js';

/** Everything behind the screen of one capture element, from connect to disconnect. */
export class CaptureModel {
  readonly host: CaptureHost;
  readonly live: LiveRegion;
  readonly toast: Toast;
  readonly popovers: Popovers;
  readonly devices: DeviceController;
  readonly shutter: ShutterController;
  readonly view: LiveView;
  readonly selection = new PageSelection();
  readonly thumbnails: Thumbnails;
  readonly drag: DragController;
  readonly actions: PageActions;
  readonly editor: EditorController;
  session: CaptureSession | undefined;
  outbox: Outbox | undefined;
  room: StorageRoom | undefined;
  receipt: SubmissionReceipt | undefined;
  failure: AnjuanError | undefined;
  mode: CaptureMode = 'document';
  colour: PageColour = 'colour';
  auto = false;
  aim: Aim = { kind: 'append' };
  /** The operator asked to discard what was found; a second press does it. */
  discardAsked = false;
  /** Submitting found documents without a type. */
  typesMissing = false;
  /** There is an archive to send to. */
  connected = true;
  /** Files hover over the element. */
  dropping = false;
  #scope = new Scope();
  #pipeline: Promise<PipelineWorker> | undefined;

  constructor(host: CaptureHost) {
    this.host = host;
    const scope = (): Scope => this.#scope;
    const changed = host.update;
    const report = (error: AnjuanError): void => this.report(error);
    const session = (): CaptureSession | undefined => this.session;
    const pipeline = (): Promise<PipelineWorker> => this.pipeline();
    this.live = new LiveRegion(changed);
    this.toast = new Toast(scope, changed);
    this.popovers = new Popovers(host.root, changed);
    this.devices = new DeviceController({ changed: () => this.#deviceChanged(), report });
    this.shutter = new ShutterController({
      host,
      scope,
      session,
      pipeline,
      report,
      choice: () => this.choice,
      setAim: (aim) => this.setAim(aim),
      confirm: ({ pageId }) => this.#confirm(pageId),
    });
    this.view = new LiveView({
      pipeline,
      layer: new LiveLayer(host.root),
      root: host.root,
      auto: () => this.auto && this.shutter.state.status === 'ready' && this.session?.state.status === 'open',
      many: () => modePreset(this.mode).layout === 'many',
      fire: () => this.press('auto'),
      changed,
    });
    this.thumbnails = new Thumbnails(changed);
    this.drag = new DragController({
      scope,
      root: host.root,
      changed,
      drop: (id, to) => void this.actions.moveTo(id, to),
    });
    this.actions = new PageActions(this);
    this.editor = new EditorController({ host, scope, pipeline, session });
  }

  get tray(): Tray {
    return this.session?.tray ?? EMPTY_TRAY;
  }

  get selected(): TrayPage | undefined {
    return this.selection.page(this.tray);
  }

  get choice(): IntakeChoice {
    return { mode: this.mode, colour: this.colour, aim: this.aim };
  }

  get scope(): Scope {
    return this.#scope;
  }

  /** Opens store, outbox, batch and devices. Failures are shown. */
  async start(): Promise<void> {
    this.stop();
    this.#scope = new Scope();
    const scope = this.#scope;
    const parts = this.host.parts();
    this.failure = undefined;
    void this.devices.start(parts.sources ?? defaultSources());
    try {
      const store = parts.store ?? (await defaultStore());
      if (scope.disposed) return parts.store ? undefined : store.close();
      if (!parts.store) scope.defer(() => store.close());
      const outbox = parts.outbox ?? defaultOutbox(store, parts.client);
      this.connected = outbox !== undefined;
      if (!outbox) return this.host.update();
      if (scope.disposed) return parts.outbox ? undefined : outbox.close();
      if (!parts.outbox) scope.defer(() => outbox.close());
      this.#follow(store, outbox, scope);
      await this.#open(store, outbox);
    } catch (cause) {
      if (scope.disposed || AnjuanError.is(cause, 'aborted')) return;
      this.failure = AnjuanError.is(cause) ? cause : new AnjuanError('unexpected', { cause });
      this.report(this.failure);
    }
  }

  stop(): void {
    this.#scope.dispose();
    this.devices.stop();
    this.view.follow(undefined);
    this.session?.close();
    this.thumbnails.stop();
    this.editor.close();
    this.session = undefined;
    this.outbox = undefined;
    this.room = undefined;
    this.#pipeline = undefined;
  }

  /** The image worker, started once; a failed start is tried again. */
  pipeline(): Promise<PipelineWorker> {
    const { openPipeline, assetsUrl } = this.host.parts();
    const scope = this.#scope;
    this.#pipeline ??= (openPipeline ?? defaultPipeline)({ assetsUrl, scope });
    const started = this.#pipeline;
    started.catch(() => {
      if (this.#pipeline === started) this.#pipeline = undefined;
    });
    return started;
  }

  setMode(mode: CaptureMode): void {
    const preset = modePreset(mode);
    this.mode = preset.mode;
    this.colour = preset.colour;
    this.setAuto(preset.auto);
  }

  setColour(colour: PageColour): void {
    this.colour = colour;
    this.host.update();
  }

  setAuto(auto: boolean): void {
    this.auto = auto;
    this.view.resetAuto();
    this.host.update();
  }

  setAim(aim: Aim): void {
    this.aim = aim;
    if (aim.kind === 'retake') this.view.resetAuto();
    this.host.update();
  }

  setDropping(dropping: boolean): void {
    if (dropping === this.dropping) return;
    this.dropping = dropping;
    this.host.update();
  }

  select(pageId: string): void {
    if (this.selected?.pageId === pageId) return;
    this.selection.select(pageId);
    this.host.update();
  }

  /** Selects a page further on or back, and shows it. */
  stepSelection(step: number): void {
    const page = this.selection.step(this.tray, step);
    this.host.update();
    if (page) void this.host.painted().then(() => this.focusSelected());
  }

  /** One press of the shutter; true when it brought a page. */
  async press(source: 'shutter' | 'auto' | 'method'): Promise<boolean> {
    if (this.room?.state === 'full') {
      this.live.say(this.host.texts().safety.roomFull);
      return false;
    }
    return (await this.shutter.press(this.devices.session, source)) > 0;
  }

  async addFiles(files: readonly File[]): Promise<void> {
    const texts = this.host.texts();
    const count = await this.shutter.addFiles(files);
    if (count > 0) this.live.say(texts.files.added(String(count)));
  }

  pickFiles(): void {
    this.host.root().querySelector<HTMLInputElement>('[data-widget="file-input"]')?.click();
  }

  /** The next picture takes the place of the selected page, or comes before it. */
  aimAtSelected(kind: 'retake' | 'insert'): void {
    const page = this.selected;
    if (!page || this.session?.state.status !== 'open') return;
    this.setAim(kind === 'retake' ? { kind, pageId: page.pageId } : { kind, before: page.pageId });
    const { stage } = this.host.texts();
    this.live.say((kind === 'retake' ? stage.retake : stage.insert)(String(page.number)));
    this.focusStage();
  }

  replaceByFile(): void {
    this.aimAtSelected('retake');
    this.pickFiles();
  }

  edit(): void {
    const page = this.selected;
    if (page && page.mark !== 'working') void this.guard(() => this.editor.open(page.pageId));
  }

  /** Assembles and sends the batch; documents without a type are asked for first. */
  async submit(): Promise<void> {
    const { session } = this;
    const batchId = session?.batchId;
    if (!session || batchId === undefined || session.state.status !== 'open') return;
    await session.settled();
    const [missing] = shortcomings(this.tray.documents);
    if (missing) return this.#showShortcoming(missing);
    const documentCount = this.tray.documents.filter(({ pages }) => pages.length > 0).length;
    const pageCount = this.tray.pages.length;
    if (!this.host.fire(new AnjuanRequestSubmitEvent({ batchId, documentCount, pageCount }))) return;
    this.typesMissing = false;
    await this.guard(() => session.submit());
    this.host.update();
  }

  /** After a receipt, or while one is on its way: a fresh batch. */
  async startNext(): Promise<void> {
    this.aim = { kind: 'append' };
    await this.session?.startNew();
    this.focusStage();
  }

  /** Discards the batch that was found: asks once, then does it. */
  async discard(): Promise<void> {
    const state = this.session?.state;
    if (state?.status !== 'found') return;
    if (!this.discardAsked) {
      this.discardAsked = true;
      return this.host.update();
    }
    const { batchId, pageCount } = state.found;
    this.discardAsked = false;
    if (this.host.fire(new AnjuanRequestDiscardEvent({ batchId, pageCount }))) await this.session?.discard();
    this.host.update();
  }

  openDocuments(documentId?: string): void {
    this.#dialog('document-panel')?.showModal();
    const form = documentId && this.host.root().querySelector(`[data-document-form="${documentId}"] select`);
    if (form instanceof HTMLElement) form.focus();
  }

  documentsClosed(): void {
    this.typesMissing = false;
    this.focusStage();
    this.host.update();
  }

  openHelp(): void {
    this.#dialog('help-dialog')?.showModal();
  }

  focusStage(): void {
    this.host.root().querySelector<HTMLElement>('[data-widget="stage"]')?.focus({ preventScroll: true });
  }

  /** Runs a change of the batch; a failure is shown and nothing else happens. */
  async guard(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      const error = AnjuanError.is(cause) ? cause : new AnjuanError('unexpected', { cause });
      if (error.code !== 'aborted') this.report(error);
    }
    this.host.update();
  }

  /** Tells the host, and the operator where no state panel does. */
  report(error: AnjuanError): void {
    const { code, requestId, retryable } = error;
    this.host.fire(new AnjuanCaptureErrorEvent({ code, requestId: requestId ?? null, retryable }));
    if (code !== 'camera-not-found') {
      this.toast.show({ text: errorLine(code, this.host.locale()), tone: 'danger' });
      this.live.say(errorLine(code, this.host.locale()));
    }
    this.host.update();
  }

  focusInTray(): boolean {
    const active = (this.host.root() as ShadowRoot).activeElement;
    return active?.closest('[data-widget="tray"]') != null;
  }

  focusSelected(): void {
    const tile = this.host.root().querySelector<HTMLElement>('[data-widget="tray"] [aria-selected="true"]');
    tile?.focus({ preventScroll: true });
    tile?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #follow(store: CaptureStore, outbox: Outbox, scope: Scope): void {
    this.outbox = outbox;
    scope.defer(outbox.watch(() => this.host.update()));
    scope.defer(
      store.watch((event) => {
        if (event.type !== 'room') return;
        this.room = event.room;
        this.host.update();
      }),
    );
    void store.room().then(
      (room) => (this.room = room),
      () => undefined,
    );
    outbox.start();
    this.thumbnails.start(store, scope);
  }

  async #open(store: CaptureStore, outbox: Outbox): Promise<void> {
    this.session = new CaptureSession(
      {
        store,
        outbox,
        pipeline: () => this.pipeline(),
        composeSheet,
        fetchMaster: fetchMaster(() => this.host.parts().client),
        readSeparator: readSeparatorSheet,
        titleOfType: (code) => typeName(code, this.host.locale()),
        language: () => this.host.locale(),
        clock: systemClock,
        tell: (fact) => this.#tell(fact),
        report: (error) => this.report(error),
      },
      () => this.host.update(),
    );
    await this.session.open(this.host.target());
  }

  #showShortcoming(missing: Shortcoming): void {
    const texts = this.host.texts();
    if (missing.kind === 'no-type') {
      this.typesMissing = true;
      this.live.say(texts.documents.incomplete);
      this.host.update();
      return void this.host.painted().then(() => this.openDocuments(missing.documentId));
    }
    if (missing.kind === 'failed-page') this.selection.select(missing.pageId);
    const text = missing.kind === 'no-pages' ? texts.submit.nothing : texts.submit.failedPage;
    this.toast.show({ text, tone: 'danger' });
    this.live.say(text);
  }

  #dialog(name: string): HTMLDialogElement | null {
    return this.host.root().querySelector<HTMLDialogElement>(`dialog[data-widget="${name}"]`);
  }

  #tell(fact: SessionFact): void {
    if (fact.type === 'batch-submitted') this.receipt = fact.receipt;
    const event = factEvent(fact);
    if (event) this.host.fire(event);
  }

  #confirm(pageId: string): void {
    if (!this.focusInTray()) this.selection.select(pageId);
    const page = this.tray.pages.find((other) => other.pageId === pageId || other.partIds.includes(pageId));
    if (page) this.live.say(this.host.texts().stage.captured(String(page.number)));
    this.view.confirm();
  }

  #deviceChanged(): void {
    this.view.follow(this.devices.session);
    this.host.update();
  }
}
