import { untilAborted } from '@anjuan/core';

/** Lets calls to one device come one after the other: a login of one must not meet the logout of another. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs when everything before is over. Errors: those of the job; `aborted` while waiting. */
  take<T>(signal: AbortSignal | undefined, job: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const mine = (async () => {
      await (signal ? untilAborted(before, signal) : before);
      return job();
    })();
    this.hold(mine);
    return mine;
  }

  /** The next turn also waits for this, however it ends. */
  hold(work: Promise<unknown>): void {
    this.#last = Promise.allSettled([this.#last, work]);
  }
}
