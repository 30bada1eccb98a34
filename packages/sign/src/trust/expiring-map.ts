import type { Clock } from '@anjuan/core';

/** Keeps a few values until their time is over; the oldest go first. */
export class ExpiringMap<T> {
  readonly #entries = new Map<string, { readonly value: T; readonly untilMs: number }>();
  readonly #clock: Clock;
  readonly #limit: number;

  constructor(clock: Clock, limit = 64) {
    this.#clock = clock;
    this.#limit = limit;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (entry && entry.untilMs > this.#clock.now()) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: T, untilMs: number): void {
    if (untilMs <= this.#clock.now()) return;
    this.#entries.delete(key);
    this.#entries.set(key, { value, untilMs });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#limit && oldest !== undefined) this.#entries.delete(oldest);
  }
}
