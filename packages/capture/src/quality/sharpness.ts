import { shrinkGray } from '../clean/downscale.js';
import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster } from '../picture/raster.js';

/** Pictures are judged at this size: A4 at 150 dpi. */
const JUDGED_PX = 1800;
const TILE_PX = 16;
/** How far on both sides of an edge the whole span is looked for. */
const REACH_PX = 7;
/** A tile holds print when it spans this many levels at least, and this share of the widest span. */
const LEAST_SPAN = 36;
const SPAN_SHARE = 0.4;
const LEAST_TILES = 6;

/**
 * How steep edges are, whatever is printed: the largest step between neighbours as a share of the whole span around it, in tiles with print; the worse of both directions, as a shaken picture is blurred along one only.
 * 1: from black to white within one pixel at 150 dpi; 0.2: within five. 0 for a picture without print.
 */
export function sharpness(kernels: Kernels, gray: GrayRaster): number {
  const small = shrinkGray(kernels, gray, JUDGED_PX);
  const across = new Edges();
  const down = new Edges();
  for (let top = 0; top + TILE_PX < small.heightPx; top += TILE_PX) {
    for (let left = 0; left + TILE_PX < small.widthPx; left += TILE_PX) {
      const at = top * small.widthPx + left;
      across.addTile(small.data, at, 1, small.widthPx);
      down.addTile(small.data, at, small.widthPx, 1);
    }
  }
  const scores = [across.score(), down.score()].filter((score) => score > 0);
  return scores.length === 0 ? 0 : Math.min(...scores);
}

/** The clearest edge of each tile along one direction. */
class Edges {
  readonly #spans: number[] = [];
  readonly #steps: number[] = [];

  addTile(data: Uint8Array, start: number, along: number, across: number): void {
    let [best, bestAt] = [0, start];
    for (let line = 0; line < TILE_PX; line += 2) {
      let at = start + line * across;
      for (let i = 0; i < TILE_PX; i += 1, at += along) {
        const value = data[at] ?? 0;
        const step = Math.abs((data[at + along] ?? 0) - value);
        // Edges that run askew look soft along a row.
        if (step <= best || step < 1.7 * Math.abs((data[at + across] ?? 0) - value)) continue;
        best = step;
        bestAt = at;
      }
    }
    let [least, most] = [255, 0];
    for (let i = -REACH_PX; i <= REACH_PX + 1; i += 1) {
      const value = data[bestAt + i * along];
      if (value === undefined) continue;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (most - least < LEAST_SPAN) return;
    this.#spans.push(most - least);
    this.#steps.push(best);
  }

  /** 0 without print. */
  score(): number {
    const widest = this.#spans.reduce((most, span) => Math.max(most, span), 0);
    const shares = this.#spans.flatMap((span, i) =>
      span >= widest * SPAN_SHARE ? [(this.#steps[i] ?? 0) / span] : [],
    );
    if (shares.length < LEAST_TILES) return 0;
    return shares.sort((a, b) => a - b)[Math.floor(shares.length * 0.7)] ?? 0;
  }
}
