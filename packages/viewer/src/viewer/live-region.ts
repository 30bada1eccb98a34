import { Scope } from '@anjuan/core';
import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** Page changes while scrolling are told once the reader rests. */
const REST_MS = 300;

/** The one polite live region of the viewer. */
export class LiveRegion implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #scope = new Scope();
  #cancel: (() => void) | undefined;
  #text = '';

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#scope = new Scope();
  }

  hostDisconnected(): void {
    this.#scope.dispose();
    this.#text = '';
  }

  /** Says it now. */
  say(text: string): void {
    this.#cancel?.();
    this.#text = text;
    this.#host.requestUpdate();
  }

  /** Says it after a rest; a newer text replaces it. */
  sayAtRest(text: string): void {
    this.#cancel?.();
    this.#cancel = this.#scope.timeout(() => this.say(text), REST_MS);
  }

  template(): TemplateResult {
    return html`<div class="visually-hidden" role="status" aria-live="polite" part="live">${this.#text}</div>`;
  }
}
