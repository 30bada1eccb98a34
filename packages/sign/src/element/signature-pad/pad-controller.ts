import type { ErrorCode } from '@anjuan/core';
import { LiveRegion, type Locale } from '@anjuan/core/element';
import type { ReactiveControllerHost } from 'lit';
import { signErrorParts } from '../../errors/sign-error-texts.js';
import type { Ink } from '../../ink/ink.js';
import type { SignaturePadTexts } from '../locales/signature-pad.js';
import type { AlternativesPolicy, PadMode, SignatureStamp } from './alternatives.js';
import { PadContent } from './pad-content.js';
import type { PadNotice } from './pad-view-props.js';
import { PointerController } from './pointer-controller.js';
import { ScreenController } from './screen-controller.js';
import {
  AnjuanInkChangedEvent,
  AnjuanInkConfirmedEvent,
  AnjuanPadErrorEvent,
  AnjuanRequestClearEvent,
  type ClearTrigger,
} from './signature-pad-events.js';
import { SourceController } from './source-controller.js';
import { sourceListener } from './source-listener.js';

/** What the controller asks of the element. */
export interface PadHost extends ReactiveControllerHost {
  readonly off: () => boolean;
  readonly penOnly: () => boolean;
  readonly alternatives: () => AlternativesPolicy;
  readonly policyText: () => string;
  readonly texts: () => SignaturePadTexts;
  readonly locale: () => Locale;
  /** False when a listener cancelled the event. */
  readonly fire: (event: Event) => boolean;
  readonly find: (selector: string) => HTMLElement | null;
  /** Runs the release when the element leaves the page. */
  readonly defer: (release: () => void) => void;
}

/** What the pad does: writing, history, sources, alternatives, and what it says meanwhile. */
export class PadController {
  readonly content: PadContent;
  readonly live: LiveRegion;
  readonly pointers: PointerController;
  readonly sources: SourceController;
  readonly #host: PadHost;
  notice: PadNotice = { kind: 'none' };
  /** Signing was asked for, and nothing is there. */
  missing = false;
  /** "Clear all?" is asked now. */
  asking = false;
  #wantedStampId: string | undefined;
  #choice: object | undefined;

