import type { Locks } from '../src/outbox/claims/lock-claims.js';

interface Waiting {
  readonly grant: () => void;
}

/** Web Locks of one browser, as far as claims use them. @source W3C Web Locks API, exclusive mode */
export class MemoryLocks {
  readonly #held = new Set<string>();
  readonly #queues = new Map<string, Waiting[]>();
  #onCrash: (() => void)[] = [];

  readonly request: Locks['request'] = (async (...given: readonly unknown[]): Promise<unknown> => {
    const name = String(given[0]);
    const options = (given.length > 2 ? given[1] : {}) as { ifAvailable?: boolean; signal?: AbortSignal };
    const work = given.at(-1) as (lock: { name: string; mode: string } | null) => unknown;
    if (this.#held.has(name)) {
      if (options.ifAvailable) return work(null);
      await this.#wait(name, options.signal);
    }
    this.#held.add(name);
    try {
      return await Promise.race([Promise.resolve(work({ name, mode: 'exclusive' })), this.#crashed()]);
    } finally {
      this.#held.delete(name);
      this.#queues.get(name)?.shift()?.grant();
    }
  }) as Locks['request'];

  /** All tabs end at once: the browser frees what they held. */
  crash(): void {
    const crashed = this.#onCrash;
    this.#onCrash = [];
    this.#queues.clear();
    for (const free of crashed) free();
  }

  #crashed(): Promise<void> {
    return new Promise((resolve) => this.#onCrash.push(resolve));
  }

  #wait(name: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = { grant: resolve };
      const queue = this.#queues.get(name) ?? [];
      queue.push(waiting);
      this.#queues.set(name, queue);
      signal?.addEventListener('abort', () => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }
}
