import type { Quad } from '../picture/quad.js';
import { signedArea } from './geometry.js';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Sampling of quads: every second pixel of every second row. */
const STEP = 2;

/** Share of a quad that lies on a component. */
export function insideShare(quad: Quad, labels: Uint16Array, label: number, size: Size): number {
  let [on, all] = [0, 0];
  eachPlace(quad, size, (at) => {
    all += 1;
    if (labels[at] === label) on += 1;
  });
  return all > 0 ? on / all : 0;
}

/** What of a pile is explained by papers already found. */
export interface Cover {
  readonly totalPx: number;
  /** Pixels of the pile in a quad that no earlier paper covers. */
  fresh(quad: Quad, size: Size): number;
  add(quad: Quad, size: Size): void;
}

export function newCover(labels: Uint16Array, label: number): Cover {
  const open = labels.map((value) => (value === label ? 1 : 0));
  return {
    totalPx: open.reduce((sum, value) => sum + value, 0),
    fresh: (quad, size) => {
      let count = 0;
      eachPlace(quad, size, (at) => (count += open[at] ?? 0));
      return count * STEP * STEP;
    },
    add: (quad, { widthPx, heightPx }) => {
      eachPlace(quad, { widthPx, heightPx }, (at) => {
        for (const place of [at, at + 1, at + widthPx, at + widthPx + 1]) open[place] = 0;
      });
    },
  };
}

/** Calls with every sampled place inside a convex quad. */
function eachPlace(quad: Quad, { widthPx, heightPx }: Size, visit: (at: number) => void): void {
  const corners = signedArea(quad) >= 0 ? quad : [quad[0], quad[3], quad[2], quad[1]];
  const top = Math.max(0, Math.floor(Math.min(...corners.map(({ y }) => y)) / STEP) * STEP);
  const bottom = Math.min(heightPx - 1, Math.max(...corners.map(({ y }) => y)));
  for (let y = top; y <= bottom; y += STEP) {
    let [from, to] = [Infinity, -Infinity];
    corners.forEach((a, i) => {
      const b = corners[(i + 1) % 4] ?? a;
      if (a.y > y + 0.5 === b.y > y + 0.5) return;
      const x = a.x + ((b.x - a.x) * (y + 0.5 - a.y)) / (b.y - a.y);
      from = Math.min(from, x);
      to = Math.max(to, x);
    });
    const last = Math.min(widthPx - 1, to - 0.5);
    for (let x = Math.max(0, Math.ceil((from - 0.5) / STEP) * STEP); x <= last; x += STEP) visit(y * widthPx + x);
  }
}
