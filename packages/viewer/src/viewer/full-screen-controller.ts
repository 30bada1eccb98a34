import { Scope } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Full screen through the browser where it is allowed; else the element fills the window (`data-full-window`),
 * for example in a frame without permission.
 */
export class FullScreenController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #scope = new Scope();

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get active(): boolean {
    return this.#native || this.#host.hasAttribute('data-full-window');
  }

  get #native(): boolean {
    const root = this.#host.getRootNode();
    return (root instanceof ShadowRoot || root instanceof Document) && root.fullscreenElement === this.#host;
  }

  hostConnected(): void {
    this.#scope = new Scope();
    this.#scope.listen(this.#host, 'fullscreenchange', () => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#host.removeAttribute('data-full-window');
    this.#scope.dispose();
  }

  async toggle(): Promise<void> {
    if (this.#native) return document.exitFullscreen();
    if (this.leaveWindow()) return;
    try {
      await this.#host.requestFullscreen();
    } catch (error) {
      // Not allowed here (frame policy, no user gesture) or not there at all: fill the window instead.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
      if (this.#host.isConnected) this.#host.setAttribute('data-full-window', '');
    }
    this.#host.requestUpdate();
  }

  /** Esc leaves the fallback as it leaves the real one. True when there was something to leave. */
  leaveWindow(): boolean {
    if (!this.#host.hasAttribute('data-full-window')) return false;
    this.#host.removeAttribute('data-full-window');
    this.#host.requestUpdate();
    return true;
  }
}
