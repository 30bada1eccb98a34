import { AnjuanError, Scope } from '@anjuan/core';
import { AnjuanElement, baseStyles } from '@anjuan/core/element';
import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { signError } from '../../errors/sign-codes.js';
import { signErrorParts } from '../../errors/sign-error-texts.js';
import type { Ink, InkSource } from '../../ink/ink.js';
import { inkToJson, readInk } from '../../ink/ink-json.js';
import type { InkPngOptions } from '../../ink/ink-png.js';
import { signaturePadMessages, type SignaturePadTexts } from '../locales/signature-pad.js';
import { readAlternatives, TYPED_FONT, type AlternativesPolicy, type SignatureStamp } from './alternatives.js';
import { signaturePadStyles } from './anjuan-signature-pad.styles.js';
import { formEntries, readState, sendAsFile, stateOf } from './form-state.js';
import { InkSurface } from './ink-surface.js';
import { PadController, type PadHost } from './pad-controller.js';
import { runKey } from './pad-keymap.js';
import { padView } from './pad-view.js';
import type { PadActions } from './pad-view-props.js';

/**
 * A sheet of paper to sign on: with pen, finger, mouse, or a signature pad (`source`). Every sample that the browser
 * delivers is kept; the smooth line is only a view of it.
 *
 * @tag anjuan-signature-pad
 *
 * @attr name - Name in a form: sends the ink as a JSON file, and `<name>.text` or `<name>.stamp` for the alternatives.
 * @attr required - The form is valid only with a signature.
 * @attr disabled - Nothing can be written; what was written stays visible.
 * @attr pen-only - Fingers and mouse leave no ink.
 * @attr alternatives - What people may do who cannot write: `typed`, `stamped`, both with a blank. Default: `none`.
 *
 * @fires {AnjuanInkChangedEvent} anjuan-ink-changed - A stroke ended, undo, redo, clear, another text or stamp.
 * @fires {AnjuanInkConfirmedEvent} anjuan-ink-confirmed - The signer confirmed on the signature pad, or `confirm()`.
 * @fires {AnjuanRequestClearEvent} anjuan-request-clear - Intent, cancelable: the sheet is about to be cleared.
 * @fires {AnjuanPadErrorEvent} anjuan-error - Something failed; the pad shows it already.
 *
 * @csspart paper - The sheet.
 * @csspart mark - Word on the sheet that tells a typed or stamped signature from ink.
 * @csspart caption - Name and date below the sheet.
 * @csspart notice - Line about the device, or about what is missing.
 * @csspart tools - Undo, redo, clear and the other ways to sign.
 * @csspart typed - The field for a typed signature.
 * @csspart stamps - The choice of stamps.
 *
 * @keyboard Ctrl+Z / Ctrl+Y - Undo, redo.
 * @keyboard Delete - Clear, after a question.
 * @keyboard Enter - Sign without writing, where the policy allows; else it is said who helps.
 * @a11y The sheet is named and described; one polite live region tells the number of strokes.
 * @privacy Ink, names and typed text are in properties and the shadow tree only: never in attributes, events or logs.
 */
export class AnjuanSignaturePad extends AnjuanElement {
  static override readonly tag = 'anjuan-signature-pad';
  static readonly formAssociated = true;
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [baseStyles, signaturePadStyles];

  /** Name in a form. */
  @property({ reflect: true }) name = '';
  /** The form is valid only with a signature. */
  @property({ type: Boolean, reflect: true }) required = false;
  /** Nothing can be written. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** Fingers and mouse leave no ink. */
  @property({ type: Boolean, attribute: 'pen-only' }) penOnly = false;
  /** What people may do who cannot write by hand. Default: `none`. */
  @property({ converter: readAlternatives }) alternatives: AlternativesPolicy = 'none';
  /** A signature pad or its service. Default: none; people write on the screen. */
  @property({ attribute: false }) source: InkSource | undefined;
  /** Pictures to choose from where `stamped` is allowed. Default: none. */
  @property({ attribute: false }) stamps: readonly SignatureStamp[] = [];
  /** Name below the sheet. */
  @property({ attribute: false }) signerName: string | undefined;
  /** Date and time below the sheet, ISO 8601. */
  @property({ attribute: false }) signedOn: string | undefined;
  /** What is said to people who cannot write where no alternative is allowed. Default: a text of the catalogue. */
  @property({ attribute: false }) policyText: string | undefined;
  /** CSS font family of typed signatures. Default: a script face of the computer. */
  @property({ attribute: false }) typedFont: string = TYPED_FONT;

