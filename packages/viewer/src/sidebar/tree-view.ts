import type { DocumentVerdict } from '@anjuan/core';
import { formatDate, icon, type Locale } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ViewerTexts } from '../locales/viewer.js';
import { verdictMark, verdictOf } from '../viewer/verdict-mark.js';
import type { TreeController } from './tree-controller.js';
import type { TreeDocument } from './tree-model.js';
import type { TreeRow } from './tree-rows.js';

export interface TreeViewProps {
  readonly texts: ViewerTexts;
  readonly locale: Locale;
  readonly tree: TreeController;
  /** What was found out about signed documents. */
  readonly verdicts: readonly DocumentVerdict[];
}

function stateMark(document: TreeDocument, texts: ViewerTexts): TemplateResult | typeof nothing {
  if (document.state === 'locked')
    return html`<span class="row-state">${icon('lock')}<span>${texts.rail.locked}</span></span>`;
  if (document.state === 'broken')
    return html`<span class="row-state danger">${icon('triangle-alert')}<span>${texts.rail.broken}</span></span>`;
  return nothing;
}

function groupRow(row: TreeRow & { readonly kind: 'group' }): TemplateResult {
  return html`<span class="row-twist">${icon(row.expanded ? 'chevron-down' : 'chevron-right')}</span>
    <span class="row-title">${row.group.label}</span>
    <span class="row-count">${row.group.documents.length}</span>`;
}

function documentRow(document: TreeDocument, props: TreeViewProps): TemplateResult {
  const found = document.state === 'locked' ? undefined : verdictOf(props.verdicts, document);
  const verdict = found && verdictMark(found, props.texts);
  return html`<span class="row-text">
      <span class="row-title">${document.title}</span>
      <span class="row-meta"
        ><span class="row-date">${formatDate(document.dateTime, props.locale)}</span
        >${document.author ? html`<span class="row-author">${document.author}</span>` : nothing}${
          verdict
            ? html`<span class="row-signed" data-verdict=${verdict.tone}
                >${icon(verdict.icon, { sizePx: 16 })}${verdict.word}</span
              >`
            : document.signed
              ? html`<span class="row-signed">${icon('check', { sizePx: 16 })}${props.texts.document.signed}</span>`
              : nothing
        }</span
      >
    </span>
    ${stateMark(document, props.texts)}
    ${document.pageCount > 1 ? html`<span class="row-count">${props.texts.rail.pages(document.pageCount)}</span>` : nothing}`;
}

function treeRow(row: TreeRow, tabStop: string | undefined, props: TreeViewProps): TemplateResult {
  const { tree } = props;
  const current = row.kind === 'document' && row.document.documentId === tree.currentDocumentId;
  return html`<div
    class="row ${row.kind}"
    role="treeitem"
    aria-level=${row.kind === 'group' ? 1 : 2}
    aria-setsize=${row.siblings}
    aria-posinset=${row.position}
    aria-expanded=${row.kind === 'group' ? String(row.expanded) : nothing}
    aria-selected=${row.kind === 'document' ? String(current) : nothing}
    aria-current=${current ? 'location' : nothing}
    tabindex=${row.id === tabStop ? 0 : -1}
    @click=${() => tree.activate(row)}
    @keydown=${tree.onKeyDown}
  >
    ${row.kind === 'group' ? groupRow(row) : documentRow(row.document, props)}
  </div>`;
}

function noMatch({ texts, tree }: TreeViewProps): TemplateResult {
  return html`<div class="rail-empty">
    <p class="rail-empty-title">${texts.rail.noMatch}</p>
    <p>${texts.rail.noMatchReason}</p>
    <button type="button" class="button" @click=${() => tree.setQuery('')}>${texts.rail.clearFilter}</button>
  </div>`;
}

/** Filter box above the tree of documents. */
export function treeView(props: TreeViewProps): TemplateResult {
  const { texts, tree } = props;
  const { rows, count } = tree.rows();
  const tabStop = tree.tabStop(rows);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && tree.query !== '') {
      event.stopPropagation();
      tree.setQuery('');
    } else if (event.key === 'ArrowDown' && tabStop !== undefined) {
      event.preventDefault();
      void tree.focus(tabStop);
    }
  };
  return html`<div class="filter">
      <span class="filter-icon">${icon('search')}</span>
      <input
        class="field filter-input"
        data-widget="filter"
        type="text"
        autocomplete="off"
        spellcheck="false"
        part="filter"
        aria-label=${texts.rail.filter}
        placeholder=${texts.rail.filterHint}
        .value=${live(tree.query)}
        @input=${(event: Event) => tree.setQuery((event.currentTarget as HTMLInputElement).value)}
        @keydown=${onKeyDown}
      />
      ${
        tree.query === ''
          ? nothing
          : html`<button
              type="button"
              class="icon-button filter-clear"
              aria-label=${texts.rail.clearFilter}
              @click=${() => tree.setQuery('')}
            >
              ${icon('x')}
            </button>`
      }
    </div>
    <p class="visually-hidden" role="status">${tree.filtering ? texts.rail.matches(count) : ''}</p>
    ${
      rows.length === 0
        ? noMatch(props)
        : html`<div class="tree" role="tree" aria-label=${texts.rail.contents} part="tree">
            ${repeat(
              rows,
              (row) => row.id,
              (row) => treeRow(row, tabStop, props),
            )}
          </div>`
    }`;
}
