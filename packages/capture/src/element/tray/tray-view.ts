import { icon } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TrayDocument } from '../../session/tray.js';
import { number, type ViewProps } from '../view-props.js';
import { documentName } from '../words.js';
import { pageTile } from './page-tile.js';

/** All pages by document; one stop for the Tab key, arrows inside. @source WAI-ARIA APG, listbox with groups */
export function trayView(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const { tray } = model;
  if (tray.pages.length === 0) {
    return html`<div class="tray tray-empty" data-widget="tray">
      <p class="tray-empty-title">${texts.tray.empty}</p>
      <p class="tray-empty-reason">${texts.tray.emptyReason}</p>
    </div>`;
  }
  return html`<div
    class="tray"
    part="tray"
    role="listbox"
    data-widget="tray"
    aria-label=${texts.tray.label}
    aria-orientation=${props.layout === 'narrow' ? 'horizontal' : nothing}
    @contextmenu=${(event: Event) => model.drag.dragged !== undefined && event.preventDefault()}
  >
    ${repeat(
      tray.documents,
      ({ documentId }) => documentId,
      (document) => documentGroup(props, document),
    )}
  </div>`;
}

function documentGroup(props: ViewProps, document: TrayDocument): TemplateResult {
  const { model, texts, locale } = props;
  const name = documentName(document, texts, locale);
  const count = number(props, document.pages.length);
  const only = model.tray.documents.length === 1;
  return html`<div
    class="document"
    role="group"
    data-document-id=${document.documentId}
    aria-label=${texts.tray.documentLabel(name, count)}
  >
    <div
      class="document-head"
      aria-hidden="true"
      data-typed=${document.typeCode === undefined ? 'no' : 'yes'}
      @click=${() => model.batch.openDocuments(document.documentId)}
    >
      ${only ? nothing : html`<span class="document-number">${number(props, document.number)}</span>`}
      <span class="document-name">${name}</span>
      ${document.typeCode === undefined ? icon('pencil') : nothing}
      <span class="document-count">${texts.tray.pages(count)}</span>
    </div>
    ${
      document.pages.length === 0
        ? html`<p class="document-next">${texts.tray.nextHere}</p>`
        : html`<div class="document-pages" role="none">
            ${repeat(
              document.pages,
              ({ pageId }) => pageId,
              (page) => pageTile(props, page),
            )}
          </div>`
    }
  </div>`;
}
