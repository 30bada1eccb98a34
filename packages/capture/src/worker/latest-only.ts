import { AnjuanError } from '@anjuan/core';

interface Waiting {
  readonly start: () => void;
  readonly drop: () => void;
}

/** One runs, one waits; whoever comes next takes the place of the one that waits. */
export class LatestOnly {
  #busy = false;
  #waiting: Waiting | undefined;

  /** Runs `work` as soon as nothing else runs. When replaced: calls `drop` and rejects with `aborted`. */
  async run<T>(work: () => Promise<T>, drop: () => void): Promise<T> {
    if (this.#busy) {
      this.#waiting?.drop();
      await new Promise<void>((start, reject) => {
        this.#waiting = {
          start,
          drop: () => {
            drop();
            reject(new AnjuanError('aborted'));
          },
        };
      });
    }
    this.#busy = true;
    try {
      return await work();
    } finally {
      const next = this.#waiting;
      this.#waiting = undefined;
      this.#busy = next !== undefined;
      next?.start();
    }
  }
}
