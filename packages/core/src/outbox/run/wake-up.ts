import { onAbort } from '../../lifecycle/abort.js';

/** Lets one loop sleep until somebody wakes it; a call while it is awake is remembered. */
export class WakeUp {
  #called = false;
  #wake: (() => void) | undefined;

  call(): void {
    this.#called = true;
    this.#wake?.();
  }

  /** Resolves at the next call, at once when one came since the last sleep, and on abort. */
  async sleep(signal: AbortSignal): Promise<void> {
    if (!this.#called && !signal.aborted) {
      let stop = (): void => undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        stop = onAbort(signal, resolve);
      });
      stop();
      this.#wake = undefined;
    }
    this.#called = false;
  }
}