  readonly #internals = this.attachInternals();
  readonly #pad = new PadController(this.#host());
  readonly #actions: PadActions = {
    pointer: this.#pad.pointers.handle,
    key: (event) => !this.#off && runKey(event, this.#pad),
    undo: () => this.undo(),
    redo: () => this.redo(),
    clear: () => this.#pad.clear('button'),
    answerClear: (clear) => this.#pad.answerClear(clear),
    use: (mode) => void this.#pad.use(mode),
    type: (text) => this.#pad.content.type(text),
    choose: (stamp) => void this.#pad.choose(stamp),
    reconnect: () => void this.#pad.sources.open(),
  };
  #disabledByForm = false;
  /** Only the host wants to know. */
  #asked = false;
  #formScope = new Scope();

  constructor() {
    super();
    this.addEventListener('invalid', () => !this.#asked && this.#pad.tellMissing());
  }

  /** What was signed; undefined when nothing was. Setting it shows it and forgets the history; ink that is none is told as `ink-malformed`. */
  @property({ attribute: false })
  get ink(): Ink | undefined {
    return this.#pad.content.ink;
  }
  set ink(ink: Ink | undefined) {
    try {
      this.#pad.load(ink === undefined ? undefined : readInk(ink));
    } catch {
      this.#pad.load(undefined);
      this.#pad.fail('ink-malformed');
    }
  }

  /** What was typed in place of a written signature. */
  @property({ attribute: false })
  get typedText(): string {
    return this.#pad.content.typedText;
  }
  set typedText(text: string) {
    this.#pad.content.type(text);
  }

  /** The stamp that was chosen in place of a written signature. */
  get stamp(): SignatureStamp | undefined {
    return this.#pad.content.stamp?.stamp;
  }

  /** True when there is nothing to send; told by the data. */
  get empty(): boolean {
    return this.#pad.content.empty;
  }

  /** Finished strokes on the sheet. */
  get strokeCount(): number {
    return this.#pad.content.counts.strokeCount;
  }

  /** The ink as canonical `ink/1` JSON; '' when nothing was signed. */
  get value(): string {
    const { ink } = this;
    return ink ? inkToJson(ink) : '';
  }

  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  get validity(): ValidityState {
    return this.#internals.validity;
  }

  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  /** Asks without telling the signer, unlike `reportValidity()`. */
  checkValidity(): boolean {
    this.#asked = true;
    const valid = this.#internals.checkValidity();
    this.#asked = false;
    return valid;
  }

  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** The ink. Errors: `ink-empty` when nothing was signed; then the pad says so, too. */
  requireInk(): Ink {
    const { ink } = this;
    if (ink) return ink;
    this.#pad.tellMissing();
    throw signError('ink-empty');
  }

  /** Takes the last change of the ink back. Never throws. */
  undo(): void {
    if (!this.#off) this.#pad.content.undo();
  }

  /** Does again what was taken back. Never throws. */
  redo(): void {
    if (!this.#off) this.#pad.content.redo();
  }

  /** Clears the sheet, with undo, unless the host cancels `anjuan-request-clear`. Never throws. */
  clear(): void {
    this.#pad.clear('method');
  }

  /** Tells the host that the signer is done. False, with a word to the signer, when nothing was signed. */
  confirm(): boolean {
    return this.#pad.confirm();
  }

  /** The signature as it stands, as SVG in millimetres. Errors: `ink-empty`, `unsupported-browser`. */
  async toSvg(): Promise<string> {
    const ink = this.requireInk();
    const { surface, overlay } = this.#pad.content;
    if (!surface?.context) throw new AnjuanError('unsupported-browser', { message: 'The pad is not on a page.' });
    const { appearanceToSvg } = await import('./appearance.js');
    return appearanceToSvg(ink, overlay, surface.context);
  }

  /** The signature as it stands, as PNG. Errors: `ink-empty`, `invalid-argument`, `unsupported-browser`. */
  async toPng(options: InkPngOptions): Promise<Blob> {
    const ink = this.requireInk();
    const { appearanceToPng } = await import('./appearance.js');
    return appearanceToPng(ink, this.#pad.content.overlay, options);
  }

  /** Another form, or none. */
  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#formScope.dispose();
    const scope = (this.#formScope = new Scope());
    if (form) scope.listen(form, 'formdata', (event) => sendAsFile(this.name, (event as FormDataEvent).formData));
  }

  /** The form or a fieldset around the element is switched off. */
  formDisabledCallback(disabled: boolean): void {
    this.#disabledByForm = disabled;
    this.requestUpdate();
  }

  formResetCallback(): void {
    this.#pad.load(undefined);
  }

  /** The browser brings back what was signed before the page went away. */
  formStateRestoreCallback(state: unknown): void {
    const found = readState(state);
    if (found) this.#pad.restore(found);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A move in the page draws nothing anew by itself.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    this.#pad.leave();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('source')) this.#pad.sources.use(this.source);
    this.#pad.content.typedFont = this.typedFont;
    this.#pad.chooseWanted(this.stamps);
    if (this.#off) this.#pad.pointers.stop();
  }

  protected override render(): TemplateResult {
    const { content, asking, missing, notice, live, sources } = this.#pad;
    const { mode, counts, recorder, typedText, stamp } = content;
    const { locale, penOnly, alternatives, stamps, signerName, signedOn } = this;
    return padView({
      ...{ locale, penOnly, alternatives, stamps, signerName, signedOn },
      ...{ mode, counts, typedText, asking, missing, notice },
      canUndo: recorder.canUndo,
      canRedo: recorder.canRedo,
      texts: this.#texts,
      policyText: this.#policyText,
      disabled: this.#off,
      source: sources.state,
      stampId: stamp?.stamp.id,
      live: live.template(),
      actions: this.#actions,
    });
  }

  protected override firstUpdated(): void {
    this.#pad.content.surface = new InkSurface([...this.renderRoot.querySelectorAll('canvas')]);
    this.#pad.content.redraw();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { content } = this.#pad;
    if (changed.has('typedFont')) content.redraw();
    this.dataset['state'] = this.empty ? 'empty' : 'signed';
    this.#internals.role = 'group';
    this.#internals.ariaLabel = this.#texts.label;
    if (content.recorder.writing) return;
    this.#internals.setFormValue(formEntries(this.name, content), stateOf(content));
    const missing = this.required && this.empty;
    const message = missing ? signErrorParts('ink-empty', this.locale).next : '';
    const anchor = this.renderRoot.querySelector<HTMLElement>('.paper') ?? undefined;
    this.#internals.setValidity(missing ? { valueMissing: true } : {}, message, anchor);
  }

  get #texts(): SignaturePadTexts {
    return this.texts(signaturePadMessages);
  }

  get #policyText(): string {
    return this.policyText ?? this.#texts.policy;
  }

  get #off(): boolean {
    return this.disabled || this.#disabledByForm;
  }

  #host(): PadHost {
    const element = this as AnjuanSignaturePad;
    return {
      addController: (controller) => this.addController(controller),
      removeController: (controller) => this.removeController(controller),
      requestUpdate: () => this.requestUpdate(),
      get updateComplete() {
        return element.updateComplete;
      },
      off: () => this.#off,
      penOnly: () => this.penOnly,
      alternatives: () => this.alternatives,
      policyText: () => this.#policyText,
      texts: () => this.#texts,
      locale: () => this.locale,
      fire: (event) => this.dispatchEvent(event),
      find: (selector) => this.renderRoot?.querySelector<HTMLElement>(selector) ?? null,
      defer: (release) => void this.scope.defer(release),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'anjuan-signature-pad': AnjuanSignaturePad;
  }
}
