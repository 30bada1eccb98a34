import fc from 'fast-check';
import type { BilevelRaster } from '../../picture/raster.js';

/** Small pictures of any width: noise of any density, white, black, rows that repeat the one above. */
export function bilevelRasters(): fc.Arbitrary<BilevelRaster> {
  return fc
    .record({
      widthPx: fc.integer({ min: 1, max: 90 }),
      heightPx: fc.integer({ min: 1, max: 24 }),
      density: fc.constantFrom(0, 0.03, 0.3, 0.5, 0.97, 1),
      repeats: fc.constantFrom(0, 0.5, 0.9),
      seed: fc.nat(),
    })
    .map(({ widthPx, heightPx, density, repeats, seed }) => {
      const next = numbers(seed);
      const rows: boolean[][] = [];
      for (let y = 0; y < heightPx; y += 1) {
        const above = rows[y - 1];
        const fresh = above === undefined || next() >= repeats;
        rows.push(fresh ? Array.from({ length: widthPx }, () => next() < density) : above);
      }
      return rasterOf(rows);
    });
}

/** A raster of rows of pixels, true for black. */
export function rasterOf(rows: readonly (readonly boolean[])[]): BilevelRaster {
  const widthPx = rows[0]?.length ?? 0;
  const rowBytes = Math.ceil(widthPx / 8);
  const data = new Uint8Array(rowBytes * rows.length);
  for (const [y, row] of rows.entries()) {
    for (const [x, black] of row.entries()) {
      const at = y * rowBytes + (x >> 3);
      if (black) data[at] = (data[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { widthPx, heightPx: rows.length, rowBytes, data };
}

/** Repeatable numbers from 0 to 1. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 0x1000000;
  };
}
