import type { Quad } from '../picture/quad.js';
import type { FrameAnalysis } from '../worker/protocol.js';

/** When auto capture fires. Times in milliseconds. */
export interface AutoCaptureLimits {
  /** The page must rest this long. */
  readonly steadyMs: number;
  /** Mean change of the frame, 0 to 255, above which something moves. */
  readonly maxMotion: number;
  /** A corner that wanders by more than this share of the frame has not come to rest. */
  readonly maxDrift: number;
  readonly minConfidence: number;
  /** Bits of the difference hash, of 64, that another page changes at least. */
  readonly minChangedBits: number;
}

export const defaultAutoLimits: AutoCaptureLimits = {
  steadyMs: 600,
  maxMotion: 6,
  maxDrift: 0.012,
  minConfidence: 0.5,
  minChangedBits: 8,
};

/** `searching`: no page; `steadying`: the ring fills; `waiting`: captured, until another page lies there. */
export type AutoCaptureState =
  | { readonly status: 'searching' }
  | { readonly status: 'steadying'; readonly progress: number }
  | { readonly status: 'waiting' };

/**
 * Decides when a resting page is captured, and captures each page once: it arms again only after something moved over
 * the page or the page went, and another picture lies there.
 */
export class AutoCapture {
  readonly #limits: AutoCaptureLimits;
  #restingSinceMs: number | undefined;
  #restingQuads: readonly Quad[] = [];
  #capturedHash: string | undefined;
  #disturbed = false;
  #state: AutoCaptureState = { status: 'searching' };

  constructor(limits: AutoCaptureLimits = defaultAutoLimits) {
    this.#limits = limits;
  }

  get state(): AutoCaptureState {
    return this.#state;
  }

  /** Takes one frame in; true when it is the moment to capture. */
  accept(frame: FrameAnalysis, nowMs: number): boolean {
    const { maxMotion, minConfidence, minChangedBits } = this.#limits;
    const pages = frame.pages.filter(({ confidence }) => confidence >= minConfidence);
    const moving = frame.motion > maxMotion;
    if (moving || pages.length === 0) {
      this.#disturbed ||= true;
      return this.#rest({ status: this.#capturedHash !== undefined && moving ? 'waiting' : 'searching' });
    }
    if (this.#capturedHash !== undefined) {
      const changed = changedBits(this.#capturedHash, frame.differenceHash) >= minChangedBits;
      if (!changed || !this.#disturbed) return this.#rest({ status: 'waiting' });
      this.#capturedHash = undefined;
    }
    return this.#steady(
      pages.map(({ quad }) => quad),
      frame,
      nowMs,
    );
  }

  /** The page now in view was captured, by whatever trigger. */
  captured(differenceHash: string | undefined): void {
    this.#capturedHash = differenceHash;
    this.#disturbed = false;
    this.#rest({ status: differenceHash === undefined ? 'searching' : 'waiting' });
  }

  #steady(quads: readonly Quad[], frame: FrameAnalysis, nowMs: number): boolean {
    const { maxDrift, steadyMs } = this.#limits;
    if (this.#restingSinceMs === undefined || drift(this.#restingQuads, quads) > maxDrift) {
      this.#restingSinceMs = nowMs;
      this.#restingQuads = quads;
    }
    const progress = Math.min(1, (nowMs - this.#restingSinceMs) / steadyMs);
    this.#state = { status: 'steadying', progress };
    if (progress < 1) return false;
    this.captured(frame.differenceHash);
    return true;
  }

  #rest(state: AutoCaptureState): false {
    this.#restingSinceMs = undefined;
    this.#restingQuads = [];
    this.#state = state;
    return false;
  }
}

/** Farthest way of a corner; infinite when pages came or went. */
function drift(before: readonly Quad[], now: readonly Quad[]): number {
  if (before.length !== now.length) return Infinity;
  return Math.max(
    ...now.flatMap((quad, page) =>
      quad.map((corner, at) => {
        const was = before[page]?.[at] ?? corner;
        return Math.hypot(corner.x - was.x, corner.y - was.y);
      }),
    ),
  );
}

/** Differing bits of two hashes of 16 hex digits. */
function changedBits(a: string, b: string): number {
  let bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count += 1;
  return count;
}
