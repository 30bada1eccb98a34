import type { InkSample } from './ink.js';

/** Point of the centre line with the half width of the pen there, in hundredths of a millimetre. */
export interface NibPoint {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** Widest line as a share of the pad's width: the same look on a phone, a tablet and in the document. */
const WIDEST = 0.007;
/** A line never gets thinner than this share of the widest. */
const THINNEST = 0.28;
/** How much a fast pen without pressure thins the line, per pad width a second. */
const THINNING = 0.8;
/** Weight of the speed before in the running mean. */
const INERTIA = 0.6;

/** How wide the pen writes: by its pressure, else by its speed. One per stroke; deterministic. */
export class Nib {
  readonly #padWidth: number;
  #speed = 0;
  #before: InkSample | undefined;

  constructor(padWidth: number) {
    this.#padWidth = padWidth;
  }

  /** The sample as a point of the centre line. Call it for each sample in order. */
  point(sample: InkSample): NibPoint {
    const before = this.#before ?? sample;
    this.#before = sample;
    const { x, y, f, t } = sample;
    const seconds = (t - before.t) / 1e6;
    if (seconds > 0) {
      const speed = distance(sample, before) / this.#padWidth / seconds;
      this.#speed = INERTIA * this.#speed + (1 - INERTIA) * speed;
    }
    const share = f === undefined ? 1 / (1 + THINNING * this.#speed) : Math.sqrt(f / 65535);
    return { x, y, r: (this.#padWidth * WIDEST * (THINNEST + (1 - THINNEST) * share)) / 2 };
  }
}

/** Distance of two points; `Math.hypot` is not the same in every engine, the square root is. */
export function distance(a: { readonly x: number; readonly y: number }, b: typeof a): number {
  return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
}
