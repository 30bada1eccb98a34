import type { EdgePixels } from './edges.js';
import { isAcross, type Line } from './lines.js';

const BIN_PX = 2;
const REACH_PX = 2;

/** What lies along a line: how much of any stretch of it is really an edge, and of one kind. */
export class LineSupport {
  readonly #anySum: Uint16Array;
  readonly #signSum: Int16Array;
  readonly #start: number;

  constructor(line: Line, { count, places }: EdgePixels, reachPx: number) {
    const bins = Math.ceil((2 * reachPx) / BIN_PX) + 2;
    this.#start = -reachPx;
    const plus = new Uint8Array(bins);
    const minus = new Uint8Array(bins);
    const { cos, sin, offset } = line;
    for (let i = 0; i < count; i += 1) {
      const x = places[i * 4] ?? 0;
      const y = places[i * 4 + 1] ?? 0;
      if (Math.abs(x * cos + y * sin - offset) > REACH_PX) continue;
      const gx = places[i * 4 + 2] ?? 0;
      const gy = places[i * 4 + 3] ?? 0;
      if (!isAcross(gx, gy, cos, sin)) continue;
      const bin = Math.floor((y * cos - x * sin - this.#start) / BIN_PX);
      if (gx * cos + gy * sin > 0) plus[bin] = 1;
      else minus[bin] = 1;
    }
    this.#anySum = new Uint16Array(bins + 1);
    this.#signSum = new Int16Array(bins + 1);
    for (let bin = 0; bin < bins; bin += 1) {
      const [p, m] = [plus[bin] ?? 0, minus[bin] ?? 0];
      this.#anySum[bin + 1] = (this.#anySum[bin] ?? 0) + (p | m);
      this.#signSum[bin + 1] = (this.#signSum[bin] ?? 0) + p - m;
    }
  }

  /** Share of the stretch that is an edge, 0 to 1; a quarter of it counts only where all is dark to bright or all the other way. */
  share(from: number, to: number): number {
    const low = this.#bin(Math.min(from, to));
    const high = this.#bin(Math.max(from, to));
    if (high <= low) return 0;
    const any = (this.#anySum[high] ?? 0) - (this.#anySum[low] ?? 0);
    const sign = Math.abs((this.#signSum[high] ?? 0) - (this.#signSum[low] ?? 0));
    return (3 * any + sign) / (4 * (high - low));
  }

  /** Share of the stretch that is an edge of any kind: a thin dark line counts in full. */
  anyShare(from: number, to: number): number {
    const low = this.#bin(Math.min(from, to));
    const high = this.#bin(Math.max(from, to));
    return high <= low ? 0 : ((this.#anySum[high] ?? 0) - (this.#anySum[low] ?? 0)) / (high - low);
  }

  #bin(along: number): number {
    const bin = Math.round((along - this.#start) / BIN_PX);
    return Math.max(0, Math.min(this.#anySum.length - 1, bin));
  }
}
