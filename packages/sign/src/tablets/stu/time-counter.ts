const WRAP_MS = 0x10000;

/** Turns the tablet's 16-bit millisecond counter into microseconds since its first report. */
export class TimeCounter {
  #last: { readonly count: number; readonly arrivedMs: number } | undefined;
  #totalMs = 0;

  /** `arrivedMs` tells how often the counter wrapped while the pen was away; it need not be exact. */
  microseconds(count: number, arrivedMs: number): number {
    if (this.#last) {
      const step = (count - this.#last.count) & 0xffff;
      const passed = arrivedMs - this.#last.arrivedMs;
      const wraps = Math.max(0, Math.round((passed - step) / WRAP_MS));
      // A counter that stepped back a little is a report out of order, not a wrap of a minute.
      if (step > WRAP_MS - 1000 && passed < 1000) return this.#totalMs * 1000;
      this.#totalMs += step + wraps * WRAP_MS;
    }
    this.#last = { count, arrivedMs };
    return this.#totalMs * 1000;
  }
}

/** Notices reports that never came, by the tablet's 16-bit sequence number. */
export class SequenceCounter {
  #last: number | undefined;

  /** Reports missing before this one; `repeated` when it came before. */
  step(sequence: number): { readonly missing: number; readonly repeated: boolean } {
    const before = this.#last;
    const step = before === undefined ? 1 : (sequence - before) & 0xffff;
    const repeated = step === 0 || step > 0x8000;
    if (!repeated) this.#last = sequence;
    return { missing: repeated ? 0 : step - 1, repeated };
  }
}
