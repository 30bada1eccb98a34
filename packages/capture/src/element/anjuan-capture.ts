import { AnjuanElement, baseStyles } from '@anjuan/core/element';
import type { ArchiveClient } from '@anjuan/core';
import { captureError, type CaptureStore, type Outbox, type SubmissionReceipt } from '@anjuan/core/outbox';
import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { FrameSource } from '../devices/frame-source.js';
import type { IdCard, IdCardReader } from '../devices/id-card-reader.js';
import { formValue } from '../session/form-value.js';
import { modePreset, type CaptureMode } from '../session/modes.js';
import type { SessionState } from '../session/session-state.js';
import { captureStyles } from './anjuan-capture.styles.js';
import type { CaptureHost } from './capture-host.js';
import { CaptureModel } from './capture-model.js';
import type { OpenPipeline } from './capture-parts.js';
import { captureView } from './capture-view.js';
import { commandActions } from './commands.js';
import { FileDropController } from './file-drop-controller.js';
import { defaultCaptureKeymap, type CaptureCommand, type CaptureKeymap } from './keyboard/capture-keymap.js';
import { parseKeymap } from './keyboard/command-for-key.js';
import { KeyboardController } from './keyboard/keyboard-controller.js';
import { captureMessages } from './locales/capture.js';
import { SizeController } from './size-controller.js';

/**
 * Scans paper into a stay: live view, found pages, tray, documents, submission. Every page is durable on this computer
 * before the shutter confirms. Put it below an `anjuan-provider` or set `client`; give it a height, it fills what it gets.
 *
 * @tag anjuan-capture
 *
 * @attr record-id - Stay that the pages go into (`List.id`). Default: none; then the host gives one before submitting.
 * @attr mode - `document`, `id-card`, `consent`, `book` or `batch`. Default: `document`.
 * @attr name - Name in a form: sends the batch id, and `<name>.receipt` as JSON of ids, once the archive took the batch.
 * @attr required - The form is valid only after a batch was submitted.
 * @attr disabled - Nothing can be captured or submitted.
 *
 * @fires {AnjuanRequestCaptureEvent} anjuan-request-capture - Intent, cancelable: a page is about to be captured.
 * @fires {AnjuanRequestSubmitEvent} anjuan-request-submit - Intent, cancelable: the batch is about to be submitted.
 * @fires {AnjuanRequestDeleteEvent} anjuan-request-delete - Intent, cancelable: a page is about to be deleted.
 * @fires {AnjuanRequestDiscardEvent} anjuan-request-discard - Intent, cancelable: an unfinished batch is about to go.
 * @fires {AnjuanRequestSignInEvent} anjuan-request-sign-in - Intent, cancelable: uploading needs a new sign-in.
 * @fires {AnjuanPageCapturedEvent} anjuan-page-captured - A page is durable on this computer.
 * @fires {AnjuanPageReadyEvent} anjuan-page-ready - A page was worked on and checked.
 * @fires {AnjuanPageUploadedEvent} anjuan-page-uploaded - The archive has the original of a page.
 * @fires {AnjuanBatchSubmittedEvent} anjuan-batch-submitted - The archive took the batch.
 * @fires {AnjuanCaptureErrorEvent} anjuan-error - Something failed; capture shows it already.
 *
 * @csspart header - Modes and tools above the picture.
 * @csspart stage - The live picture.
 * @csspart bar - The bar of the shutter.
 * @csspart shutter - The shutter.
 * @csspart submit - The button that submits.
 * @csspart tools - Tools of the selected page.
 * @csspart tray - The captured pages.
 * @csspart page - One captured page.
 * @csspart safety - How many pages are saved and uploaded.
 * @csspart panel - Open panel below a button.
 * @csspart documents - Dialog of types, titles, dates.
 * @csspart editor - Dialog of the page editor.
 * @csspart help - Dialog of shortcuts.
 * @csspart toast - Short line over the picture.
 * @csspart state - Panel in place of the picture.
 *
 * @keyboard Space, Enter, PageDown - Capture (pedal).
 * @keyboard Arrows / Alt+arrows - Select a page / move it.
 * @keyboard r / i / e / [ ] / s / k / Delete - Retake, insert, edit, turn, split, keep, delete the selected page.
 * @keyboard Ctrl+Z / 1 2 3 4 / a / n / o / F2 / Ctrl+Enter / ? - Undo, colour, auto capture, new document, files, document details, submit, list of shortcuts.
 * @a11y The tray is one list box; marks are icon and word; one polite live region tells what happened.
 * @privacy Titles and pictures are in the shadow tree only: never in attributes, events, storage keys or logs.
 */
