import { abortError, onAbort, type AnjuanError, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';

/** One call that waits for its answer. */
interface Slot<Reply> {
  readonly send: () => void;
  readonly timeoutMs: number;
  resolve: (reply: Reply) => void;
  reject: (error: AnjuanError) => void;
  cancelTimer: () => void;
  sent: boolean;
}

/** Options of `FunctionCalls`. */
export interface FunctionCallsOptions {
  readonly clock: Clock;
  /** An answer did not come in time, so a later one could be taken for the answer to a later call. */
  readonly onStuck: (error: AnjuanError) => void;
}

/** Options of one call. */
export interface FunctionCallOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls of a service that gives its answers no request id: one call of a function at a time, first in, first out. A call that
 * was given up keeps its place until its answer came, so that no call gets the answer of another.
 */
export class FunctionCalls<Reply> {
  readonly #options: FunctionCallsOptions;
  readonly #queues = new Map<string, Slot<Reply>[]>();

  constructor(options: FunctionCallsOptions) {
    this.#options = options;
  }

  /** Sends when its turn has come and waits for the answer. */
  call(name: string, send: () => void, { timeoutMs, signal }: FunctionCallOptions): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortError(signal));
        return;
      }
      const slot: Slot<Reply> = { send, timeoutMs, resolve, reject, cancelTimer: () => undefined, sent: false };
      if (signal) {
        const stop = onAbort(signal, () => this.#giveUp(name, slot, abortError(signal)));
        slot.resolve = (reply) => (stop(), resolve(reply));
        slot.reject = (error) => (stop(), reject(error));
      }
      const queue = this.#queues.get(name) ?? [];
      this.#queues.set(name, queue);
      queue.push(slot);
      this.#sendHead(name);
    });
  }

  /** Gives the answer to the oldest call of the function. False when nobody waits for one. */
  answer(name: string, reply: Reply): boolean {
    const slot = this.#queues.get(name)?.[0];
    if (!slot?.sent) return false;
    this.#remove(name, slot);
    slot.resolve(reply);
    this.#sendHead(name);
    return true;
  }

  /** Ends all calls. */
  fail(error: AnjuanError): void {
    const waiting = [...this.#queues.values()].flat();
    this.#queues.clear();
    for (const slot of waiting) {
      slot.cancelTimer();
      slot.reject(error);
    }
  }

  #sendHead(name: string): void {
    const slot = this.#queues.get(name)?.[0];
    if (!slot || slot.sent) return;
    slot.sent = true;
    slot.cancelTimer = this.#options.clock.after(slot.timeoutMs, () => {
      const error = captureError('device-timeout', { details: { timeoutMs: slot.timeoutMs } });
      this.#remove(name, slot);
      slot.reject(error);
      this.#options.onStuck(error);
    });
    try {
      slot.send();
    } catch (error) {
      this.#remove(name, slot);
      slot.reject(error as AnjuanError);
    }
  }

  #giveUp(name: string, slot: Slot<Reply>, error: AnjuanError): void {
    if (!slot.sent) this.#remove(name, slot);
    slot.reject(error);
  }

  #remove(name: string, slot: Slot<Reply>): void {
    slot.cancelTimer();
    const queue = (this.#queues.get(name) ?? []).filter((other) => other !== slot);
    if (queue.length > 0) this.#queues.set(name, queue);
    else this.#queues.delete(name);
  }
}
