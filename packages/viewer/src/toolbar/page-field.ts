import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ViewerTexts } from '../locales/viewer.js';

export interface PageFieldProps {
  readonly texts: ViewerTexts;
  /** From 1; undefined while the reader is on a document without pages. */
  readonly pageNumber: number | undefined;
  readonly pageCount: number;
  /** A whole number was typed; it may be out of range. */
  readonly onSubmit: (pageNumber: number) => void;
  readonly onLeave: () => void;
}

/** Digits of any width: an input method may deliver `１２`. */
export function parsePageField(value: string): number | undefined {
  const digits = value.normalize('NFKC').trim();
  return /^\d{1,7}$/.test(digits) ? Number(digits) : undefined;
}

/** The editable page number and the total. The field follows the scroll unless someone is typing in it. */
export function pageField(props: PageFieldProps): TemplateResult {
  const { texts, pageNumber, pageCount } = props;
  const current = pageNumber === undefined ? '' : String(pageNumber);
  const submit = (input: HTMLInputElement): void => {
    const typed = parsePageField(input.value);
    input.value = current;
    if (typed !== undefined && String(typed) !== current) props.onSubmit(typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (event.key === 'Enter' && !event.isComposing) {
      submit(input);
      input.select();
    } else if (event.key === 'Escape') {
      input.value = current;
      props.onLeave();
    }
  };
  return html`<span class="page-field">
    <input
      class="field page-input"
      data-widget="page-field"
      type="text"
      inputmode="numeric"
      autocomplete="off"
      maxlength="7"
      part="page-field"
      aria-label=${pageNumber === undefined ? texts.toolbar.page : texts.toolbar.pageOf(pageNumber, pageCount)}
      ?disabled=${pageCount === 0}
      .value=${live(current)}
      @focus=${(event: FocusEvent) => (event.currentTarget as HTMLInputElement).select()}
      @keydown=${onKeyDown}
      @change=${(event: Event) => submit(event.currentTarget as HTMLInputElement)}
    />
    <span class="page-total" aria-hidden="true">/ ${pageCount}</span>
  </span>`;
}
