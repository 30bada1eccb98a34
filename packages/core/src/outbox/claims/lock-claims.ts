import { AnjuanError } from '../../errors/anjuan-error.js';
import { abortError, throwIfAborted } from '../../lifecycle/abort.js';
import type { Claims } from './claims.js';

/** The part of `LockManager` that is used. */
export type Locks = Pick<LockManager, 'request'>;

/** Claims as Web Locks: the browser frees them when a tab ends or crashes. */
export function lockClaims(locks: Locks): Claims {
  return {
    take: (name, { wait = false, signal } = {}) =>
      new Promise((resolve, reject) => {
        throwIfAborted(signal);
        const hold = (lock: Lock | null): Promise<void> | undefined => {
          if (!lock) {
            resolve(undefined);
            return undefined;
          }
          return new Promise((release) => resolve(() => release()));
        };
        const options = wait ? { ...(signal && { signal }) } : { ifAvailable: true };
        locks.request(name, options, hold).catch((error: unknown) => {
          reject(signal?.aborted ? abortError(signal) : AnjuanError.from(error));
        });
      }),
  };
}
