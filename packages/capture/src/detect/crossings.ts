import type { Line } from './lines.js';

/** Crossings of all lines with each other; entry `i * count + j` belongs to lines i and j. */
export interface Crossings {
  readonly count: number;
  /** 1 where the lines cross at a fair angle in the frame or a little outside it. */
  readonly usable: Uint8Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Place of the crossing along line i. */
  readonly along: Float32Array;
}

/** Corners may lie this far outside the frame, share of its longer side. */
const OUTSIDE = 0.06;
/** Sine of the least angle between neighbouring sides. */
const LEAST_SINE = 0.55;

export function crossAll(
  lines: readonly Line[],
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): Crossings {
  const count = lines.length;
  const usable = new Uint8Array(count * count);
  const [x, y, along] = [0, 1, 2].map(() => new Float32Array(count * count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const margin = OUTSIDE * Math.max(widthPx, heightPx);
  lines.forEach((a, i) => {
    lines.forEach((b, j) => {
      const det = a.cos * b.sin - a.sin * b.cos;
      if (Math.abs(det) < LEAST_SINE) return;
      const at = i * count + j;
      const px = (a.offset * b.sin - b.offset * a.sin) / det;
      const py = (b.offset * a.cos - a.offset * b.cos) / det;
      x[at] = px;
      y[at] = py;
      along[at] = py * a.cos - px * a.sin;
      const isNear = px >= -margin && py >= -margin && px <= widthPx + margin && py <= heightPx + margin;
      usable[at] = isNear ? 1 : 0;
    });
  });
  return { count, usable, x, y, along };
}
