import { linkAbort, throwIfAborted, untilAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';

/** How long and until when something may take. */
export interface DeadlineOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Runs the work under a signal that ends it with `device-timeout` in time, or with the caller's abort. */
export async function withDeadline<T>(
  { clock, timeoutMs, signal }: DeadlineOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const linked = linkAbort(signal);
  const cancel = clock.after(timeoutMs, () => linked.abort(captureError('device-timeout', { details: { timeoutMs } })));
  try {
    throwIfAborted(linked.signal);
    return await untilAborted(work(linked.signal), linked.signal);
  } finally {
    cancel();
    linked.release();
  }
}
