import type { CallOptions } from '../client/types.js';
import { AnjuanError } from '../errors/anjuan-error.js';
import { linkAbort, throwIfAborted, untilAborted, type LinkedAbort } from '../lifecycle/abort.js';
import type { LaneTicket } from '../transport/call.js';
import { higherLane } from '../transport/concurrency.js';

interface Flight {
  readonly promise: Promise<unknown>;
  readonly linked: LinkedAbort;
  readonly ticket: LaneTicket;
  waiters: number;
}

/** What one shared call needs: it ends when its last waiter leaves, and travels in the lane of the most urgent one. */
export interface SharedContext {
  readonly signal: AbortSignal;
  readonly ticket: LaneTicket;
}

/** Callers that ask for the same thing at the same time share one call. */
export class SharedCalls {
  #flights = new Map<string, Flight>();

  async join<T>(key: string, options: CallOptions, start: (context: SharedContext) => Promise<T>): Promise<T> {
    throwIfAborted(options.signal);
    const lane = options.lane ?? 'interactive';
    const flight = this.#flights.get(key) ?? this.#launch(key, { lane }, start);
    flight.ticket.lane = higherLane(flight.ticket.lane, lane);
    flight.waiters += 1;
    try {
      // The key names the kind of result, so every flight under it has the same type.
      const promise = flight.promise as Promise<T>;
      return await (options.signal ? untilAborted(promise, options.signal) : promise);
    } finally {
      flight.waiters -= 1;
      if (flight.waiters === 0) {
        // The next caller must start afresh, not join a flight that is being cancelled.
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
        flight.linked.abort(new AnjuanError('aborted'));
      }
    }
  }

  #launch<T>(key: string, ticket: LaneTicket, start: (context: SharedContext) => Promise<T>): Flight {
    const linked = linkAbort();
    const promise = start({ signal: linked.signal, ticket });
    const flight: Flight = { promise, linked, ticket, waiters: 0 };
    this.#flights.set(key, flight);
    const land = (): void => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    };
    promise.then(land, land);
    return flight;
  }
}
