import type { Point } from '../picture/quad.js';

/** A connected area of a mask. */
export interface Component {
  /** Its number in the label plane. */
  readonly label: number;
  readonly areaPx: number;
  /** First and last pixel of each of its rows, as corners of those pixels. */
  readonly outline: readonly Point[];
}

export interface Components {
  /** 0 for background, else the number of the component. */
  readonly labels: Uint16Array;
  readonly all: readonly Component[];
}

/** Areas of at least `leastPx` pixels, four neighbours each, largest first. */
export function findComponents(mask: Uint8Array, widthPx: number, heightPx: number, leastPx: number): Components {
  const labels = new Uint16Array(mask.length);
  const queue = new Int32Array(mask.length);
  const all: Component[] = [];
  let next = 1;
  for (let start = 0; start < mask.length; start += 1) {
    if (!mask[start] || labels[start]) continue;
    const label = Math.min(next, 65_535);
    next += 1;
    const areaPx = flood({ mask, labels, queue, widthPx, heightPx }, start, label);
    if (areaPx >= leastPx) all.push({ label, areaPx, outline: outlineOf(queue, areaPx, widthPx, heightPx) });
  }
  return { labels, all: all.sort((a, b) => b.areaPx - a.areaPx) };
}

interface Field {
  readonly mask: Uint8Array;
  readonly labels: Uint16Array;
  readonly queue: Int32Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Marks everything reachable; `queue` holds its pixels afterwards. */
function flood({ mask, labels, queue, widthPx, heightPx }: Field, start: number, label: number): number {
  let count = 1;
  queue[0] = start;
  labels[start] = label;
  const visit = (at: number): void => {
    if (mask[at] && !labels[at]) {
      labels[at] = label;
      queue[count] = at;
      count += 1;
    }
  };
  for (let i = 0; i < count; i += 1) {
    const at = queue[i] ?? 0;
    const x = at % widthPx;
    if (x > 0) visit(at - 1);
    if (x < widthPx - 1) visit(at + 1);
    if (at >= widthPx) visit(at - widthPx);
    if (at < widthPx * (heightPx - 1)) visit(at + widthPx);
  }
  return count;
}

function outlineOf(pixels: Int32Array, count: number, widthPx: number, heightPx: number): Point[] {
  const first = new Int32Array(heightPx).fill(widthPx);
  const last = new Int32Array(heightPx).fill(-1);
  for (let i = 0; i < count; i += 1) {
    const at = pixels[i] ?? 0;
    const y = Math.floor(at / widthPx);
    const x = at - y * widthPx;
    if (x < (first[y] ?? 0)) first[y] = x;
    if (x > (last[y] ?? 0)) last[y] = x;
  }
  const points: Point[] = [];
  for (let y = 0; y < heightPx; y += 1) {
    const [from, to] = [first[y] ?? 0, last[y] ?? -1];
    if (to < from) continue;
    points.push({ x: from, y }, { x: from, y: y + 1 }, { x: to + 1, y }, { x: to + 1, y: y + 1 });
  }
  return points;
}
