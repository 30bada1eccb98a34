import { html, nothing, type TemplateResult } from 'lit';
import type { SearchBoxTexts } from './search-box.messages.js';
import { countFilters, readDraft, type FilterName, type SearchDraft } from './search-draft.js';

export interface FilterFieldsOptions {
  readonly t: SearchBoxTexts;
  readonly draft: SearchDraft;
  readonly onChange: (name: FilterName, value: string) => void;
  readonly onClear: () => void;
}

/** Discharge dates, department and diagnosis. Values live in properties, never in attributes. */
export function filterFields({ t, draft, onChange, onClear }: FilterFieldsOptions): TemplateResult {
  const field = (name: FilterName, label: string, type: 'date' | 'text'): TemplateResult => html`
    <label class="filter" data-filter=${name}>
      <span class="filter-label">${label}</span>
      <input
        class="field"
        type=${type}
        autocomplete="off"
        spellcheck="false"
        .value=${draft[name]}
        @input=${(event: InputEvent) => {
          if (!event.isComposing) onChange(name, (event.target as HTMLInputElement).value);
        }}
        @compositionend=${(event: Event) => onChange(name, (event.target as HTMLInputElement).value)}
      />
    </label>
  `;
  return html`
    <div class="filters" id="filters" part="filters">
      <div class="filter-pair">
        ${field('dischargedFrom', t.dischargedFrom, 'date')} ${field('dischargedTo', t.dischargedTo, 'date')}
      </div>
      <div class="filter-pair">
        ${field('department', t.department, 'text')} ${field('diagnosis', t.diagnosis, 'text')}
      </div>
      ${
        readDraft(draft).kind === 'range-reversed'
          ? html`<p class="filter-note" role="alert">${t.rangeReversed}</p>`
          : nothing
      }
      ${
        countFilters(draft) > 0
          ? html`<button class="button" data-kind="quiet" type="button" @click=${onClear}>${t.clearFilters}</button>`
          : nothing
      }
    </div>
  `;
}
