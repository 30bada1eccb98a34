import type { EdgePixels } from './edges.js';

const CELLS = 512;

/** At most about `limit` edges, the strongest: on a patterned cloth there are too many to look at all. */
export function strongestEdges(edges: EdgePixels, limit: number): EdgePixels {
  const { count, places } = edges;
  if (count <= limit) return edges;
  const histogram = new Uint32Array(CELLS);
  for (let i = 0; i < count; i += 1) {
    const cell = cellOf(places, i * 4);
    histogram[cell] = (histogram[cell] ?? 0) + 1;
  }
  let least = CELLS - 1;
  for (let left = limit - (histogram[least] ?? 0); left > 0 && least > 0; left -= histogram[least] ?? 0) least -= 1;
  const kept = new Int16Array(count * 4);
  let size = 0;
  for (let i = 0; i < count * 4; i += 4) {
    if (cellOf(places, i) < least) continue;
    for (let part = 0; part < 4; part += 1) kept[size + part] = places[i + part] ?? 0;
    size += 4;
  }
  return { count: size / 4, places: kept.subarray(0, size) };
}

function cellOf(places: Int16Array, at: number): number {
  return Math.min(CELLS - 1, (Math.abs(places[at + 2] ?? 0) + Math.abs(places[at + 3] ?? 0)) >> 2);
}
