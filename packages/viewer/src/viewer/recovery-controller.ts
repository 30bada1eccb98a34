import { Scope } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The client pauses ten seconds after many failures and then lets one request try; a moment later all may. */
const RESUME_AFTER_MS = 10_500;

/** Tries again by itself when that can help: the browser has its network back, or the client's pause is over. */
export class RecoveryController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #retry: () => void;
  #scope = new Scope();
  #cancelResume: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, retry: () => void) {
    this.#host = host;
    this.#retry = retry;
    host.addController(this);
  }

  hostConnected(): void {
    this.#scope = new Scope();
    this.#scope.listen(window, 'online', this.#retry);
    this.#scope.listen(this.#host, 'anjuan-error', (event) => {
      const { code } = (event as HTMLElementEventMap['anjuan-error']).detail;
      if (code === 'network-circuit-open') this.#resumeLater();
    });
  }

  hostDisconnected(): void {
    this.#scope.dispose();
    this.#cancelResume = undefined;
  }

  #resumeLater(): void {
    this.#cancelResume ??= this.#scope.timeout(() => {
      this.#cancelResume = undefined;
      this.#retry();
    }, RESUME_AFTER_MS);
  }
}
