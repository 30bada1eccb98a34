import type { Quad } from '../picture/quad.js';
import type { FrameAnalysis } from '../worker/protocol.js';
import { hashDistance } from './hash-distance.js';
import { area, quadOverlap } from './quad-overlap.js';

/** What was seen in one frame. */
export interface PageLook {
  readonly timeMs: number;
  readonly quads: readonly Quad[];
  readonly hash: string;
  readonly sharpness: number;
  readonly brightness: number;
}

/** Below this a page is shown but not captured by itself; the same limit as in the live view. */
const LEAST_CONFIDENCE = 0.5;
/** So near to the border of the frame counts as at it, as a share. */
const EDGE = 0.004;

/** The pages that count: all of them, or the largest. */
export function visiblePages(analysis: FrameAnalysis, timeMs: number, layout: 'single' | 'many'): PageLook {
  const sure = analysis.pages
    .filter((page) => page.confidence >= LEAST_CONFIDENCE && !runsThrough(page.quad))
    .map((page) => page.quad);
  const largest = sure.reduce<Quad | undefined>(
    (best, quad) => (best && area(best) >= area(quad) ? best : quad),
    undefined,
  );
  const quads = layout === 'many' ? sure : largest ? [largest] : [];
  const { differenceHash: hash, sharpness, brightness } = analysis;
  return { timeMs, quads, hash, sharpness, brightness };
}

/** Leaves the frame on opposite sides: the grain of a desk, or a page of which too much is cut to take it without being told. */
export function runsThrough(quad: Quad): boolean {
  const through = (values: readonly number[]): boolean =>
    Math.min(...values) <= EDGE && Math.max(...values) >= 1 - EDGE;
  return through(quad.map(({ x }) => x)) || through(quad.map(({ y }) => y));
}

/** A page of the shot is no longer near its place. */
export function lostSight(shot: PageLook, now: PageLook): boolean {
  return shot.quads.some((quad) => !now.quads.some((other) => quadOverlap(quad, other) >= 0.5));
}

/**
 * After it was out of sight: the very same page, which a hand or arm had covered. All signs must agree, as pages of one form look
 * alike: nobody puts a second page down within 1.5 % of the first with the same look and sharpness. In doubt it is another page;
 * a double is found by the check for duplicates, a missing page by nobody.
 */
export function sameAgain(shot: PageLook, now: PageLook): boolean {
  return (
    shot.quads.length === now.quads.length &&
    shot.quads.every((quad) => now.quads.some((other) => quadOverlap(quad, other) >= 0.985)) &&
    hashDistance(shot.hash, now.hash) <= 3 &&
    Math.abs(shot.brightness - now.brightness) <= 4 &&
    Math.abs(shot.sharpness - now.sharpness) <= 0.06 * Math.max(shot.sharpness, now.sharpness)
  );
}
