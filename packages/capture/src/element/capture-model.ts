import { AnjuanError, Scope, systemClock } from '@anjuan/core';
import { LiveRegion } from '@anjuan/core/element';
import type { CaptureStore, Outbox, StorageRoom, SubmissionReceipt } from '@anjuan/core/outbox';
import type { PageColour } from '../recipe/types.js';
import { CaptureSession } from '../session/capture-session.js';
import { modePreset, type CaptureMode } from '../session/modes.js';
import type { Aim, IntakeChoice } from '../session/page-intake.js';
import type { SessionFact } from '../session/session-ports.js';
import { EMPTY_TRAY, type Tray, type TrayPage } from '../session/tray.js';
import type { PipelineWorker } from '../worker/protocol.js';
import { BatchActions } from './batch-actions.js';
import { AnjuanCaptureErrorEvent } from './capture-events.js';
import type { CaptureHost } from './capture-host.js';
import { composeSheet } from './compose-sheet.js';
import { defaultOutbox, defaultPipeline, defaultSources, defaultStore, fetchMaster } from './default-parts.js';
import { EditorLoader } from './editor/editor-loader.js';
import { factEvent } from './fact-event.js';
import { PageActions } from './page-actions.js';
import { readSeparatorSheet } from './read-separator.js';
import { Screen } from './screen.js';
import { AccessController } from './stage/access-controller.js';
import { DeviceController } from './stage/device-controller.js';
import { LiveLayer } from './stage/live-layer.js';
import { LiveView } from './stage/live-view.js';
import { ShutterController } from './stage/shutter-controller.js';
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
  readonly batch: BatchActions;
  readonly screen: Screen;
  readonly editor: EditorLoader;
  readonly access: AccessController;
  session: CaptureSession | undefined;
  outbox: Outbox | undefined;
  room: StorageRoom | undefined;
  receipt: SubmissionReceipt | undefined;
  failure: AnjuanError | undefined;
  mode: CaptureMode = 'document';
  colour: PageColour = 'colour';
  auto = false;
  aim: Aim = { kind: 'append' };
  /** There is an archive to send to. */
  connected = true;
  /** Files hover over the element. */
  dropping = false;
  #scope = new Scope();
  /** The batch that was open before the element was moved in the page. */
  #lastBatchId: string | undefined;
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
    this.devices = new DeviceController({
      changed: () => this.#deviceChanged(),
      report,
      // The panel in place of the picture says it already.
      reportShown: (error) => this.report(error, { toast: false }),
    });
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
      many: () => modePreset(this.mode).layout === 'many' || this.view.detect === 'mat',
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
    this.screen = new Screen(host);
    this.actions = new PageActions(this);
    this.batch = new BatchActions(this);
    this.access = new AccessController(changed);
    this.editor = new EditorLoader({
      host,
      scope,
      pipeline,
      session,
      report,
      closed: () => (this.tray.pages.length > 0 ? this.screen.focusSelected() : this.screen.focusStage()),
    });
  }

  get tray(): Tray {
    return this.session?.tray ?? EMPTY_TRAY;
  }

  get selected(): TrayPage | undefined {
    return this.selection.page(this.tray);
  }

  get choice(): IntakeChoice {
    return { mode: this.mode, colour: this.colour, aim: this.aim, detect: this.view.detect };
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
      this.report(this.failure, { toast: false });
    }
  }

  stop(): void {
    this.#lastBatchId = this.session?.batchId ?? this.#lastBatchId;
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
    if (page) void this.host.painted().then(() => this.screen.focusSelected());
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

  /** Learns the empty desk, or forgets it. */
  async toggleMat(): Promise<void> {
    const texts = this.host.texts().controls;
    if (this.view.detect === 'mat') return this.view.forgetMat();
    await this.guard(async () => {
      if (await this.view.calibrate()) this.live.say(texts.matOn);
    });
  }

  toggleDevices(): void {
    if (!this.popovers.isOpen('devices')) void this.access.refresh();
    this.popovers.toggle('devices');
  }

  /** The next picture takes the place of the selected page, or comes before it. */
  aimAtSelected(kind: 'retake' | 'insert'): void {
    const page = this.selected;
    if (!page || this.session?.state.status !== 'open') return;
    this.setAim(kind === 'retake' ? { kind, pageId: page.pageId } : { kind, before: page.pageId });
    const { stage } = this.host.texts();
    this.live.say((kind === 'retake' ? stage.retake : stage.insert)(String(page.number)));
    this.screen.focusStage();
  }

  replaceByFile(): void {
    this.aimAtSelected('retake');
    this.screen.pickFiles();
  }

  edit(): void {
    const page = this.selected;
    if (!page || page.mark === 'working') return;
    void this.guard(async () => {
      const { erased } = this.host.texts().editor;
      if (!(await this.editor.open(page.pageId))) this.toast.show({ text: erased, tone: 'danger' });
    });
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

  /** Tells the host and the operator; without the toast where a state panel says it. */
  report(error: AnjuanError, options: { readonly toast: boolean } = { toast: true }): void {
    const { code, requestId, retryable } = error;
    this.host.fire(new AnjuanCaptureErrorEvent({ code, requestId: requestId ?? null, retryable }));
    const text = errorLine(code, this.host.locale());
    if (options.toast) this.toast.show({ text, tone: 'danger' });
    this.live.say(text);
    this.host.update();
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
        reportShown: (error) => this.report(error, { toast: false }),
      },
      () => this.host.update(),
    );
    const resume = this.#lastBatchId;
    await this.session.open(this.host.target(), resume === undefined ? {} : { resume });
  }

  #tell(fact: SessionFact): void {
    if (fact.type === 'batch-submitted') this.receipt = fact.receipt;
    const event = factEvent(fact);
    if (event) this.host.fire(event);
  }

  #confirm(pageId: string): void {
    if (!this.screen.focusInTray()) this.selection.select(pageId);
    const page = this.tray.pages.find((other) => other.pageId === pageId || other.partIds.includes(pageId));
    if (page) this.live.say(this.host.texts().stage.captured(String(page.number)));
    this.view.confirm();
    void this.host.painted().then(() => this.screen.revealSelected());
  }

  #deviceChanged(): void {
    this.view.follow(this.devices.session);
    this.host.update();
  }
}
