import type { AngledEdges } from './angled-edges.js';
import type { Line } from './lines.js';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

const BIN_PX = 2;
const REACH_PX = 2;

/** What lies along a line: how much of any stretch of it is really an edge, and of one kind. */
export class LineSupport {
  readonly #anySum: Uint16Array;
  readonly #signSum: Int16Array;
  readonly #start: number;

  /** `near` is room to work in, see {@link AngledEdges.collect}. */
  constructor(line: Line, edges: AngledEdges, size: Size, near: Float32Array) {
    const { cos, sin, offset } = line;
    // What lies outside the frame is no edge; pages may reach a little out of it.
    const margin = 0.15 * (size.widthPx + size.heightPx);
    const start = Math.min(0, size.heightPx * cos) + Math.min(0, -size.widthPx * sin) - margin;
    const end = Math.max(0, size.heightPx * cos) + Math.max(0, -size.widthPx * sin) + margin;
    const bins = Math.ceil((end - start) / BIN_PX) + 2;
    this.#start = start;
    const plus = new Uint8Array(bins);
    const minus = new Uint8Array(bins);
    const count = edges.collect(cos, sin, offset, REACH_PX, near);
    for (let i = 0; i < count; i += 3) {
      const bin = ((near[i + 1] ?? 0) * cos - (near[i] ?? 0) * sin - start) / BIN_PX;
      if ((near[i + 2] ?? 0) > 0) plus[bin | 0] = 1;
      else minus[bin | 0] = 1;
    }
    const anySum = new Uint16Array(bins + 1);
    const signSum = new Int16Array(bins + 1);
    let [any, sign] = [0, 0];
    for (let bin = 0; bin < bins; bin += 1) {
      const p = plus[bin] ?? 0;
      const m = minus[bin] ?? 0;
      any += p | m;
      sign += p - m;
      anySum[bin + 1] = any;
      signSum[bin + 1] = sign;
    }
    this.#anySum = anySum;
    this.#signSum = signSum;
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
