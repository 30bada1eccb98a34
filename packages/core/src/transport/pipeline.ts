import { systemClock, type Clock } from '../lifecycle/clock.js';
import { breakerPolicy } from './breaker.js';
import { compose, type Policy, type Send } from './call.js';
import { checkStatusPolicy } from './check-status.js';
import { clockSkewPolicy } from './clock-skew.js';
import { concurrencyPolicy, DEFAULT_CONCURRENCY } from './concurrency.js';
import { deadlinePolicy, DEFAULT_TIMEOUT_MS } from './deadline.js';
import { exchange, fetchTransport } from './exchange.js';
import { requestIdPolicy } from './request-id.js';
import { retryPolicy } from './retry.js';
import { telemetryPolicy } from './telemetry.js';
import { tokenPolicy } from './token.js';
import type { Telemetry, TokenCallback, Transport } from './transport.js';
import { guardTelemetry, type WarningHook } from './warnings.js';

export interface PipelineOptions {
  /** Addresses that get token and request id: the archive's own origin, never a presigned address elsewhere. */
  readonly trusts: (url: URL) => boolean;
  /** Ends with the client. */
  readonly clientSignal: AbortSignal;
  readonly transport?: Transport;
  readonly getToken?: TokenCallback;
  /** Milliseconds for a call after it left the queue. Default 30 000. */
  readonly timeoutMs?: number;
  /** Calls at a time per origin. Default 6. */
  readonly concurrency?: number;
  readonly telemetry?: Telemetry;
  readonly onWarning?: WarningHook;
  readonly clock?: Clock;
  /** 0 up to, not including, 1. Default `Math.random`. */
  readonly random?: () => number;
  readonly newRequestId?: () => string;
}

/**
 * The policies in their order, outermost first. The queue stands outside the deadline, so waiting for a slot never
 * times out; the breaker stands inside the retry, so every attempt counts.
 */
export function createPipeline(options: PipelineOptions): Send {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  const warn = options.onWarning ?? (() => undefined);
  const telemetry = options.telemetry && guardTelemetry(options.telemetry, warn);
  const { trusts, clientSignal, getToken, newRequestId } = options;
  const policies: (Policy | undefined)[] = [
    telemetry && telemetryPolicy({ clock, telemetry }),
    requestIdPolicy({ trusts, ...(newRequestId && { newId: newRequestId }) }),
    concurrencyPolicy({ concurrency: options.concurrency ?? DEFAULT_CONCURRENCY }),
    getToken && tokenPolicy({ getToken, clientSignal, trusts }),
    deadlinePolicy({ clock, timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS }),
    retryPolicy({ clock, random, ...(telemetry && { telemetry }) }),
    breakerPolicy(clock),
    checkStatusPolicy(clock),
    clockSkewPolicy({ clock, warn }),
  ];
  return compose(
    policies.filter((policy) => policy !== undefined),
    exchange(options.transport ?? fetchTransport),
  );
}
