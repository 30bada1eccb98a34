import { AnjuanError } from '@anjuan/core';

/** Runs asynchronous work one after the other, in the order of arrival. */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();

  /** Work that is still waiting when its signal aborts never starts; started work always finishes. */
  run<T>(work: () => Promise<T> | T, signal?: AbortSignal): Promise<T> {
    const result = this.#tail.then(() => {
      if (signal?.aborted) throw new AnjuanError('aborted');
      return work();
    });
    this.#tail = result.catch(() => undefined);
    return result;
  }
}