  constructor(host: PadHost) {
    this.#host = host;
    this.live = new LiveRegion(() => host.requestUpdate());
    const content = (this.content = new PadContent(() => this.#changed()));
    new ScreenController(
      host,
      () => host.find('.paper'),
      () => content.redraw(),
    );
    this.sources = new SourceController(host, sourceListener(this, host));
    this.pointers = new PointerController({
      open: () => !host.off() && content.mode === 'ink' && !this.#sourceHolds,
      penOnly: host.penOnly,
      view: () => content.surface?.viewOf(content.recorder) ?? { leftPx: 0, topPx: 0, unitsPerPx: 1 },
      begin: (device) => {
        content.begin(device);
        // The hint goes away.
        if (content.recorder.strokes.length === 0) host.requestUpdate();
      },
      extend: (samples, predicted) => content.extend(samples, predicted),
      end: () => content.end(),
      discard: () => content.discard(),
    });
  }

  load(ink: Ink | undefined): void {
    this.content.load(ink);
    this.#quiet();
  }

  /** Brings back what was signed before the page went away. */
  restore(found: { readonly ink: Ink; readonly typedText: string; readonly stampId: string | undefined }): void {
    this.content.typedText = found.typedText;
    this.#wantedStampId = found.stampId;
    this.load(found.ink);
    this.notify({ kind: 'restored' });
    this.live.say(this.#host.texts().restored);
  }

  confirm(): boolean {
    this.pointers.stop();
    if (this.content.empty) {
      this.tellMissing();
      return false;
    }
    this.notify({ kind: 'confirmed' });
    this.live.say(this.#host.texts().confirmed);
    this.#host.fire(new AnjuanInkConfirmedEvent(this.content.counts));
    return true;
  }

  clear(source: ClearTrigger): void {
    const { content } = this;
    if (this.#host.off() || content.empty) return;
    this.pointers.stop();
    const { strokeCount } = content.counts;
    if (!this.#host.fire(new AnjuanRequestClearEvent({ source, strokeCount }))) return;
    content.clear();
    this.sources.session?.clear().catch(() => this.fail('pad-protocol'));
    this.live.say(this.#host.texts().cleared);
  }

  /** "Clear all?": only the keyboard is asked, a stray key is easier than a stray click. */
  async ask(): Promise<void> {
    if (this.content.empty) return;
    if (this.content.mode !== 'ink') return this.clear('keyboard');
    this.asking = true;
    await this.#focus('[data-widget="clear-yes"]');
  }

  answerClear(clear: boolean): void {
    this.asking = false;
    this.#host.requestUpdate();
    if (clear) this.clear('keyboard');
    this.#host.find('.paper')?.focus({ preventScroll: true });
  }

  /** A keyboard user who cannot draw is shown what the policy allows, or who helps. */
  async offerAlternative(): Promise<void> {
    const allowed = this.#host.alternatives();
    const first = allowed === 'none' ? undefined : allowed[0];
    if (first) return this.use(first);
    this.notify({ kind: 'policy' });
    this.live.say(this.#host.policyText());
  }

  async use(mode: PadMode): Promise<void> {
    this.content.use(mode);
    await this.#focus(mode === 'ink' ? '.paper' : '.other input');
  }

  /** The latest choice wins, whichever picture is ready first. */
  async choose(stamp: SignatureStamp): Promise<void> {
    this.#wantedStampId = undefined;
    const choice = (this.#choice = {});
    try {
      const image = await createImageBitmap(stamp.image);
      this.#host.defer(() => image.close());
      if (choice === this.#choice) this.content.choose({ stamp, image });
    } catch {
      if (choice === this.#choice) this.fail('seal-picture-unsupported');
    }
  }

  /** A stamp that was chosen before and is offered (again). */
  chooseWanted(stamps: readonly SignatureStamp[]): void {
    const wanted = stamps.find(({ id }) => id === this.#wantedStampId);
    if (wanted) void this.choose(wanted);
  }

  /** Leaves the page: an open stroke is kept, pictures are given back. */
  leave(): void {
    this.pointers.stop();
    this.#wantedStampId = this.content.stamp?.stamp.id ?? this.#wantedStampId;
    this.content.stamp = undefined;
    this.#choice = undefined;
  }

  tellMissing(): void {
    this.missing = true;
    this.#host.requestUpdate();
    this.#sayError('ink-empty');
  }

  notify(notice: PadNotice): void {
    this.notice = notice;
    this.#host.requestUpdate();
  }

  fail(code: ErrorCode): void {
    this.notify({ kind: 'error', code });
    this.report(code);
  }

  report(code: ErrorCode): void {
    this.#sayError(code);
    this.#host.fire(new AnjuanPadErrorEvent({ code, requestId: null, retryable: true }));
  }

  /** Ink of a signature pad is not mixed with ink of the screen. */
  get #sourceHolds(): boolean {
    const { status } = this.sources.state;
    if (status === 'connecting' || status === 'ready') return true;
    const { kind } = this.content.recorder.device;
    return status === 'failed' && !this.content.empty && (kind === 'tablet' || kind === 'service');
  }

  #changed(): void {
    this.#quiet();
    const { counts } = this.content;
    if (counts.kind === 'ink') this.live.say(this.#host.texts().strokes(counts.strokeCount));
    this.#host.fire(new AnjuanInkChangedEvent(counts));
  }

  #quiet(): void {
    [this.missing, this.asking, this.notice] = [false, false, { kind: 'none' }];
    this.#host.requestUpdate();
  }

  #sayError(code: ErrorCode): void {
    const { title, next } = signErrorParts(code, this.#host.locale());
    this.live.say(`${title} ${next}`);
  }

  async #focus(selector: string): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.find(selector)?.focus({ preventScroll: true });
  }
}
