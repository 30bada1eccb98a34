import { errorParts, icon, statePanel, type Locale } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewerTexts } from '../locales/viewer.js';
import { hitList } from './hit-list.js';
import type { SearchController } from './search-controller.js';
import { searchField } from './search-field.js';
import { scopeOf, type SearchResults } from './search-results.js';
import { resultsOf, type SearchProgress, type SearchState } from './search-state.js';

export interface SearchViewProps {
  readonly texts: ViewerTexts;
  readonly locale: Locale;
  readonly search: SearchController;
}

type Failed = SearchState & { readonly status: 'failed' };

/** The button goes away with its state, so the focus goes back to the field. */
function submitAgain(event: Event, search: SearchController): void {
  const panel = (event.currentTarget as HTMLElement).closest('[data-widget="search-panel"]');
  panel?.querySelector('input')?.focus();
  void search.submit();
}

/** What was looked through, so that "nothing found" is not taken for "is not there". */
function scopeLines({ texts, search }: SearchViewProps, progress: SearchProgress | undefined): TemplateResult {
  const t = texts.search;
  const scope = scopeOf(search.record?.viewport.documents ?? []);
  const lines = [
    progress ? t.searchedFiles(progress.searched, progress.documents) : t.searched(scope.documents, scope.pages),
    progress && progress.unread > 0 ? t.unread(progress.unread) : '',
    !progress && scope.scanPages > 0 ? t.scans(scope.scanPages) : '',
    scope.locked > 0 ? t.locked(scope.locked) : '',
    scope.broken > 0 ? t.broken(scope.broken) : '',
  ];
  return html`${lines.filter(Boolean).map((line) => html`<p>${line}</p>`)}`;
}

function nothingFound(props: SearchViewProps, progress: SearchProgress | undefined): TemplateResult {
  return html`<div class="rail-empty" data-widget="search-none">
    <p class="rail-empty-title">${props.texts.search.none}</p>
    ${scopeLines(props, progress)}
  </div>`;
}

function idle(props: SearchViewProps): TemplateResult {
  return html`<div class="rail-empty">
    <p class="rail-empty-title">${props.texts.search.idle}</p>
    <p>${props.texts.search.idleReason}</p>
  </div>`;
}

function unavailable({ texts, search }: SearchViewProps): TemplateResult {
  const t = texts.search;
  const { documents } = scopeOf(search.record?.viewport.documents ?? []);
  return html`<div class="rail-empty">
    <p class="rail-empty-title">${t.unavailable}</p>
    <p>${t.unavailableReason(documents)}</p>
    <button
      type="button"
      class="button"
      data-widget="search-files"
      @click=${(event: Event) => submitAgain(event, search)}
    >
      ${t.start}
    </button>
  </div>`;
}

function failed({ texts, locale, search }: SearchViewProps, { failure }: Failed): TemplateResult {
  const { title, next } = errorParts(failure.code, locale);
  return statePanel({
    icon: 'triangle-alert',
    tone: 'danger',
    title,
    code: failure.code,
    requestId: failure.requestId,
    ...(next && { reason: next }),
    action: { label: texts.search.retry, onClick: () => void search.submit() },
  });
}

/** How many, which one, and the way to the others. */
function counter({ texts, search }: SearchViewProps, results: SearchResults): TemplateResult {
  const t = texts.search;
  const step = (direction: 1 | -1, name: 'chevron-up' | 'chevron-down', label: string): TemplateResult =>
    html`<button type="button" class="icon-button" aria-label=${label} @click=${() => search.step(direction)}>
      ${icon(name)}
    </button>`;
  return html`<div class="search-count">
    <span class="search-total">${t.found(results.total, results.hits.length)}</span>
    ${search.current === undefined ? nothing : html`<span class="search-place">${search.current + 1} / ${results.hits.length}</span>`}
    ${step(-1, 'chevron-up', t.previous)} ${step(1, 'chevron-down', t.next)}
  </div>`;
}

function progressOf({ texts, search }: SearchViewProps): TemplateResult | typeof nothing {
  const { state } = search;
  if (state.status === 'done' && state.progress && state.results.hits.length > 0) {
    const { searched, documents, unread } = state.progress;
    return html`<p class="search-note">
      ${[texts.search.searchedFiles(searched, documents), unread > 0 ? texts.search.unread(unread) : '']
        .filter(Boolean)
        .join(texts.title.separator)}
    </p>`;
  }
  if (state.status !== 'searching') return nothing;
  const { progress } = state;
  const text = progress ? texts.search.searchedFiles(progress.searched, progress.documents) : texts.search.searching;
  return html`<div class="search-note" data-widget="search-busy">
    <span class="search-busy-text">${text}</span>
    ${
      progress
        ? html`<button type="button" class="button" @click=${() => search.stop()}>${texts.search.stop}</button>`
        : nothing
    }
  </div>`;
}

function body(props: SearchViewProps): TemplateResult | typeof nothing {
  const { state } = props.search;
  const results = resultsOf(state);
  if (results && results.hits.length > 0) return html`${counter(props, results)} ${hitList({ ...props, results })}`;
  switch (state.status) {
    case 'idle':
      return idle(props);
    case 'searching':
      return nothing;
    case 'done':
      return nothingFound(props, state.progress);
    case 'unavailable':
      return unavailable(props);
    case 'failed':
      return failed(props, state);
  }
}

/** The search tab: field, what was found by document, or why there is nothing to show. */
export function searchView(props: SearchViewProps): TemplateResult {
  const { search } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || !search.clear()) return;
    event.preventDefault();
    event.stopPropagation();
    (event.currentTarget as HTMLElement).querySelector('input')?.focus();
  };
  return html`<div
    class="search-panel"
    data-widget="search-panel"
    aria-busy=${String(search.state.status === 'searching')}
    @keydown=${onKeyDown}
  >
    ${searchField(props)} ${progressOf(props)} ${body(props)}
  </div>`;
}
