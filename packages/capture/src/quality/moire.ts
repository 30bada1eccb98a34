import type { GrayRaster } from '../picture/raster.js';
import type { QualityFinding } from '../recipe/types.js';
import { histogram, levelAt } from './paper-level.js';
import { qualityLimits } from './limits.js';
import { Spectrum } from './spectrum.js';

const SIDE = 128;
/** Squares looked at, in rows and columns over the page. */
const GRID = 3;
/** Frequencies of waves 2.5 to 24 pixels long; ruled lines lie on the axes. */
const LOWEST = SIDE / 24;
const HIGHEST = SIDE / 2.5;
const AXIS = 2;
/** Ink and what is next to it is cut out: waves show on the paper between, and print has a spectrum of its own. */
const PAPER_SHARE = 0.8;
const INK_REACH_PX = 2;

/** Waves that are not printed: of a screen taken from a screen, or of a halftone. A narrow peak in the spectrum of the paper. */
export function checkMoire(gray: GrayRaster): QualityFinding | undefined {
  const measured = moireScore(gray);
  const limit = qualityLimits.moireScore;
  return measured > limit ? { issue: 'moire', severity: 'warn', measured, limit, unit: 'score' } : undefined;
}

/** Height of the highest lone peak over the usual power at its distance from the middle. */
export function moireScore(gray: GrayRaster): number {
  if (gray.widthPx < SIDE || gray.heightPx < SIDE) return 0;
  const spectrum = new Spectrum(SIDE);
  for (let row = 0; row < GRID; row += 1) {
    for (let column = 0; column < GRID; column += 1) {
      const left = Math.floor(((gray.widthPx - SIDE) * (column + 0.5)) / GRID);
      const top = Math.floor(((gray.heightPx - SIDE) * (row + 0.5)) / GRID);
      spectrum.add(paperSquare(gray, left, top));
    }
  }
  return highestPeak(spectrum.power);
}

/** A square of paper, its mean taken away, faded out towards its sides; ink is raised to the level of paper. */
function paperSquare({ widthPx, data }: GrayRaster, left: number, top: number): Float64Array {
  const values = new Float64Array(SIDE * SIDE);
  const levels = new Uint8Array(SIDE * SIDE);
  for (let y = 0, i = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1, i += 1) levels[i] = data[(top + y) * widthPx + left + x] ?? 0;
  }
  const paper = levelAt(histogram({ widthPx: SIDE, heightPx: SIDE, data: levels }), 0.7);
  for (let y = 0, i = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1, i += 1) values[i] = ((levels[i] ?? 0) - paper) * fade(x) * fade(y);
  }
  for (let y = 0, i = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1, i += 1) {
      if ((levels[i] ?? 0) < paper * PAPER_SHARE) cutOut(values, x, y);
    }
  }
  return values;
}

function cutOut(values: Float64Array, x: number, y: number): void {
  const from = Math.max(0, x - INK_REACH_PX);
  const to = Math.min(SIDE, x + INK_REACH_PX + 1);
  for (let row = Math.max(0, y - INK_REACH_PX); row <= Math.min(SIDE - 1, y + INK_REACH_PX); row += 1) {
    values.fill(0, row * SIDE + from, row * SIDE + to);
  }
}

/** @source Harris, On the use of windows (1978), Hann window */
function fade(at: number): number {
  return 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / SIDE);
}

function highestPeak(power: Float64Array): number {
  const rings = new Map<number, number[]>();
  const at = (x: number, y: number): number => (power[((y + SIDE) % SIDE) * SIDE + ((x + SIDE) % SIDE)] ?? 0) / 16;
  const places: { readonly ring: number; readonly value: number; readonly grid: number }[] = [];
  for (let y = 0; y < SIDE / 2; y += 1) {
    for (let x = -SIDE / 2; x < SIDE / 2; x += 1) {
      const away = Math.hypot(x, y);
      if (away < LOWEST || away > HIGHEST || Math.abs(x) < AXIS || y < AXIS) continue;
      const ring = Math.round(away / 3);
      // A peak of a windowed wave is three places wide.
      const value = at(x, y);
      const list = rings.get(ring);
      if (list) list.push(value);
      else rings.set(ring, [value]);
      // A printed grid has the same waves along both axes, too.
      const grid = Math.min(around(at, x, 0), around(at, 0, y));
      places.push({ ring, value, grid });
    }
  }
  const usual = new Map(
    [...rings].map(([ring, values]) => [ring, values.sort((a, b) => a - b)[Math.floor(values.length * 0.6)] ?? 0]),
  );
  const floor = SIDE * SIDE * 0.2;
  return places.reduce((most, { ring, value }) => Math.max(most, value / ((usual.get(ring) ?? 0) + floor)), 0);
}

function around(at: (x: number, y: number) => number, x: number, y: number): number {
  let most = 0;
  for (let dy = -1; dy <= 1; dy += 1) for (let dx = -1; dx <= 1; dx += 1) most = Math.max(most, at(x + dx, y + dy));
  return most;
}
