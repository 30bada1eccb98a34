import { Scope } from '@anjuan/core';
import { icon } from '@anjuan/core/element';
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

const SHOWN_MS = 6000;

/** One short line at the lower edge that goes by itself: an answer to something the reader just did. */
export class Notice implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #scope = new Scope();
  #cancel: (() => void) | undefined;
  #text: string | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#scope = new Scope();
  }

  hostDisconnected(): void {
    this.#scope.dispose();
    this.#text = undefined;
  }

  show(text: string): void {
    this.#cancel?.();
    this.#text = text;
    this.#cancel = this.#scope.timeout(this.hide, SHOWN_MS);
    this.#host.requestUpdate();
  }

  readonly hide = (): void => {
    this.#cancel?.();
    this.#text = undefined;
    this.#host.requestUpdate();
  };

  template(closeLabel: string): TemplateResult | typeof nothing {
    if (this.#text === undefined) return nothing;
    return html`<div class="notice" part="notice">
      <span>${this.#text}</span>
      <button type="button" class="icon-button" aria-label=${closeLabel} @click=${this.hide}>${icon('x')}</button>
    </div>`;
  }
}
