import { html, nothing, type TemplateResult } from 'lit';
import type { RecordQuery } from '@anjuan/core';
import { errorParts, formatNumber, statePanel, type Locale } from '@anjuan/core/element';
import { resultList } from './result-list.js';
import type { SearchBoxTexts } from './search-box.messages.js';
import { describeQuery } from './search-draft.js';
import { visibleFound, type FoundRecords, type SearchState } from './search-state.js';

export interface SearchPanelOptions {
  readonly t: SearchBoxTexts;
  readonly locale: Locale;
  readonly state: SearchState;
  readonly active: number | undefined;
  /** True: the filters stand above with a way to clear them. */
  readonly filtersShown: boolean;
  readonly onChoose: (index: number) => void;
  readonly onRetry: () => void;
  readonly onClearFilters: () => void;
}

const SKELETON_ROWS = [0, 1, 2];

/** What stands below the field: rows, skeleton, or the reason why there are none. */
export function searchPanel(options: SearchPanelOptions): TemplateResult | typeof nothing {
  const { t, state, locale } = options;
  const found = visibleFound(state);
  if (found) {
    const stale = state.status === 'loading';
    return html`<p class="count" part="count">${stale ? t.loading : countText(found, t, locale)}</p>
      ${resultList({ ...options, found, stale })}`;
  }
  switch (state.status) {
    case 'loading':
      return html`<p class="count" part="count">${t.loading}</p>
        <div class="list" aria-hidden="true">${SKELETON_ROWS.map(() => skeletonRow())}</div>`;
    case 'empty':
      return emptyPanel(state.query, options);
    case 'disconnected':
      return statePanel({ icon: 'unplug', title: t.notConnected, reason: t.notConnectedReason });
    case 'error': {
      const { title, next } = errorParts(state.error.code, locale);
      return statePanel({
        icon: 'circle-alert',
        tone: 'danger',
        title,
        reason: next,
        code: state.error.code,
        requestId: state.error.requestId,
        action: { label: t.retry, onClick: options.onRetry },
      });
    }
    default:
      return nothing;
  }
}

/** One sentence for screen readers: spoken when the state changes, without a patient's name. */
export function announcement(state: SearchState, t: SearchBoxTexts, locale: Locale): string {
  switch (state.status) {
    case 'ready':
      return countText(state, t, locale);
    case 'empty':
      return t.emptyTitle;
    case 'disconnected':
      return t.notConnected;
    case 'error':
      return errorParts(state.error.code, locale).title;
    default:
      return '';
  }
}

function countText(found: FoundRecords, t: SearchBoxTexts, locale: Locale): string {
  if (found.total !== undefined) return t.found(formatNumber(found.total, locale));
  const shown = formatNumber(found.records.length, locale);
  return found.more.status === 'none' ? t.found(shown) : t.foundSome(shown);
}

function emptyPanel(query: RecordQuery, { t, filtersShown, onClearFilters }: SearchPanelOptions): TemplateResult {
  const { text, ...filters } = query;
  const filtered = Object.keys(filters).length > 0;
  return html`
    <div class="state-panel" part="state">
      <p class="state-panel-title" part="state-title">${t.emptyTitle}</p>
      <p class="state-panel-reason" part="state-reason">${t.emptyFor(describeQuery(query, t))}</p>
      <ul class="hints">
        ${text ? html`<li>${t.tryNumber}</li>` : nothing} ${text ? html`<li>${t.tryInitials}</li>` : nothing}
        ${filtered ? html`<li>${t.tryFewerFilters}</li>` : nothing}
      </ul>
      ${
        filtered && !filtersShown
          ? html`<button class="button" type="button" @click=${onClearFilters}>${t.clearFilters}</button>`
          : nothing
      }
    </div>
  `;
}

/** The exact shape of a row, so nothing jumps when the rows come. */
function skeletonRow(): TemplateResult {
  return html`<div class="option skeleton">
    <span class="who"><span class="bone name-bone"></span></span>
    <span class="number"><span class="bone"></span></span>
    <span class="stay"><span class="bone"></span></span>
    <span class="diagnosis"><span class="bone"></span></span>
  </div>`;
}
