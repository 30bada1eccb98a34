import { binarize } from './binarize.js';
import { shrinkGray } from './downscale.js';
import { inkPoints, type InkPoints, type Look } from './ink-points.js';
import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster } from '../picture/raster.js';

/** Tilt of the text, and how sure that is. */
export interface Tilt {
  /** Degrees clockwise that lines fall towards the right. */
  readonly tiltDeg: number;
  /** How much sharper the lines are at this angle than at others; below 1.3 there are no lines. */
  readonly sharpness: number;
  /** Sharpness of the lines by itself, for comparing rows with columns. */
  readonly energy: number;
}

/** Longer side of the picture that lines are looked for in, pixels: a tenth of a degree is one pixel across a page. */
const LOOK_PX = 1000;
/** Window of the threshold at that size. */
const LOOK_WINDOW_PX = 15;
/** Beyond this a page is wrongly laid down rather than skewed, degrees. */
export const MAX_TILT_DEG = 12;
const COARSE_DEG = 0.5;
const FINE_DEG = 0.05;
const LEAST_POINTS = 60;
const COARSE_POINTS = 8000;
export const LEAST_SHARPNESS = 1.3;

/** What a page is levelled and turned by. */
export interface PageLines {
  readonly look: Look;
  readonly rows: Tilt;
  readonly columns: Tilt;
}

/**
 * The turn that makes the lines of text level: degrees clockwise, -12 to 12, exact to about 0.05; 0 without text.
 * Tables count as well as text; for pages that lie on their side the columns tell.
 */
export function findSkew(kernels: Kernels, gray: GrayRaster): number {
  return skewOf(findLines(kernels, gray));
}

/** The same of lines already found. */
export function skewOf({ rows, columns }: PageLines): number {
  const best = rows.sharpness >= columns.sharpness ? rows : columns;
  return best.sharpness < LEAST_SHARPNESS || best.tiltDeg === 0 ? 0 : -best.tiltDeg;
}

/** Looks for lines of text and tables in a page of any size. */
export function findLines(kernels: Kernels, gray: GrayRaster): PageLines {
  const look = lookAt(kernels, gray);
  return { look, ...findTilts(look) };
}

/** The small picture that lines are looked for in. */
function lookAt(kernels: Kernels, picture: GrayRaster): Look {
  const gray = shrinkGray(kernels, picture, LOOK_PX);
  return { gray, bits: binarize(kernels, gray, { windowPx: LOOK_WINDOW_PX }) };
}

/** Tilt by the rows and by the columns of a page. */
function findTilts(look: Look): { readonly rows: Tilt; readonly columns: Tilt } {
  const above = inkPoints(look, { from: 'above' });
  const left = inkPoints(look, { from: 'left' });
  return {
    rows: tiltOf(above, look.gray.heightPx),
    // Columns fall to the left where rows fall to the bottom.
    columns: mirrored(tiltOf({ x: left.y, y: left.x }, look.gray.widthPx)),
  };
}

const mirrored = (tilt: Tilt): Tilt => ({ ...tilt, tiltDeg: tilt.tiltDeg === 0 ? 0 : -tilt.tiltDeg });

function tiltOf(points: InkPoints, lengthPx: number): Tilt {
  const none = { tiltDeg: 0, sharpness: 0, energy: 0 };
  if (points.x.length < LEAST_POINTS) return none;
  const counts = new Float64Array(lengthPx * 3);
  const coarse: number[] = [];
  const steps = Math.round(MAX_TILT_DEG / COARSE_DEG);
  const some = thinned(points);
  for (let step = -steps; step <= steps; step += 1) coarse.push(energyAt(some, step * COARSE_DEG, counts));
  const best = coarse.indexOf(Math.max(...coarse));
  const centre = (best - steps) * COARSE_DEG;
  let tiltDeg = centre;
  let energy = 0;
  const fineSteps = Math.round(COARSE_DEG / FINE_DEG);
  for (let step = -fineSteps; step <= fineSteps; step += 1) {
    const angle = centre + step * FINE_DEG;
    if (Math.abs(angle) > MAX_TILT_DEG + 1e-9) continue;
    const found = energyAt(points, angle, counts);
    if (found > energy) [tiltDeg, energy] = [angle, found];
  }
  const usual = [...coarse].sort((a, b) => a - b)[coarse.length >> 1] ?? 1;
  return { tiltDeg: Math.round(tiltDeg * 100) / 100, sharpness: energy / Math.max(1e-12, usual), energy };
}

/** Every so many points, for a first look. */
function thinned({ x, y }: InkPoints): InkPoints {
  const step = Math.max(1, Math.floor(x.length / COARSE_POINTS));
  const chosen = (list: Float64Array): Float64Array => list.filter((_, i) => i % step === 0);
  return { x: chosen(x), y: chosen(y) };
}

/** How unevenly the points fall on lines of this tilt: sum of squares of their counts, a point shared between two lines. */
function energyAt({ x, y }: InkPoints, degrees: number, counts: Float64Array): number {
  counts.fill(0);
  const slope = Math.tan((degrees * Math.PI) / 180);
  const offset = counts.length / 3;
  for (let i = 0; i < x.length; i += 1) {
    const place = (y[i] ?? 0) - (x[i] ?? 0) * slope + offset;
    const line = Math.floor(place);
    const part = place - line;
    counts[line] = (counts[line] ?? 0) + 1 - part;
    counts[line + 1] = (counts[line + 1] ?? 0) + part;
  }
  let sum = 0;
  for (let i = 3; i < counts.length; i += 1) {
    // Means of three lines: exactly level rows would else win by falling on whole numbers.
    const change = (counts[i] ?? 0) - (counts[i - 3] ?? 0);
    sum += change * change;
  }
  return sum / (x.length * x.length);
}
