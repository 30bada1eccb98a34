import type { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';

/** The end of a session: once, with a reason when the device went away by itself. */
export class SessionEnd {
  readonly ended: Promise<AnjuanError | undefined>;
  #resolve: (reason: AnjuanError | undefined) => void = () => undefined;
  #state: { readonly reason: AnjuanError | undefined } | undefined;

  constructor() {
    this.ended = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** True once it is over. */
  get over(): boolean {
    return this.#state !== undefined;
  }

  /** Ends it; later calls change nothing. True for the first. */
  end(reason?: AnjuanError): boolean {
    if (this.#state) return false;
    this.#state = { reason };
    this.#resolve(reason);
    return true;
  }

  /** Throws the reason once it is over; `device-lost` after `close()`. */
  assertOpen(): void {
    if (this.#state) throw this.#state.reason ?? captureError('device-lost', { details: { closed: true } });
  }
}
