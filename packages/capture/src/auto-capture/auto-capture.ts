import type { FrameAnalysis } from '../worker/protocol.js';
import { hashDistance } from './hash-distance.js';
import { learnMotion, learnSharpness, motionLimit, type Learned } from './learned.js';
import { lostSight, sameAgain, visiblePages, type PageLook } from './page-look.js';
import { quadOverlap } from './quad-overlap.js';

/** What the operator sees. `shoot` is said once a page: take the picture now. */
export type AutoCaptureState =
  | { readonly status: 'searching' }
  | { readonly status: 'steady'; readonly progress: number }
  | { readonly status: 'shoot' }
  | { readonly status: 'wait-for-change' };

/** Options of auto-capture; all have defaults. */
export interface AutoCaptureOptions {
  /** `many`: all papers of a frame belong to one shot. Default `single`: the largest. */
  readonly layout?: 'single' | 'many';
  /** How long a page must lie still: this long with at least 3 frames, or `steadyFrames`. Default 500 ms and 8 frames. */
  readonly steadyMs?: number;
  readonly steadyFrames?: number;
}

/** All that auto-capture remembers; plain data, made by `stepAutoCapture`. */
export interface AutoCaptureMemory {
  readonly state: AutoCaptureState;
  readonly learned: Learned;
  readonly before?: PageLook;
  /** Since when and how it lies still. */
  readonly run?: { readonly first: PageLook; readonly frames: number; readonly sharpest: number };
  /** The page that was shot last; absent when armed from the start. */
  readonly shot?: PageLook;
  /** The shot page went out of sight since. */
  readonly lifted: boolean;
  /** When it was seen last, while it is out of sight. */
  readonly seenMs?: number;
}

/** Least overlap of a page with itself one frame earlier. */
const STEADY_OVERLAP = 0.97;
/** And with where it lay when it came to rest, so that slow drift is no rest. */
const ANCHOR_OVERLAP = 0.95;
/** Automatic exposure still works when the brightness changes by more, 0 to 255. */
const STEADY_LIGHT = 8;
const LEAST_FRAMES = 3;
/** Bits of 64 from which the content is another. */
const CHANGED_BITS = 12;
/** A page that changed without leaving may be a resting hand: it must lie still so many times longer. */
const DOUBT = 2;
/** Share of the usual sharpness below which focus is doubted, and how many times longer it is waited for then. */
const LEARNED_SHARE = 0.25;
const PATIENCE = 1.5;
/** A page stays out of sight at least so long when it is taken away; a finger over a corner is shorter. */
const LIFTED_MS = 90;

/** Auto-capture before the first frame. */
export const autoCaptureStart: AutoCaptureMemory = {
  state: { status: 'searching' },
  learned: {},
  lifted: false,
};

/** Forgets the last shot, so that the same page is shot again: after a failed capture, or for a retake. */
export function rearmAutoCapture({
  shot: _shot,
  seenMs: _seenMs,
  run: _run,
  ...kept
}: AutoCaptureMemory): AutoCaptureMemory {
  return { ...kept, lifted: false, state: { status: 'searching' } };
}

/**
 * The next frame. Pure: same memory, frame and time, same result; the state is in `memory.state`. A page is shot when it lies
 * still, sharp and without a moving hand; then not again until it went away or its content changed.
 */
export function stepAutoCapture(
  memory: AutoCaptureMemory,
  analysis: FrameAnalysis,
  timeMs: number,
  options: AutoCaptureOptions = {},
): AutoCaptureMemory {
  const now = visiblePages(analysis, timeMs, options.layout ?? 'single');
  const learned = learnMotion(memory.learned, analysis.motion);
  const sight = watchShot(memory, now);
  const next: AutoCaptureMemory = { ...strip(memory), ...sight, learned, before: now };
  const run = extendRun(memory, now, analysis.motion <= motionLimit(learned));
  const waiting = (status: 'searching' | 'wait-for-change'): AutoCaptureMemory => ({ ...next, state: { status } });
  const armed = next.shot === undefined || next.lifted;
  if (!run) return waiting(armed ? 'searching' : 'wait-for-change');

  const changed = next.shot !== undefined && hashDistance(next.shot.hash, now.hash) >= CHANGED_BITS;
  const counted = next.shot !== undefined && next.shot.quads.length !== now.quads.length;
  if (!armed && !changed && !counted) return { ...waiting('wait-for-change'), run };
  const progress = progressOf(run, now, options) / (armed ? 1 : DOUBT);
  if (progress < 1) return { ...next, run, state: { status: 'steady', progress: Math.max(0, progress) } };
  if (next.shot && next.lifted && sameAgain(next.shot, now))
    return { ...waiting('wait-for-change'), run, lifted: false };
  // Blurred: focus may still be on its way. A page with little print looks the same, so the wait ends; the check of quality tells.
  const sharp = now.sharpness >= 0.85 * run.sharpest && now.sharpness >= LEARNED_SHARE * (learned.sharpness ?? 0);
  if (!sharp && progress < PATIENCE) return { ...next, run, state: { status: 'steady', progress: 1 } };
  return {
    state: { status: 'shoot' },
    learned: learnSharpness(learned, now.sharpness),
    before: now,
    shot: now,
    lifted: false,
  };
}

const strip = ({ run: _run, seenMs: _seenMs, ...rest }: AutoCaptureMemory): AutoCaptureMemory => rest;

/** Whether the page that was shot is still there. */
function watchShot(
  { shot, lifted, before, seenMs }: AutoCaptureMemory,
  now: PageLook,
): Pick<AutoCaptureMemory, 'lifted' | 'seenMs'> {
  if (!shot || !lostSight(shot, now)) return { lifted };
  // From the last frame that had it: a slow camera may show the gap between two pages in one frame only.
  const lastMs = seenMs ?? before?.timeMs ?? now.timeMs;
  const gone = now.timeMs - lastMs >= LIFTED_MS;
  return { lifted: lifted || gone, seenMs: lastMs };
}

function extendRun({ before, run }: AutoCaptureMemory, now: PageLook, still: boolean): AutoCaptureMemory['run'] {
  if (!before || !still || !alike(before, now, STEADY_OVERLAP)) return undefined;
  if (Math.abs(before.brightness - now.brightness) > STEADY_LIGHT) return undefined;
  if (!run || !alike(run.first, now, ANCHOR_OVERLAP))
    return { first: before, frames: 2, sharpest: Math.max(before.sharpness, now.sharpness) };
  return { first: run.first, frames: run.frames + 1, sharpest: Math.max(run.sharpest, now.sharpness) };
}

function alike(a: PageLook, b: PageLook, least: number): boolean {
  if (a.quads.length === 0 || a.quads.length !== b.quads.length) return false;
  return a.quads.every((quad) => b.quads.some((other) => quadOverlap(quad, other) >= least));
}

function progressOf(
  { first, frames }: NonNullable<AutoCaptureMemory['run']>,
  now: PageLook,
  { steadyMs = 500, steadyFrames = 8 }: AutoCaptureOptions,
): number {
  const progress = Math.max((now.timeMs - first.timeMs) / steadyMs, frames / steadyFrames);
  return frames < LEAST_FRAMES ? Math.min(progress, 0.9) : progress;
}
