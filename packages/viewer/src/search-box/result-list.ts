import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { errorParts, formatNumber, type Locale } from '@anjuan/core/element';
import { recordRow } from './record-row.js';
import type { SearchBoxTexts } from './search-box.messages.js';
import type { FoundRecords, MoreState } from './search-state.js';

export interface ResultListOptions {
  readonly t: SearchBoxTexts;
  readonly locale: Locale;
  readonly found: FoundRecords;
  /** True while a newer search is under way and these rows are those of the one before. */
  readonly stale: boolean;
  readonly active: number | undefined;
  readonly onChoose: (index: number) => void;
}

/** Number of options: the rows, and the line that offers more. */
export function countOptions(found: FoundRecords | undefined): number {
  if (!found) return 0;
  return found.records.length + (found.more.status === 'none' ? 0 : 1);
}

export const optionId = (index: number): string => `option-${index}`;

/** Options do not take the focus: it stays in the field, which names the active option. */
export function resultList(options: ResultListOptions): TemplateResult {
  const { t, locale, found, stale, active, onChoose } = options;
  return html`
    <div
      class="list"
      part="list"
      id="list"
      role="listbox"
      aria-label=${t.results}
      aria-busy=${stale ? 'true' : 'false'}
      @mousedown=${(event: Event) => event.preventDefault()}
    >
      ${repeat(
        found.records,
        (record) => record.recordId,
        (record, index) => html`
          <div
            class="option"
            part="option"
            role="option"
            id=${optionId(index)}
            aria-selected=${active === index ? 'true' : 'false'}
            @click=${() => onChoose(index)}
          >
            ${recordRow(record, t, locale)}
          </div>
        `,
      )}
      ${found.more.status === 'none' ? nothing : moreOption(options)}
    </div>
  `;
}

function moreOption({ t, locale, found, active, onChoose }: ResultListOptions): TemplateResult {
  const index = found.records.length;
  return html`
    <div
      class="option more"
      part="more"
      role="option"
      id=${optionId(index)}
      aria-selected=${active === index ? 'true' : 'false'}
      aria-disabled=${found.more.status === 'loading' ? 'true' : 'false'}
      data-state=${found.more.status}
      @click=${() => onChoose(index)}
    >
      ${moreText(found.more, t, locale, found)}
    </div>
  `;
}

function moreText(more: MoreState, t: SearchBoxTexts, locale: Locale, found: FoundRecords): string {
  if (more.status === 'loading') return t.moreLoading;
  if (more.status === 'failed') return t.moreFailed(errorParts(more.error.code, locale).title);
  const left = found.total === undefined ? 0 : found.total - found.records.length;
  return left > 0 ? t.moreLeft(formatNumber(left, locale)) : t.more;
}