export class AnjuanCapture extends AnjuanElement {
  static override readonly tag = 'anjuan-capture';
  static readonly formAssociated = true;
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [baseStyles, captureStyles];

  /** `List.id` of the stay. A change opens the batch of the other stay. */
  @property({ attribute: 'record-id' }) recordId: string | undefined;
  /** What kind of paper is scanned. */
  @property() mode: CaptureMode = 'document';
  /** Name in a form. */
  @property({ reflect: true }) name = '';
  /** The form is valid only after a batch was submitted. */
  @property({ type: Boolean, reflect: true }) required = false;
  /** Nothing can be captured or submitted. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** Where pictures come from. Default: the cameras of this computer. */
  @property({ attribute: false }) sources: readonly FrameSource[] | undefined;
  /** Readers of identity cards, for `readIdCard()` and the devices panel. Default: none. */
  @property({ attribute: false }) readers: readonly IdCardReader[] | undefined;
  /** Where pages are kept until the archive has them. Default: a store of this browser. */
  @property({ attribute: false }) store: CaptureStore | undefined;
  /** What uploads and submits. Default: one for `store` and the client. */
  @property({ attribute: false }) outbox: Outbox | undefined;
  /** Starts the image worker. Default: the worker of the assets folder. */
  @property({ attribute: false }) openPipeline: OpenPipeline | undefined;
  /** Keys and what they do; also what the help dialog lists. Default: `defaultCaptureKeymap`. */
  @property({ attribute: false }) keymap: CaptureKeymap = defaultCaptureKeymap;

  readonly #internals = this.attachInternals();
  readonly #size = new SizeController(this);
  readonly #model: CaptureModel;
  #disabledByForm = false;
  #started: readonly unknown[] = [];

  constructor() {
    super();
    this.#model = new CaptureModel(this.#host());
    new KeyboardController(this, {
      keymap: () => parseKeymap(this.keymap),
      run: (command) => this.#run(command),
      onEscape: () => this.#escape(),
    });
    new FileDropController(this, {
      onFiles: (files) => void this.#model.addFiles(files),
      onHover: (hovering) => this.#model.setDropping(hovering),
    });
  }

  /** The picture, where Space, Enter and the pedal are the shutter; not the first button of the header. */
  override focus(options?: FocusOptions): void {
    const stage = this.renderRoot?.querySelector<HTMLElement>('[data-widget="stage"]');
    if (stage) stage.focus(options);
    else super.focus(options);
  }

  /** What the batch is doing. */
  get status(): SessionState['status'] {
    return this.#model.session?.state.status ?? 'closed';
  }

  /** Pages in the tray. */
  get pageCount(): number {
    return this.#model.tray.pages.length;
  }

  /** Id of the open batch. */
  get batchId(): string | undefined {
    return this.#model.session?.batchId;
  }

  /** What the archive confirmed last. */
  get receipt(): SubmissionReceipt | undefined {
    return this.#model.receipt;
  }

