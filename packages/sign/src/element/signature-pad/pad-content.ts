import type { Ink, InkDevice, InkSample } from '../../ink/ink.js';
import { InkRecorder } from '../../ink/ink-recorder.js';
import type { PadMode, SignatureStamp } from './alternatives.js';
import type { Overlay } from './overlay.js';
import type { InkSurface } from './ink-surface.js';
import type { InkCounts } from './signature-pad-events.js';

/** Sheet of typed and stamped signatures: the same on every screen, so that equal signatures have equal digests. */
const FIXED_SHEET = { width: 8000, height: 3200 };

/** A stamp with its picture ready to be drawn. */
export interface DecodedStamp {
  readonly stamp: SignatureStamp;
  readonly image: ImageBitmap;
}

/** What is on the sheet: ink with its history, or a typed name, or a stamp; and its picture on the surface. */
export class PadContent {
  readonly recorder = new InkRecorder({ width: 1, height: 1 });
  readonly #changed: () => void;
  surface: InkSurface | undefined;
  mode: PadMode = 'ink';
  typedText = '';
  typedFont = '';
  stamp: DecodedStamp | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get empty(): boolean {
    if (this.mode === 'typed') return this.typedText.trim() === '';
    return this.mode === 'stamped' ? !this.stamp : this.recorder.empty;
  }

  /** Undefined when nothing was signed. Typed and stamped signatures have no strokes. */
  get ink(): Ink | undefined {
    if (this.empty) return undefined;
    if (this.mode === 'ink') return this.recorder.ink;
    return { schema: 'ink/1', ...FIXED_SHEET, device: { kind: this.mode }, strokes: [] };
  }

  get counts(): InkCounts {
    const inked = this.mode === 'ink';
    return {
      kind: this.mode,
      strokeCount: inked ? this.recorder.strokes.length : 0,
      sampleCount: inked ? this.recorder.sampleCount : 0,
      empty: this.empty,
    };
  }

  get overlay(): Overlay | undefined {
    if (this.empty) return undefined;
    if (this.mode === 'typed') return { kind: 'typed', text: this.typedText.trim(), font: this.typedFont };
    return this.mode === 'stamped' && this.stamp
      ? { kind: 'stamped', image: this.stamp.image, blob: this.stamp.stamp.image }
      : undefined;
  }

  /** Sheet of the ink; the paper on the screen while there is none. */
  get sheet(): { readonly width: number; readonly height: number } {
    if (this.mode !== 'ink') return FIXED_SHEET;
    return this.recorder.empty ? this.#paper : this.recorder;
  }

  get #paper(): { readonly width: number; readonly height: number } {
    return this.surface?.paperSheet ?? { width: 1, height: 1 };
  }

  /** Pen down; a tablet brings its own sheet. */
  begin(device: InkDevice, sheet = this.sheet): void {
    const before = this.mode === 'ink' ? this.recorder.strokes : undefined;
    this.mode = 'ink';
    this.recorder.begin(device, sheet);
    if (this.recorder.strokes !== before) this.redraw();
    this.surface?.begin(this.recorder);
  }

  extend(samples: readonly InkSample[], predicted: readonly InkSample[] = []): void {
    const from = this.recorder.openSamples.length;
    this.recorder.add(samples);
    this.surface?.extend(this.recorder.openSamples.slice(from), predicted);
  }

  /** Pen up or lost; what was written stays. */
  end(): void {
    if (!this.recorder.writing) return;
    const kept = this.recorder.end();
    this.surface?.end({ keep: kept });
    if (kept) this.#changed();
  }

  /** It was a palm. */
  discard(): void {
    const { strokes } = this.recorder;
    this.recorder.discard();
    this.surface?.end({ keep: false });
    if (this.recorder.strokes !== strokes) this.redraw();
  }

  undo(): boolean {
    return this.mode === 'ink' && this.#moved(this.recorder.undo());
  }

  redo(): boolean {
    return this.mode === 'ink' && this.#moved(this.recorder.redo());
  }

  /** Empties what is shown. */
  clear(): boolean {
    if (this.empty) return false;
    if (this.mode === 'typed') this.typedText = '';
    else if (this.mode === 'stamped') this.stamp = undefined;
    else return this.#moved(this.recorder.clear());
    return this.#moved(true);
  }

  /** Other content from outside, or none; the history of strokes is forgotten. */
  load(ink: Ink | undefined): void {
    const { kind } = ink?.device ?? { kind: 'pen' };
    this.mode = kind === 'typed' || kind === 'stamped' ? kind : 'ink';
    const none: Ink = { schema: 'ink/1', ...this.#paper, device: { kind: 'mouse' }, strokes: [] };
    this.recorder.load(this.mode === 'ink' ? (ink ?? none) : none);
    if (!ink) [this.typedText, this.stamp] = ['', undefined];
    this.redraw();
  }

  /** Hand, keyboard or stamp; what the others hold stays for the way back. */
  use(mode: PadMode): void {
    this.end();
    if (this.mode === mode) return;
    this.mode = mode;
    this.#moved(true);
  }

  type(text: string): void {
    this.typedText = text;
    if (this.mode === 'typed') this.#moved(true);
  }

  choose(stamp: DecodedStamp | undefined): void {
    this.stamp = stamp;
    if (this.mode === 'stamped') this.#moved(true);
  }

  /** Draws everything anew from data. */
  redraw(): void {
    const { mode, recorder, overlay } = this;
    const inked = mode === 'ink';
    this.surface?.redraw(this.sheet, inked ? recorder.strokes : [], { open: recorder.openSamples, overlay });
  }

  #moved(moved: boolean): boolean {
    if (moved) {
      this.redraw();
      this.#changed();
    }
    return moved;
  }
}
