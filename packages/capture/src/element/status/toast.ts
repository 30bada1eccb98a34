import type { Scope } from '@anjuan/core';
import { icon } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';

const SHOWN_MS = 8000;

/** One short line with an answer to it, such as undo. */
export interface ToastContent {
  readonly text: string;
  readonly tone?: 'neutral' | 'danger';
  readonly action?: { readonly label: string; readonly onClick: () => void };
}

/** A line at the lower edge of the picture that goes by itself; it never takes the focus. */
export class Toast {
  readonly #changed: () => void;
  readonly #scope: () => Scope;
  #content: ToastContent | undefined;
  #cancel: (() => void) | undefined;

  constructor(scope: () => Scope, changed: () => void) {
    this.#scope = scope;
    this.#changed = changed;
  }

  show(content: ToastContent): void {
    this.#cancel?.();
    this.#content = content;
    this.#cancel = this.#scope().timeout(this.hide, SHOWN_MS);
    this.#changed();
  }

  readonly hide = (): void => {
    this.#cancel?.();
    this.#content = undefined;
    this.#changed();
  };

  template(closeLabel: string): TemplateResult | typeof nothing {
    if (!this.#content) return nothing;
    const { text, action, tone } = this.#content;
    return html`<div class="toast" part="toast" data-tone=${tone ?? 'neutral'}>
      ${tone === 'danger' ? icon('circle-alert') : nothing}
      <span class="toast-text">${text}</span>
      ${
        action
          ? html`<button
              type="button"
              class="button"
              data-kind="quiet"
              data-widget="toast-action"
              @click=${() => {
                this.hide();
                action.onClick();
              }}
            >
              ${action.label}
            </button>`
          : nothing
      }
      <button type="button" class="icon-button" aria-label=${closeLabel} @click=${this.hide}>${icon('x')}</button>
    </div>`;
  }
}
