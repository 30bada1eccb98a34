import { AnjuanError, linkAbort, throwIfAborted, untilAborted, type LinkedAbort } from '@anjuan/core';

interface Flight<T> {
  readonly promise: Promise<T>;
  readonly linked: LinkedAbort;
  waiters: number;
}

/** Calls with one key that are under way share one result. The work is told to stop when its last caller has left. */
export class SingleFlight<T> {
  readonly #running = new Map<string, Flight<T>>();

  /** Rejects as soon as `signal` aborts; callers without one stay to the end. */
  async run(key: string, work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    throwIfAborted(signal);
    const flight = this.#running.get(key) ?? this.#launch(key, work);
    if (flight.linked.signal.aborted) {
      // What could not be stopped any more is as good as new; what was stopped is begun again.
      const promise = flight.promise.catch(() => this.run(key, work, signal));
      return signal ? untilAborted(promise, signal) : promise;
    }
    flight.waiters += 1;
    try {
      return await (signal ? untilAborted(flight.promise, signal) : flight.promise);
    } finally {
      flight.waiters -= 1;
      if (flight.waiters === 0 && this.#running.get(key) === flight) flight.linked.abort(new AnjuanError('aborted'));
    }
  }

  #launch(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const linked = linkAbort();
    const promise = work(linked.signal).finally(() => this.#running.delete(key));
    const flight: Flight<T> = { promise, linked, waiters: 0 };
    this.#running.set(key, flight);
    // The callers that are still there hear of it; without any, nobody has to.
    promise.catch(() => undefined);
    return flight;
  }

  /** Settles when nothing is under way, whatever came of it. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.allSettled(Array.from(this.#running.values(), ({ promise }) => promise));
    }
  }
}
