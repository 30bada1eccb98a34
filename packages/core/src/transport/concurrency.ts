import type { Lane } from '../client/types.js';
import { abortError, onAbort } from '../lifecycle/abort.js';
import type { LaneTicket, Policy } from './call.js';

export const DEFAULT_CONCURRENCY = 6;

const order: readonly Lane[] = ['interactive', 'ahead', 'background'];

/** The more urgent of two lanes. */
export function higherLane(a: Lane, b: Lane): Lane {
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

/** At most `concurrency` calls per origin at a time; a higher lane always goes first, first come first served within. */
export function concurrencyPolicy({ concurrency }: { readonly concurrency: number }): Policy {
  const queues = new Map<string, LaneQueue>();
  return (next) => async (call) => {
    const queue = queues.get(call.url.origin) ?? new LaneQueue(concurrency);
    queues.set(call.url.origin, queue);
    const leave = await queue.enter(call.ticket, call.signal);
    try {
      return await next(call);
    } finally {
      leave();
    }
  };
}

interface Waiter {
  readonly ticket: LaneTicket;
  readonly admit: () => void;
}

/** One origin's slots and waiting room. */
export class LaneQueue {
  readonly #slots: number;
  #busy = 0;
  #waiting: Waiter[] = [];

  constructor(slots: number) {
    this.#slots = slots;
  }

  /** Waits for a slot. Returns the function that frees it. */
  enter(ticket: LaneTicket, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(abortError(signal));
        return;
      }
      const waiter: Waiter = {
        ticket,
        admit: () => {
          stop();
          this.#busy += 1;
          resolve(() => {
            this.#busy -= 1;
            this.#pump();
          });
        },
      };
      const stop = onAbort(signal, () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        reject(abortError(signal));
      });
      this.#waiting.push(waiter);
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#waiting.length > 0) {
      const waiter = this.#first();
      if (!waiter) return;
      this.#waiting = this.#waiting.filter((other) => other !== waiter);
      waiter.admit();
    }
  }

  /** Lower lanes leave slots free, so that a person never waits behind a screenful of prefetching. */
  #first(): Waiter | undefined {
    for (const [rank, lane] of order.entries()) {
      if (this.#busy >= Math.max(1, this.#slots - rank)) return undefined;
      const found = this.#waiting.find((waiter) => waiter.ticket.lane === lane);
      if (found) return found;
    }
    return undefined;
  }
}