  /** The batch id once the archive took it, else the empty string: what a form sends. */
  get value(): string {
    return formValue(this.#model.receipt)?.value ?? '';
  }

  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  get validity(): ValidityState {
    return this.#internals.validity;
  }

  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** One press of the shutter; resolves when its pages are durable. Never rejects: failures are shown and reported. */
  async capture(): Promise<void> {
    if (!this.#off) await this.#model.press('method');
  }

  /** Adds the pages of files; resolves with the number of pages. Never rejects. */
  async addFiles(files: readonly File[]): Promise<number> {
    return this.#off ? 0 : this.#model.shutter.addFiles(files, 'method');
  }

  /** Takes the last change of the tray back; for buttons and pedals of the host. Never rejects. */
  undo(): void {
    this.#run('undo');
  }

  /** The next page starts a new document. Never rejects. */
  newDocument(): void {
    this.#run('new-document');
  }

  /** Submits the batch; resolves when the archive took it or when something is missing. Never rejects. */
  async submit(): Promise<void> {
    if (!this.#off) await this.#model.batch.submit();
  }

  /**
   * Reads a card with the first of `readers` and hands it to the caller; nothing of it is kept or shown here.
   * Errors: those of `IdCardReader.read`; `device-not-found` without a reader.
   */
  async readIdCard(options: { readonly signal?: AbortSignal; readonly timeoutMs?: number } = {}): Promise<IdCard> {
    const reader = this.readers?.[0];
    if (!reader) throw captureError('device-not-found');
    return reader.read(options);
  }

  /** The form or a fieldset around the element is switched off. */
  formDisabledCallback(disabled: boolean): void {
    this.#disabledByForm = disabled;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A move in the page draws nothing anew by itself.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#model.stop();
    this.#started = [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('mode')) this.#model.setMode(modePreset(this.mode).mode);
  }

  protected override render(): TemplateResult {
    return captureView({
      model: this.#model,
      texts: this.texts(captureMessages),
      locale: this.locale,
      layout: this.#size.layout,
      keymap: parseKeymap(this.keymap),
      disabled: this.#off,
      run: (command) => this.#run(command),
    });
  }

  protected override updated(): void {
    this.dataset['layout'] = this.#size.layout;
    this.dataset['state'] = this.status;
    this.#internals.role = 'region';
    this.#internals.ariaLabel = this.texts(captureMessages).label;
    this.#updateForm();
    this.#startAnew();
  }

  get #off(): boolean {
    return this.disabled || this.#disabledByForm;
  }

  /** Starts once connected and again when a part changes: another stay, another user, other devices. */
  #startAnew(): void {
    const { recordId, sources, store, outbox, openPipeline } = this;
    const client: ArchiveClient | undefined = this.activeClient;
    const wanted = [recordId, sources, store, outbox, openPipeline, client, this.session.assetsUrl];
    const same = this.#started.length > 0 && wanted.every((value, index) => value === this.#started[index]);
    if (same || !this.isConnected) return;
    this.#started = wanted;
    void this.#model.start();
  }

  #updateForm(): void {
    const value = formValue(this.#model.receipt);
    if (value && this.name) {
      const data = new FormData();
      data.set(this.name, value.value);
      data.set(`${this.name}.receipt`, value.receipt);
      this.#internals.setFormValue(data);
    } else this.#internals.setFormValue(null);
    const missing = this.required && !value;
    const anchor = this.renderRoot.querySelector<HTMLElement>('[data-widget="stage"]');
    if (missing && anchor) {
      this.#internals.setValidity({ valueMissing: true }, this.texts(captureMessages).required, anchor);
    } else this.#internals.setValidity({});
  }

  #run(command: CaptureCommand): void {
    if (!this.#off) commandActions[command](this.#model);
  }

  #escape(): boolean {
    if (this.#model.aim.kind === 'append') return false;
    this.#model.setAim({ kind: 'append' });
    return true;
  }

  #host(): CaptureHost {
    return {
      parts: () => {
        const { sources, readers, store, outbox, openPipeline, activeClient: client } = this;
        return { sources, readers, store, outbox, openPipeline, client, assetsUrl: this.session.assetsUrl };
      },
      target: () => (this.recordId ? { recordId: this.recordId } : undefined),
      texts: () => this.texts(captureMessages),
      locale: () => this.locale,
      fire: (event) => this.dispatchEvent(event),
      root: () => this.renderRoot ?? this,
      update: () => this.requestUpdate(),
      painted: () => this.updateComplete,
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'anjuan-capture': AnjuanCapture;
  }
}
