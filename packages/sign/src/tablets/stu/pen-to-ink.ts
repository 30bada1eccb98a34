import type { InkEvent, InkSample } from '../../ink/ink.js';
import { keyAt, type PadButton, type PadKey } from './buttons.js';
import type { StuCapability } from './feature-reports.js';
import type { StuPenPoint } from './pen-reports.js';
import { SequenceCounter, TimeCounter } from './time-counter.js';

/** The tablet sends this many reports per second over USB, whatever else happens. */
const USB_RATE_HZ = 200;

/** What has been seen on the wire. */
export interface StuStatistics {
  /** Pen reports that came. */
  readonly reports: number;
  /** Reports that never came, by their sequence numbers; 0 where the model has none. */
  readonly missing: number;
}

/** What points are read with, and who hears of them. */
export interface PenToInkOptions {
  readonly capability: StuCapability;
  readonly threshold: { readonly on: number; readonly off: number };
  readonly buttons: readonly PadButton[];
  readonly onEvent: (event: InkEvent) => void;
  readonly onGap: (missingReports: number) => void;
}

/** Turns pen points into ink and key presses. Pure: time comes in with the points. */
export class PenToInk {
  readonly #options: PenToInkOptions;
  readonly #time = new TimeCounter();
  readonly #sequence = new SequenceCounter();
  #state: { readonly status: 'up' | 'ink' } | { readonly status: 'key'; readonly key: PadKey } = { status: 'up' };
  #last: StuPenPoint | undefined;
  #t = 0;
  #firstUs: number | undefined;
  #runUs = 0;
  #reports = 0;
  #missing = 0;

  constructor(options: PenToInkOptions) {
    this.#options = options;
  }

  get statistics(): StuStatistics {
    return { reports: this.#reports, missing: this.#missing };
  }

  /** One point; `arrivedMs` is when its report came. */
  point(point: StuPenPoint, arrivedMs: number): void {
    this.#reports += 1;
    if (point.sequence !== undefined) {
      const { missing, repeated } = this.#sequence.step(point.sequence);
      if (repeated) return;
      if (missing > 0) {
        this.#missing += missing;
        this.#options.onGap(missing);
      }
      this.#runUs += (missing * 1e6) / USB_RATE_HZ;
    }
    this.#runUs += 1e6 / USB_RATE_HZ;
    const clockUs = point.timeCount === undefined ? undefined : this.#time.microseconds(point.timeCount, arrivedMs);
    const { on, off } = this.#options.threshold;
    const down = point.near && (this.#state.status === 'up' ? point.pressure > on : point.pressure > off);
    // Where the pen leaves decides about keys; once it is away, its place means nothing.
    if (point.near) this.#last = point;
    if (down) this.#down(point, clockUs ?? (point.sequence === undefined ? arrivedMs * 1000 : this.#runUs));
    else this.end();
  }

  /** The pen is up, or the tablet gone: ends what was going on. */
  end(): void {
    const state = this.#state;
    this.#state = { status: 'up' };
    if (state.status === 'ink') this.#options.onEvent({ type: 'up' });
    if (state.status === 'key' && this.#last && this.#key(this.#last) === state.key) {
      this.#options.onEvent({ type: state.key });
    }
  }

  /** Lets go of a key without pressing it: the tablet is gone. */
  drop(): void {
    if (this.#state.status === 'key') this.#state = { status: 'up' };
    this.end();
  }

  #down(point: StuPenPoint, us: number): void {
    const { onEvent } = this.#options;
    if (this.#state.status === 'up') {
      const key = this.#key(point);
      this.#state = key ? { status: 'key', key } : { status: 'ink' };
      if (!key) onEvent({ type: 'down', samples: [this.#sample(point, us)] });
    } else if (this.#state.status === 'ink') onEvent({ type: 'move', samples: [this.#sample(point, us)] });
  }

  #key(point: StuPenPoint): PadKey | undefined {
    return keyAt(this.#options.buttons, this.#options.capability, point);
  }

  #sample({ x, y, pressure }: StuPenPoint, us: number): InkSample {
    const { resolution, maxPressure, maxX, maxY } = this.#options.capability;
    this.#firstUs ??= us;
    this.#t = Math.max(this.#t, Math.round(us - this.#firstUs));
    const toHundredths = (units: number): number => Math.round((units * 2540) / resolution);
    return {
      x: toHundredths(Math.min(x, maxX)),
      y: toHundredths(Math.min(y, maxY)),
      t: this.#t,
      f: Math.round((Math.min(pressure, maxPressure) * 65535) / maxPressure),
    };
  }
}
