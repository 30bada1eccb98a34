import { html, type TemplateResult } from 'lit';

/** The one polite live region of an element: what changed, for people who hear the screen. */
export class LiveRegion {
  readonly #changed: () => void;
  #text = '';
  #again = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Says it; the same words twice are said twice. */
  say(text: string): void {
    this.#again = text === this.#text ? !this.#again : false;
    this.#text = text;
    this.#changed();
  }

  template(): TemplateResult {
    return html`<div class="visually-hidden" role="status" aria-live="polite" part="live">
      ${this.#text}${this.#again ? '\u00a0' : ''}
    </div>`;
  }
}
