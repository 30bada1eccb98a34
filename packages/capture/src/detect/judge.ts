import { measureContrast } from './contrast.js';
import { signedArea } from './geometry.js';
import type { Planes } from './planes.js';
import type { QuadGuess } from './quad-search.js';

/** What speaks for a quad being a page, each 0 to 1. */
export function evidenceFor(planes: Planes, luma: Uint8Array, guess: QuadGuess): number[] {
  const { quad, support, ends, beyond, divided } = guess;
  const longer = Math.max(planes.widthPx, planes.heightPx);
  const contrast = measureContrast(planes, luma, quad, Math.max(2.5, longer / 160));
  const area = Math.abs(signedArea(quad)) / (planes.widthPx * planes.heightPx);
  return [
    mean(support),
    Math.min(...support),
    ends,
    1 - beyond,
    mean(contrast.sides),
    Math.min(...contrast.sides),
    contrast.brighter,
    contrast.steady,
    contrast.even,
    Math.sqrt(area),
    1 - divided,
  ];
}

/** In the order of {@link evidenceFor}; they add up to 1. */
const WEIGHTS = [0.17, 0.04, 0.2, 0.11, 0, 0.04, 0.09, 0.05, 0.03, 0.17, 0.1] as const;

/** 0 to 1. */
export function judge(planes: Planes, luma: Uint8Array, guess: QuadGuess): number {
  return evidenceFor(planes, luma, guess).reduce((sum, value, i) => sum + value * (WEIGHTS[i] ?? 0), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
