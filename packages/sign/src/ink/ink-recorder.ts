import type { Ink, InkDevice, InkSample, InkStroke } from './ink.js';

/** One state of the pad; the history is a row of these. */
interface InkState {
  readonly width: number;
  readonly height: number;
  readonly device: InkDevice;
  readonly strokes: readonly InkStroke[];
}

/** Trust in what wrote: a mixed ink is as good as its weakest part. */
const RANKS: readonly InkDevice['kind'][] = ['mouse', 'touch', 'pen'];

/**
 * Collects samples as they are delivered: whole hundredths of a millimetre, time that never falls, nothing dropped or
 * merged. Undo, redo and clear move along a history; a new stroke ends what could be redone.
 */
export class InkRecorder {
  #now: InkState;
  #past: InkState[] = [];
  #future: InkState[] = [];
  #open: { readonly samples: InkSample[]; readonly device: InkDevice; readonly before: InkState } | undefined;
  /** Latest time of all that was ever written, in microseconds. */
  #latestUs = 0;
  /** What the clock of the source showed at time zero. */
  #zeroUs: number | undefined;

  constructor(state: Pick<InkState, 'width' | 'height'> & { readonly device?: InkDevice }) {
    this.#now = { device: { kind: 'mouse' }, ...state, strokes: [] };
  }

  get width(): number {
    return this.#now.width;
  }

  get height(): number {
    return this.#now.height;
  }

  /** What wrote the finished strokes. */
  get device(): InkDevice {
    return this.#now.device;
  }

  /** Finished strokes. */
  get strokes(): readonly InkStroke[] {
    return this.#now.strokes;
  }

  /** Samples of the stroke that is being written. */
  get openSamples(): readonly InkSample[] {
    return this.#open?.samples ?? [];
  }

  get writing(): boolean {
    return this.#open !== undefined;
  }

  /** By the data, never by pixels. */
  get empty(): boolean {
    return this.#now.strokes.length === 0 && !this.#open;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  get sampleCount(): number {
    return this.#now.strokes.reduce((sum, { samples }) => sum + samples.length, this.openSamples.length);
  }

  /** What was written, time from its first sample on; a stroke that is still open is part of it. */
  get ink(): Ink {
    const { width, height } = this.#now;
    const open = this.#open;
    const finished = this.#now.strokes;
    const strokes = open ? [...finished, { samples: [...open.samples] }] : finished;
    const device = open && finished.length > 0 ? weaker(this.#now.device, open.device) : (open ?? this.#now).device;
    const start = strokes[0]?.samples[0]?.t ?? 0;
    return { schema: 'ink/1', width, height, device, strokes: start === 0 ? strokes : strokes.map(shift(start)) };
  }

  /**
   * Pen down. A stroke that is still open is finished first. Another size or kind of pad (tablet after screen) starts
   * an empty sheet; what was there can be brought back by undo.
   */
  begin(device: InkDevice, sheet: { readonly width: number; readonly height: number } = this.#now): void {
    this.end();
    const before = this.#now;
    const same = before.width === sheet.width && before.height === sheet.height;
    const mixes = RANKS.includes(device.kind) === RANKS.includes(before.device.kind);
    if (before.strokes.length === 0 || !same || !mixes) {
      this.#now = { width: sheet.width, height: sheet.height, device, strokes: [] };
    }
    this.#open = { samples: [], device, before };
  }

  /** Adds samples of the open stroke; `t` is by the clock of their source, in microseconds. */
  add(samples: readonly InkSample[]): void {
    const open = this.#open;
    if (!open) return;
    for (const sample of samples) {
      this.#zeroUs ??= sample.t - this.#latestUs;
      this.#latestUs = Math.max(this.#latestUs, Math.round(sample.t - this.#zeroUs));
      open.samples.push({ ...sample, x: Math.round(sample.x), y: Math.round(sample.y), t: this.#latestUs });
    }
  }

  /** Pen up, also when the pointer or the pad was lost: what was written stays. False when nothing was open. */
  end(): boolean {
    const open = this.#open;
    if (!open || open.samples.length === 0) {
      this.discard();
      return false;
    }
    this.#open = undefined;
    const { strokes, device } = this.#now;
    this.#past.push(open.before);
    this.#future = [];
    this.#now = {
      ...this.#now,
      device: strokes.length > 0 ? weaker(device, open.device) : open.device,
      strokes: [...strokes, { samples: open.samples }],
    };
    return true;
  }

  /** Takes the open stroke back: it was a palm, not a pen. */
  discard(): void {
    if (this.#open) this.#now = this.#open.before;
    this.#open = undefined;
  }

  undo(): boolean {
    this.end();
    const before = this.#past.pop();
    if (!before) return false;
    this.#future.push(this.#now);
    this.#now = before;
    return true;
  }

  redo(): boolean {
    const after = this.#open ? undefined : this.#future.pop();
    if (!after) return false;
    this.#past.push(this.#now);
    this.#now = after;
    return true;
  }

  /** Empties the sheet; undo brings it back. */
  clear(): boolean {
    this.end();
    if (this.#now.strokes.length === 0) return false;
    this.#past.push(this.#now);
    this.#future = [];
    this.#now = { ...this.#now, strokes: [] };
    return true;
  }

  /** Puts ink from elsewhere on the sheet and forgets the history. */
  load(ink: Ink): void {
    const { width, height, device, strokes } = ink;
    this.#open = undefined;
    this.#past = [];
    this.#future = [];
    this.#now = { width, height, device, strokes };
    this.#latestUs = strokes.at(-1)?.samples.at(-1)?.t ?? 0;
    this.#zeroUs = undefined;
  }

  /** A source starts its clock anew: its next sample comes right after the latest. */
  restartClock(): void {
    this.#zeroUs = undefined;
  }
}

function weaker(a: InkDevice, b: InkDevice): InkDevice {
  return RANKS.indexOf(b.kind) < RANKS.indexOf(a.kind) ? b : a;
}

function shift(start: number): (stroke: InkStroke) => InkStroke {
  return ({ samples }) => ({ samples: samples.map((sample) => ({ ...sample, t: sample.t - start })) });
}
