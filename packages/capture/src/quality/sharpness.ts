import { shrinkGray } from '../clean/downscale.js';
import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster } from '../picture/raster.js';

/** Pictures are judged at this size: A4 at 150 dpi. */
const JUDGED_PX = 1800;
const TILE_PX = 16;
/** A tile holds print when it spans this many levels at least, and this share of the widest span. */
const LEAST_SPAN = 36;
const SPAN_SHARE = 0.4;
const LEAST_TILES = 6;

/**
 * How steep edges are, whatever is printed: the largest step between neighbours as a share of the whole span, in tiles
 * with print, along rows and along columns (a shaken picture is blurred along one only). 1: from black to white within
 * one pixel at 150 dpi; 0.2: within five. 0 for a picture without print.
 */
export function sharpness(kernels: Kernels, gray: GrayRaster): number {
  const tiles = judgeTiles(shrinkGray(kernels, gray, JUDGED_PX));
  const widest = tiles.reduce((most, { span }) => Math.max(most, span), 0);
  const print = tiles.filter(({ span }) => span >= Math.max(LEAST_SPAN, widest * SPAN_SHARE));
  if (print.length < LEAST_TILES) return 0;
  // A tile with a ruled line has steps in one direction only: look at the better tiles of each.
  return Math.min(upper(print.map(({ across }) => across)), upper(print.map(({ down }) => down)));
}

interface Tile {
  readonly span: number;
  readonly across: number;
  readonly down: number;
}

function judgeTiles({ widthPx, heightPx, data }: GrayRaster): Tile[] {
  const tiles: Tile[] = [];
  for (let top = 0; top + TILE_PX < heightPx; top += TILE_PX) {
    for (let left = 0; left + TILE_PX < widthPx; left += TILE_PX) {
      let [least, most, across, down] = [255, 0, 0, 0];
      for (let y = top; y < top + TILE_PX; y += 1) {
        for (let x = left, at = y * widthPx + left; x < left + TILE_PX; x += 1, at += 1) {
          const value = data[at] ?? 0;
          if (value < least) least = value;
          if (value > most) most = value;
          const right = Math.abs((data[at + 1] ?? 0) - value);
          if (right > across) across = right;
          const below = Math.abs((data[at + widthPx] ?? 0) - value);
          if (below > down) down = below;
        }
      }
      const span = most - least;
      if (span >= LEAST_SPAN) tiles.push({ span, across: across / span, down: down / span });
    }
  }
  return tiles;
}

function upper(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.7)] ?? 0;
}
