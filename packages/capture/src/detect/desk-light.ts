import type { Planes } from './planes.js';

/** The empty desk at the size of a frame: three planes of means and of deviations, see `MatModel`. */
export interface Desk {
  readonly mean: Uint8Array;
  readonly deviation: Uint8Array;
}

/** Pixels of the shrunk frame a tile is wide and high. */
const TILE_PX = 8;
/** Differences within a tile, in times the usual noise, that bare desk stays below. */
const BARE = 1;
/** By how much of its light a tile may differ from the next one: a soft shadow turns slowly, the edge of a paper at once. */
const STEP_SHARE = 0.012;
const STEP_LEVELS = 0.6;
const SEED_SHARE = 0.03;
const SWEEPS = 12;

/**
 * Light on the desk compared with the calibration, for each pixel of a row at a time: soft shadows and a lamp that was
 * moved are no papers. Known where bare desk is reached from the border of the frame in small steps, filled in smoothly
 * where papers lie.
 */
export class DeskLight {
  readonly #columns: number;
  readonly #rows: number;
  readonly #gains: Float32Array;

  /** `usual`: the ratio that most of the border of the frame agrees on. */
  constructor(planes: Planes, desk: Desk, usual: number) {
    this.#columns = Math.max(1, Math.floor(planes.widthPx / TILE_PX));
    this.#rows = Math.max(1, Math.floor(planes.heightPx / TILE_PX));
    const measured = this.#measure(planes, desk);
    this.#gains = this.#spread(measured, usual);
  }

  /** Ratios along row `y`, written into `out`. */
  row(y: number, out: Float32Array): void {
    const columns = this.#columns;
    const down = clamp((y + 0.5) / TILE_PX - 0.5, this.#rows - 1);
    const upper = Math.floor(down) * columns;
    const lower = Math.min(this.#rows - 1, Math.floor(down) + 1) * columns;
    const share = down - Math.floor(down);
    for (let x = 0; x < out.length; x += 1) {
      const across = clamp((x + 0.5) / TILE_PX - 0.5, columns - 1);
      const left = Math.floor(across);
      const right = Math.min(columns - 1, left + 1);
      const above = mix(this.#gains[upper + left] ?? 1, this.#gains[upper + right] ?? 1, across - left);
      const below = mix(this.#gains[lower + left] ?? 1, this.#gains[lower + right] ?? 1, across - left);
      out[x] = mix(above, below, share);
    }
  }

  /** Ratio and mean brightness of each tile; ratio 0 where something lies or the camera sees nothing. */
  #measure(planes: Planes, { mean, deviation }: Desk): { ratio: Float32Array; base: Float32Array } {
    const { widthPx, luma, blue, red } = planes;
    const count = widthPx * planes.heightPx;
    const ratio = new Float32Array(this.#columns * this.#rows);
    const base = new Float32Array(ratio.length);
    for (let tile = 0; tile < ratio.length; tile += 1) {
      const start = Math.floor(tile / this.#columns) * TILE_PX * widthPx + (tile % this.#columns) * TILE_PX;
      let [seen, known] = [0, 0];
      for (let i = 0; i < TILE_PX * TILE_PX; i += 1) {
        const at = start + (i >> 3) * widthPx + (i & 7);
        seen += luma[at] ?? 0;
        known += mean[at] ?? 0;
      }
      base[tile] = known / (TILE_PX * TILE_PX);
      const gain = known > 0 ? seen / known : 0;
      if (gain < 0.5 || gain > 1.5) continue;
      let [light, colour] = [0, 0];
      for (let i = 0; i < TILE_PX * TILE_PX; i += 1) {
        const at = start + (i >> 3) * widthPx + (i & 7);
        light += Math.abs((luma[at] ?? 0) - (mean[at] ?? 0) * gain) / ((deviation[at] ?? 0) / 8 + 1.6);
        const expectedBlue = 128 + ((mean[count + at] ?? 0) - 128) * gain;
        const expectedRed = 128 + ((mean[2 * count + at] ?? 0) - 128) * gain;
        colour += Math.abs((blue[at] ?? 0) - expectedBlue) / ((deviation[count + at] ?? 0) / 8 + 1.1);
        colour += Math.abs((red[at] ?? 0) - expectedRed) / ((deviation[2 * count + at] ?? 0) / 8 + 1.1);
      }
      if (light < BARE * TILE_PX * TILE_PX && colour < 2 * BARE * TILE_PX * TILE_PX) ratio[tile] = gain;
    }
    return { ratio, base };
  }

  /** Follows bare desk from the border of the frame; papers take on the light around them. */
  #spread({ ratio, base }: { ratio: Float32Array; base: Float32Array }, usual: number): Float32Array {
    const gains = new Float32Array(ratio.length);
    const queue = new Int32Array(ratio.length);
    let count = 0;
    const accept = (tile: number, gain: number): void => {
      gains[tile] = gain;
      queue[count] = tile;
      count += 1;
    };
    const isBorder = (tile: number): boolean =>
      tile < this.#columns ||
      tile >= ratio.length - this.#columns ||
      tile % this.#columns === 0 ||
      tile % this.#columns === this.#columns - 1;
    ratio.forEach((gain, tile) => {
      if (gain > 0 && isBorder(tile) && Math.abs(gain - usual) < SEED_SHARE * usual) accept(tile, gain);
    });
    if (count === 0) return gains.fill(usual);
    for (let i = 0; i < count; i += 1) {
      const from = queue[i] ?? 0;
      this.#around(from, (tile) => {
        const gain = ratio[tile] ?? 0;
        const limit = STEP_SHARE + STEP_LEVELS / ((base[tile] ?? 0) + 1);
        if (gain > 0 && !gains[tile] && Math.abs(gain - (gains[from] ?? 0)) < limit) accept(tile, gain);
      });
    }
    const known = gains.map((gain) => (gain > 0 ? 1 : 0));
    for (let i = 0; i < count; i += 1) {
      const from = queue[i] ?? 0;
      this.#around(from, (tile) => {
        if (!gains[tile]) accept(tile, gains[from] ?? usual);
      });
    }
    this.#relax(gains, known);
    return gains;
  }

  /** Each unknown tile becomes the mean of its neighbours, to and fro; the known ones lose some noise on the way. */
  #relax(gains: Float32Array, known: Float32Array): void {
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      for (let i = 0; i < gains.length; i += 1) {
        const tile = sweep % 2 === 0 ? i : gains.length - 1 - i;
        if (known[tile] && sweep > 0) continue;
        let [sum, neighbours] = [0, 0];
        this.#around(tile, (other) => {
          if (known[tile] && !known[other]) return;
          sum += gains[other] ?? 0;
          neighbours += 1;
        });
        if (neighbours > 0)
          gains[tile] = known[tile] ? ((gains[tile] ?? 0) + sum) / (neighbours + 1) : sum / neighbours;
      }
    }
  }

  #around(tile: number, visit: (other: number) => void): void {
    const column = tile % this.#columns;
    if (column > 0) visit(tile - 1);
    if (column < this.#columns - 1) visit(tile + 1);
    if (tile >= this.#columns) visit(tile - this.#columns);
    if (tile < this.#columns * this.#rows - this.#columns) visit(tile + this.#columns);
  }
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
