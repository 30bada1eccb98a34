import { AnjuanError } from '../../errors/anjuan-error.js';

/** First wait at most. */
const BASE_MS = 1_000;
/** Longest wait: a person who plugs the cable in again should not wait for us. */
const LIMIT_MS = 60_000;
/** Never at once: two tabs and a broken proxy would spin. */
const FLOOR_MS = 100;

/** Milliseconds before the next try: exponential with full jitter, and never sooner than the archive asked. */
export function backoffMs(failures: number, random: () => number, error?: unknown): number {
  const ceiling = Math.min(LIMIT_MS, BASE_MS * 2 ** Math.min(16, Math.max(0, failures - 1)));
  const asked = AnjuanError.is(error) ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(FLOOR_MS, Math.round(random() * ceiling), asked);
}
