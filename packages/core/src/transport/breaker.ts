import { AnjuanError } from '../errors/anjuan-error.js';
import type { ErrorCode } from '../errors/codes.js';
import type { Clock } from '../lifecycle/clock.js';
import type { Policy } from './call.js';

export const breakerDefaults = {
  windowMs: 30_000,
  minCalls: 20,
  failureShare: 0.5,
  /** How long it stays open before one probe may pass. */
  openMs: 10_000,
} as const;

/** What says that the archive itself is in trouble; a refused or missing record does not. */
const trouble: readonly ErrorCode[] = [
  'network-unreachable',
  'network-timeout',
  'network-interrupted',
  'network-unavailable',
  'server-fault',
];

/**
 * Stops calling an origin that fails: opens at half of at least twenty calls in thirty seconds, then lets a single
 * probe through. Errors: `network-circuit-open` with `retryAfterMs`.
 */
export function breakerPolicy(clock: Clock): Policy {
  const breakers = new Map<string, Breaker>();
  return (next) => async (call) => {
    const breaker = breakers.get(call.url.origin) ?? new Breaker(clock);
    breakers.set(call.url.origin, breaker);
    const admission = breaker.enter();
    try {
      const reply = await next(call);
      breaker.leave(admission, 'good');
      return reply;
    } catch (error) {
      breaker.leave(admission, verdict(error));
      throw error;
    }
  };
}

type Outcome = 'good' | 'bad' | 'neutral';

/** An abort says nothing about the archive; any readable answer says that it lives. */
function verdict(error: unknown): Outcome {
  if (!AnjuanError.is(error) || error.code === 'aborted' || error.code === 'client-closed') return 'neutral';
  return trouble.includes(error.code) ? 'bad' : 'good';
}

type State = { readonly status: 'closed' } | { readonly status: 'open'; readonly sinceMs: number; probing: boolean };

/** One origin's breaker. */
export class Breaker {
  readonly #clock: Clock;
  #state: State = { status: 'closed' };
  #results: { readonly atMs: number; readonly bad: boolean }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws when closed off. `probe` is the one call that decides for all. */
  enter(): 'normal' | 'probe' {
    if (this.#state.status === 'closed') return 'normal';
    const remainingMs = this.#state.sinceMs + breakerDefaults.openMs - this.#clock.now();
    if (remainingMs > 0 || this.#state.probing) {
      throw new AnjuanError('network-circuit-open', { retryAfterMs: Math.max(remainingMs, 1000) });
    }
    this.#state.probing = true;
    return 'probe';
  }

  leave(admission: 'normal' | 'probe', outcome: Outcome): void {
    if (admission === 'probe') this.#judgeProbe(outcome);
    // A call from before the circuit opened tells nothing new, and must not move the time of the probe.
    else if (this.#state.status === 'closed' && outcome !== 'neutral') this.#count(outcome === 'bad');
  }

  #judgeProbe(outcome: Outcome): void {
    if (this.#state.status === 'closed') return;
    if (outcome === 'neutral') this.#state.probing = false;
    else if (outcome === 'bad') this.#open();
    else {
      this.#state = { status: 'closed' };
      this.#results = [];
    }
  }

  #count(bad: boolean): void {
    const nowMs = this.#clock.now();
    this.#results = this.#results.filter((result) => result.atMs > nowMs - breakerDefaults.windowMs);
    this.#results.push({ atMs: nowMs, bad });
    const failures = this.#results.filter((result) => result.bad).length;
    const enough = this.#results.length >= breakerDefaults.minCalls;
    if (enough && failures >= this.#results.length * breakerDefaults.failureShare) this.#open();
  }

  #open(): void {
    this.#state = { status: 'open', sinceMs: this.#clock.now(), probing: false };
  }
}
