import { binarize } from './binarize.js';
import { shrinkGray } from './downscale.js';
import { lineStrength } from './line-strength.js';
import { findLines, LEAST_SHARPNESS, type PageLines } from './skew.js';
import { uprightness } from './uprightness.js';
import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster } from '../picture/raster.js';
import type { QuarterTurn } from '../recipe/types.js';

/** The turn that makes a page readable. */
export interface Orientation {
  /** Clockwise; 0 when in doubt. */
  readonly rotationDeg: QuarterTurn;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Characters are about 25 pixels high at this size, so that a full stop can be told from a stroke. */
const LOOK_PX = 2000;
const WINDOW_PX = 25;
/** Lines must stand out this much more along one side than along the other. */
const CLEAR_RATIO = 1.5;
const LEAST_CONFIDENCE = 0.35;
/** A page that lies level is turned over only when it is surely upside down. */
const LEAST_TURNOVER_CONFIDENCE = 0.5;

/**
 * Which way up a page is. Lines of text tell level from upright; then full stops and commas, which hang low, and lines
 * that begin at one edge but end anywhere, tell up from down. `lines`: when they were found already.
 */
export function findOrientation(
  kernels: Kernels,
  gray: GrayRaster,
  lines: PageLines = findLines(kernels, gray),
): Orientation {
  const side = sideways(lines);
  if (side === undefined) return { rotationDeg: 0, confidence: 0 };
  const small = shrinkGray(kernels, gray, LOOK_PX);
  const level = side ? turnedBack(small) : small;
  const upright = uprightness(binarize(kernels, level, { windowPx: WINDOW_PX }));
  const confidence = Math.min(1, Math.abs(upright));
  if (!side) {
    const upsideDown = upright < -LEAST_TURNOVER_CONFIDENCE;
    return { rotationDeg: upsideDown ? 180 : 0, confidence: upsideDown || upright > 0 ? confidence : 0 };
  }
  if (confidence < LEAST_CONFIDENCE) return { rotationDeg: 0, confidence: 0 };
  return { rotationDeg: upright > 0 ? 270 : 90, confidence };
}

/** True when the lines run from top to bottom; undefined without clear lines. */
function sideways({ look, rows, columns }: PageLines): boolean | undefined {
  if (Math.max(rows.sharpness, columns.sharpness) < LEAST_SHARPNESS) return undefined;
  const strength = lineStrength(look.bits, { rows: rows.tiltDeg, columns: columns.tiltDeg });
  if (strength.rows >= strength.columns * CLEAR_RATIO) return false;
  return strength.columns >= strength.rows * CLEAR_RATIO ? true : undefined;
}

/** A quarter turn to the left. */
function turnedBack({ widthPx, heightPx, data }: GrayRaster): GrayRaster {
  const turned = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < widthPx; y += 1) {
    for (let x = 0; x < heightPx; x += 1, at += 1) turned[at] = data[x * widthPx + widthPx - 1 - y] ?? 0;
  }
  return { widthPx: heightPx, heightPx: widthPx, data: turned };
}
