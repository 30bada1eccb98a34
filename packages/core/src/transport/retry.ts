import { AnjuanError } from '../errors/anjuan-error.js';
import type { ErrorCode } from '../errors/codes.js';
import { delay, type Clock } from '../lifecycle/clock.js';
import type { Call, Policy } from './call.js';
import { RetryBudget } from './retry-budget.js';
import type { Telemetry } from './transport.js';

export const retryDefaults = {
  /** First attempt included. */
  maxAttempts: 3,
  baseDelayMs: 200,
  maxDelayMs: 5_000,
  /** A longer Retry-After is the user's decision: the call fails with `retryAfterMs` instead of waiting. */
  maxRetryAfterMs: 20_000,
} as const;

/** Faults that often pass by themselves. A timeout is not among them: the deadline is spent then. */
const passing: readonly ErrorCode[] = [
  'network-unreachable',
  'network-interrupted',
  'network-throttled',
  'network-unavailable',
];

export interface RetryOptions {
  readonly clock: Clock;
  /** 0 up to, not including, 1. */
  readonly random: () => number;
  readonly telemetry?: Telemetry;
}

/** Repeats calls that cannot take effect twice, with full jitter, within the budget of each origin. */
export function retryPolicy({ clock, random, telemetry }: RetryOptions): Policy {
  const budgets = new Map<string, RetryBudget>();
  return (next) => async (call) => {
    const budget = budgets.get(call.url.origin) ?? new RetryBudget();
    budgets.set(call.url.origin, budget);
    budget.earn();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await next(call);
      } catch (error) {
        const waitMs = waitBefore(error, call, attempt, random);
        if (waitMs === undefined || !budget.spend()) throw error;
        telemetry?.({ name: 'retry', durationMs: waitMs, code: AnjuanError.from(error).code, count: attempt });
        await delay(clock, waitMs, call.signal);
      }
    }
  };
}

/** Milliseconds until the next attempt; undefined for none. */
function waitBefore(error: unknown, call: Call, attempt: number, random: () => number): number | undefined {
  if (!AnjuanError.is(error) || !passing.includes(error.code)) return undefined;
  if (attempt >= retryDefaults.maxAttempts || !repeatable(call) || call.signal.aborted) return undefined;
  if (error.retryAfterMs !== undefined) {
    return error.retryAfterMs <= retryDefaults.maxRetryAfterMs ? error.retryAfterMs : undefined;
  }
  return random() * Math.min(retryDefaults.maxDelayMs, retryDefaults.baseDelayMs * 2 ** (attempt - 1));
}

/** Safe, or keyed so that the archive recognises the repetition. */
export function repeatable({ method, headers, safe }: Pick<Call, 'method' | 'headers' | 'safe'>): boolean {
  if (method === 'GET' || method === 'HEAD' || safe === true) return true;
  if (method === 'PUT') return headers['if-match'] !== undefined;
  return headers['if-none-exist'] !== undefined || headers['idempotency-key'] !== undefined;
}
