import type { Clock } from '../lifecycle/clock.js';

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** A clock that moves only when told, so that no test and no story waits for time. */
export class ManualClock implements Clock {
  #nowMs: number;
  #timers: Timer[] = [];

  constructor(startMs = Date.UTC(2026, 0, 5, 8)) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { atMs: this.#nowMs + Math.max(0, delayMs), callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Moves on by `ms` milliseconds; timers fire in order, and what they start gets its turn. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await turn();
    for (let timer = this.#next(untilMs); timer; timer = this.#next(untilMs)) {
      this.#fire(timer);
      await turn();
    }
    this.#nowMs = untilMs;
  }

  /** Jumps from timer to timer until the promise settles; gives what it gives. */
  async settle<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const mark = (): void => {
      settled = true;
    };
    promise.then(mark, mark);
    for (let idleTurns = 0; idleTurns < 50;) {
      await turn();
      if (settled) return promise;
      const timer = this.#next(Infinity);
      if (timer) this.#fire(timer);
      idleTurns = timer ? 0 : idleTurns + 1;
    }
    return promise;
  }

  #next(untilMs: number): Timer | undefined {
    const due = this.#timers.filter((timer) => timer.atMs <= untilMs);
    return due.reduce<Timer | undefined>(
      (first, timer) => (first && first.atMs <= timer.atMs ? first : timer),
      undefined,
    );
  }

  #fire(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.#nowMs = Math.max(this.#nowMs, timer.atMs);
    timer.callback();
  }
}

/** One turn of the event loop: every promise and stream that can move has moved. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
