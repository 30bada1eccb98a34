import { icon } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ViewerTexts } from '../locales/viewer.js';
import { firstHit, focusHit } from './hit-keyboard.js';
import type { SearchController } from './search-controller.js';
import { MAX_QUERY_LENGTH } from './search-state.js';

/** The field above the hits: searches while typing, Enter at once or on to the next hit, Esc clears. */
export function searchField(props: { readonly texts: ViewerTexts; readonly search: SearchController }): TemplateResult {
  const { texts, search } = props;
  const valueOf = (event: Event): string => (event.currentTarget as HTMLInputElement).value;
  const onInput = (event: Event): void => {
    // An input method shows letters that are not the text yet.
    if (!(event instanceof InputEvent && event.isComposing)) search.type(valueOf(event));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') onEnter(event);
    else if (event.key === 'ArrowDown' && firstHit(event.currentTarget)) {
      event.preventDefault();
      focusHit(firstHit(event.currentTarget));
    }
  };
  const onEnter = (event: KeyboardEvent): void => {
    event.preventDefault();
    const { state } = search;
    if (state.status === 'done' && state.results.query === search.query) search.step(event.shiftKey ? -1 : 1);
    else void search.submit();
  };
  const onClear = (event: Event): void => {
    const field = (event.currentTarget as HTMLElement).closest('.search-field')?.querySelector('input');
    search.clear();
    field?.focus();
  };
  return html`<div class="filter search-field" role="search">
    <span class="filter-icon">${icon('search')}</span>
    <input
      class="field filter-input"
      data-widget="search-text"
      type="text"
      inputmode="search"
      enterkeyhint="search"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      part="search"
      maxlength=${MAX_QUERY_LENGTH}
      aria-label=${texts.search.label}
      placeholder=${texts.search.hint}
      .value=${live(search.query)}
      @input=${onInput}
      @compositionend=${(event: Event) => search.type(valueOf(event))}
      @keydown=${onKeyDown}
    />
    ${
      search.query === ''
        ? nothing
        : html`<button
            type="button"
            class="icon-button filter-clear"
            aria-label=${texts.search.clear}
            @click=${onClear}
          >
            ${icon('x')}
          </button>`
    }
  </div>`;
}
