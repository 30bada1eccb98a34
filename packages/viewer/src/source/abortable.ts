import { AnjuanError } from '@anjuan/core';

/** The promise, or `aborted` as soon as the signal fires; the work itself goes on. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => undefined);
    return Promise.reject(new AnjuanError('aborted'));
  }
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(new AnjuanError('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
