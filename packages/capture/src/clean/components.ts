import type { BilevelRaster } from '../picture/raster.js';

/** Black runs of a picture, joined (8 neighbours) to components. All lists are by number. */
export interface Components {
  readonly runCount: number;
  readonly runRow: Int32Array;
  /** First pixel of a run, and the first behind it. */
  readonly runFrom: Int32Array;
  readonly runTo: Int32Array;
  /** Component of a run, from 0. */
  readonly runComponent: Int32Array;
  readonly count: number;
  /** Black pixels of a component. */
  readonly area: Int32Array;
  readonly left: Int32Array;
  readonly top: Int32Array;
  /** First column and row behind the component. */
  readonly right: Int32Array;
  readonly bottom: Int32Array;
}

/** Runs of black pixels, row by row. */
class Runs {
  row = new Int32Array(1 << 14);
  from = new Int32Array(1 << 14);
  to = new Int32Array(1 << 14);
  count = 0;

  add(row: number, from: number, to: number): void {
    if (this.count === this.row.length) {
      this.row = grown(this.row);
      this.from = grown(this.from);
      this.to = grown(this.to);
    }
    this.row[this.count] = row;
    this.from[this.count] = from;
    this.to[this.count] = to;
    this.count += 1;
  }
}

function grown(list: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(list.length * 2);
  larger.set(list);
  return larger;
}

/** Everything that hangs together in a black-and-white picture. */
export function findComponents(picture: BilevelRaster): Components {
  const runs = new Runs();
  const rows = new Int32Array(picture.heightPx + 1);
  for (let row = 0; row < picture.heightPx; row += 1) {
    rows[row] = runs.count;
    addRow(runs, picture, row);
  }
  rows[picture.heightPx] = runs.count;
  const parent = joinRows(runs, rows);
  return measure(runs, parent);
}

function addRow(runs: Runs, { widthPx, rowBytes, data }: BilevelRaster, row: number): void {
  let from = -1;
  for (let i = 0, at = row * rowBytes; i < rowBytes; i += 1, at += 1) {
    const byte = data[at] ?? 0;
    if (byte === 0 && from < 0) continue;
    if (byte === 255 && from >= 0) continue;
    for (let bit = 0; bit < 8; bit += 1) {
      const black = (byte & (0x80 >> bit)) !== 0;
      if (black && from < 0) from = i * 8 + bit;
      else if (!black && from >= 0) {
        runs.add(row, from, i * 8 + bit);
        from = -1;
      }
    }
  }
  if (from >= 0) runs.add(row, from, widthPx);
}

/** Joins each run with those of the row above that it touches; returns the root of each run's tree, by number. */
function joinRows(runs: Runs, rows: Int32Array): Int32Array {
  const parent = new Int32Array(runs.count);
  for (let i = 0; i < runs.count; i += 1) parent[i] = i;
  for (let row = 1; row + 1 < rows.length; row += 1) {
    let above = rows[row - 1] ?? 0;
    const aboveEnd = rows[row] ?? 0;
    const end = rows[row + 1] ?? 0;
    for (let run = aboveEnd; run < end; run += 1) {
      const from = runs.from[run] ?? 0;
      const to = runs.to[run] ?? 0;
      while (above < aboveEnd && (runs.to[above] ?? 0) < from) above += 1;
      for (let other = above; other < aboveEnd && (runs.from[other] ?? 0) <= to; other += 1) {
        join(parent, other, run);
      }
    }
  }
  for (let i = 0; i < runs.count; i += 1) parent[i] = root(parent, i);
  return parent;
}

function root(parent: Int32Array, at: number): number {
  let top = at;
  for (let next = parent[top] ?? top; next !== top; next = parent[top] ?? top) {
    parent[top] = parent[next] ?? next;
    top = next;
  }
  return top;
}

function join(parent: Int32Array, one: number, other: number): void {
  const [a, b] = [root(parent, one), root(parent, other)];
  // The earlier run is the root, so components are numbered from the top.
  if (a < b) parent[b] = a;
  else if (b < a) parent[a] = b;
}

function measure(runs: Runs, roots: Int32Array): Components {
  const runComponent = new Int32Array(runs.count);
  let count = 0;
  for (let i = 0; i < runs.count; i += 1) {
    const top = roots[i] ?? i;
    if (top === i) {
      runComponent[i] = count;
      count += 1;
    } else runComponent[i] = runComponent[top] ?? 0;
  }
  const area = new Int32Array(count);
  const left = new Int32Array(count).fill(0x7fffffff);
  const top = new Int32Array(count).fill(-1);
  const right = new Int32Array(count);
  const bottom = new Int32Array(count);
  for (let i = 0; i < runs.count; i += 1) {
    const component = runComponent[i] ?? 0;
    const [from, to, row] = [runs.from[i] ?? 0, runs.to[i] ?? 0, runs.row[i] ?? 0];
    area[component] = (area[component] ?? 0) + to - from;
    left[component] = Math.min(left[component] ?? 0, from);
    right[component] = Math.max(right[component] ?? 0, to);
    if (top[component] === -1) top[component] = row;
    bottom[component] = row + 1;
  }
  return {
    runCount: runs.count,
    runRow: runs.row,
    runFrom: runs.from,
    runTo: runs.to,
    runComponent,
    count,
    area,
    left,
    top,
    right,
    bottom,
  };
}
