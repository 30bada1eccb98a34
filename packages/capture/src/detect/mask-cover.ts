import type { Quad } from '../picture/quad.js';
import { signedArea } from './geometry.js';

/** Counts marked pixels in convex quads quickly: by sums along rows, every second row. */
export class MaskCover {
  readonly #widthPx: number;
  readonly #heightPx: number;
  readonly #marks: Uint8Array;
  /** Marked pixels left of each place, one more entry than pixels in a row, for the rows that are looked at. */
  readonly #sums: Uint16Array;

  /** `marks` is kept and changed by {@link clear}. */
  constructor(marks: Uint8Array, widthPx: number, heightPx: number, sums?: Uint16Array) {
    this.#widthPx = widthPx;
    this.#heightPx = heightPx;
    this.#marks = marks;
    this.#sums = sums ?? new Uint16Array((widthPx + 1) * Math.ceil(heightPx / ROW_STEP));
    if (sums) return;
    for (let y = 0; y < heightPx; y += ROW_STEP) this.#sumRow(y);
  }

  /** Marked pixels in a quad and pixels of it within the frame. */
  count(quad: Quad): { readonly marked: number; readonly all: number } {
    let [marked, all] = [0, 0];
    eachRow(quad, this.#widthPx, this.#heightPx, ROW_STEP, (y, from, to) => {
      const start = (y / ROW_STEP) * (this.#widthPx + 1);
      marked += (this.#sums[start + to] ?? 0) - (this.#sums[start + from] ?? 0);
      all += to - from;
    });
    return { marked: marked * ROW_STEP, all: all * ROW_STEP };
  }

  /** Takes the marks away in a quad. */
  clear(quad: Quad): void {
    eachRow(quad, this.#widthPx, this.#heightPx, 1, (y, from, to) => {
      this.#marks.fill(0, y * this.#widthPx + from, y * this.#widthPx + to);
      if (y % ROW_STEP === 0) this.#sumRow(y);
    });
  }

  copy(): MaskCover {
    return new MaskCover(this.#marks.slice(), this.#widthPx, this.#heightPx, this.#sums.slice());
  }

  #sumRow(y: number): void {
    const width = this.#widthPx;
    const marks = this.#marks;
    const sums = this.#sums;
    const from = y * width;
    const to = (y / ROW_STEP) * (width + 1) + 1;
    let sum = 0;
    for (let x = 0; x < width; x += 1) {
      sum += marks[from + x] ?? 0;
      sums[to + x] = sum;
    }
  }
}

const ROW_STEP = 2;

/** Calls with the first pixel and the one after the last of each row inside a convex quad. */
function eachRow(
  quad: Quad,
  widthPx: number,
  heightPx: number,
  step: number,
  visit: (y: number, from: number, to: number) => void,
): void {
  const corners = signedArea(quad) >= 0 ? quad : ([quad[0], quad[3], quad[2], quad[1]] as const);
  const [a0, b0, c0, d0] = corners;
  const top = Math.max(0, Math.ceil(Math.min(a0.y, b0.y, c0.y, d0.y) / step - 0.5) * step);
  const bottom = Math.min(heightPx - 1, Math.max(a0.y, b0.y, c0.y, d0.y));
  for (let y = top; y <= bottom; y += step) {
    let from = Infinity;
    let to = -Infinity;
    for (let i = 0; i < 4; i += 1) {
      const a = corners[i] ?? corners[0];
      const b = corners[(i + 1) % 4] ?? corners[0];
      if (a.y > y + 0.5 === b.y > y + 0.5) continue;
      const x = a.x + ((b.x - a.x) * (y + 0.5 - a.y)) / (b.y - a.y);
      from = Math.min(from, x);
      to = Math.max(to, x);
    }
    const first = Math.max(0, Math.round(from));
    const last = Math.min(widthPx, Math.round(to));
    if (last > first) visit(y, first, last);
  }
}
