import { captureError } from '@anjuan/core/outbox';

/** The part of `navigator.locks` that is needed. */
export interface LockRequester {
  request(
    name: string,
    options: { readonly ifAvailable: true },
    callback: (lock: object | null) => Promise<void> | undefined,
  ): Promise<unknown>;
}

/**
 * Takes a lock that holds across the tabs of this origin. Gives the function that releases it; where the browser has no
 * locks, one that does nothing. Errors: `device-busy` when another tab has it.
 */
export async function holdLock(name: string, locks: LockRequester | 'none' | undefined): Promise<() => void> {
  const requester = locks ?? (globalThis.navigator as { locks?: LockRequester } | undefined)?.locks;
  if (!requester || requester === 'none') return () => undefined;
  return new Promise((resolve, reject) => {
    const settled = requester.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) {
        reject(captureError('device-busy', { details: { reason: 'another tab' } }));
        return undefined;
      }
      return new Promise<void>((release) => resolve(() => release()));
    });
    // Locks are refused in opaque origins and while the page is being closed: reading goes on without them.
    settled.catch(() => resolve(() => undefined));
  });
}
