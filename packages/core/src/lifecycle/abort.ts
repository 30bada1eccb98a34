import { AnjuanError } from '../errors/anjuan-error.js';

/** `AbortSignal.reason` is missing below Chromium 98, so our own reasons live beside the signal. */
const reasons = new WeakMap<AbortSignal, AnjuanError>();

/** Aborts with an error that `abortError` finds again. A second abort changes nothing. */
export function abortWith(controller: AbortController, error: AnjuanError): void {
  if (controller.signal.aborted) return;
  reasons.set(controller.signal, error);
  controller.abort(error);
}

/** The error an aborted call ends with: the reason given by us, otherwise `aborted`. */
export function abortError(signal: AbortSignal): AnjuanError {
  const own = reasons.get(signal);
  if (own) return own;
  return AnjuanError.is(signal.reason) ? signal.reason : new AnjuanError('aborted');
}

/** Throws what `abortError` says when the signal is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}

/** Runs the callback on abort, at once when already aborted. Returns a function that stops listening. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  signal.addEventListener('abort', callback, { once: true });
  return () => signal.removeEventListener('abort', callback);
}

/** A signal that follows others and can be aborted by itself. */
export interface LinkedAbort {
  /** Pass this one on. */
  readonly signal: AbortSignal;
  /** Aborts with this error as reason. */
  abort(error: AnjuanError): void;
  /** Stops listening to the parents; call it when the work is done. */
  release(): void;
}

/** A controller that also follows its parents. (`AbortSignal.any` needs Chromium 116.) */
export function linkAbort(...parents: readonly (AbortSignal | undefined)[]): LinkedAbort {
  const controller = new AbortController();
  const stops: (() => void)[] = [];
  for (const parent of parents) {
    if (parent) stops.push(onAbort(parent, () => abortWith(controller, abortError(parent))));
  }
  return {
    signal: controller.signal,
    abort: (error) => abortWith(controller, error),
    release: () => stops.splice(0).forEach((stop) => stop()),
  };
}

/** Settles with the promise, or rejects as soon as the signal aborts, whichever comes first. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = onAbort(signal, () => reject(abortError(signal)));
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stop();
  }
}
