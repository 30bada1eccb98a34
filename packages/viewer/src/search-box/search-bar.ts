import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '@anjuan/core/element';
import { optionId } from './result-list.js';
import type { SearchBoxTexts } from './search-box.messages.js';

export interface SearchBarOptions {
  readonly t: SearchBoxTexts;
  readonly text: string;
  readonly filterCount: number;
  readonly filtersShown: boolean;
  readonly list: { readonly shown: boolean; readonly active: number | undefined };
  readonly onInput: (event: Event) => void;
  readonly onEnterField: () => void;
  readonly onClear: () => void;
  readonly onToggleFilters: () => void;
}

/** Field, clear and filter buttons in one frame. The browser must not remember what was typed: it names patients. */
export function searchBar({ t, text, filterCount, filtersShown, list, ...on }: SearchBarOptions): TemplateResult {
  return html`<div class="bar" part="bar">
    ${icon('search')}
    <input
      class="input"
      part="input"
      type="text"
      role="combobox"
      enterkeyhint="search"
      autocomplete="off"
      autocapitalize="off"
      autocorrect="off"
      spellcheck="false"
      aria-label=${t.label}
      aria-autocomplete="list"
      aria-expanded=${list.shown ? 'true' : 'false'}
      aria-controls=${list.shown ? 'list' : nothing}
      aria-activedescendant=${list.active === undefined ? nothing : optionId(list.active)}
      placeholder=${t.placeholder}
      .value=${text}
      @input=${on.onInput}
      @compositionend=${on.onInput}
      @focus=${on.onEnterField}
      @click=${on.onEnterField}
    />
    ${
      text
        ? html`<button class="icon-button" type="button" aria-label=${t.clear} @click=${on.onClear}>
            ${icon('x')}
          </button>`
        : nothing
    }
    <button
      class="icon-button filter-toggle"
      type="button"
      aria-label=${filterCount > 0 ? t.filtersActive(filterCount) : t.filters}
      aria-expanded=${filtersShown ? 'true' : 'false'}
      aria-controls=${filtersShown ? 'filters' : nothing}
      ?data-active=${filterCount > 0}
      @click=${on.onToggleFilters}
    >
      ${icon('sliders-horizontal')}
    </button>
  </div>`;
}
