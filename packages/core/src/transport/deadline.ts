import { AnjuanError } from '../errors/anjuan-error.js';
import { linkAbort } from '../lifecycle/abort.js';
import type { Clock } from '../lifecycle/clock.js';
import type { Policy } from './call.js';
import { REQUEST_ID_HEADER } from './request-id.js';

export const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Ends a call with `network-timeout`. Covers all attempts and the body; time in the queue and in the host's
 * token callback does not count.
 */
export function deadlinePolicy({ clock, timeoutMs }: { readonly clock: Clock; readonly timeoutMs: number }): Policy {
  return (next) => async (call) => {
    const linked = linkAbort(call.signal);
    const requestId = call.headers[REQUEST_ID_HEADER];
    const expire = (): void =>
      linked.abort(new AnjuanError('network-timeout', { details: { timeoutMs }, ...(requestId && { requestId }) }));
    let cancel = clock.after(timeoutMs, expire);
    const restart = (): void => {
      cancel();
      cancel = clock.after(timeoutMs, expire);
    };
    try {
      return await next({
        ...call,
        signal: linked.signal,
        ...(call.deadline === 'idle' && {
          onProgress: (progress) => {
            restart();
            call.onProgress?.(progress);
          },
        }),
      });
    } finally {
      cancel();
      linked.release();
    }
  };
}
