import { formatDate, type Locale } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ViewerTexts } from '../locales/viewer.js';
import { categoryLabel } from '../sidebar/tree-model.js';
import { onListKeyDown } from './hit-keyboard.js';
import type { SearchController } from './search-controller.js';
import type { HitGroup, PlacedHit, SearchResults } from './search-results.js';
import { snippetParts } from './snippet-parts.js';

export interface HitListProps {
  readonly texts: ViewerTexts;
  readonly locale: Locale;
  readonly search: SearchController;
  readonly results: SearchResults;
}

function hitRow({ index, hit }: PlacedHit, { texts, search, results }: HitListProps): TemplateResult {
  const current = search.current === index;
  return html`<div
    class="hit"
    role="option"
    aria-selected=${String(current)}
    tabindex=${index === (search.current ?? 0) ? 0 : -1}
    @click=${() => search.choose(index)}
  >
    <span class="hit-page">${texts.search.page(hit.pageIndex + 1)}</span>
    <span class="hit-snippet"
      >${snippetParts(hit.snippet, results.query).map(({ text, match }) => (match ? html`<mark>${text}</mark>` : text))}</span
    >
  </div>`;
}

function hitGroup(group: HitGroup, at: number, props: HitListProps): TemplateResult {
  const { document, hits } = group;
  const category = categoryLabel(document.category, { locale: props.locale });
  const title = document.title || category;
  return html`<div class="hit-group" role="group" aria-labelledby="hit-group-${at}">
    <div class="hit-document" id="hit-group-${at}">
      <span class="hit-title">${title}</span>
      <span class="hit-facts"
        >${title.includes(category) ? nothing : html`<span>${category}</span>`}<span
          >${formatDate(document.dateTime, props.locale)}</span
        ></span
      >
      <span class="hit-count">${hits.length}</span>
    </div>
    ${repeat(
      hits,
      ({ index }) => index,
      (hit) => hitRow(hit, props),
    )}
  </div>`;
}

/** The hits, by document. */
export function hitList(props: HitListProps): TemplateResult {
  return html`<div
    class="hits"
    role="listbox"
    part="hits"
    aria-label=${props.texts.search.results}
    @keydown=${onListKeyDown}
  >
    ${repeat(
      props.results.groups,
      ({ document }) => document.documentId,
      (group, at) => hitGroup(group, at, props),
    )}
  </div>`;
}
