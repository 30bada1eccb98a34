import { formatNumber } from '@anjuan/core/element';
import { icon } from '../icons/icon.js';
import { defaultDocumentTree } from '@anjuan/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TrayDocument } from '../../session/tray.js';
import { number, type ViewProps } from '../view-props.js';
import { typeName } from '../words.js';

/** Type, title and date of each document. A native dialog: the browser keeps the focus inside and closes it on Esc. */
export function documentPanel(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const documents = model.tray.documents.filter(({ pages }) => pages.length > 0);
  const close = (event: Event): void => (event.currentTarget as Element).closest('dialog')?.close();
  return html`<dialog
    class="sheet"
    part="documents"
    data-widget="document-panel"
    aria-labelledby="documents-title"
    @keydown=${(event: KeyboardEvent) => event.stopPropagation()}
    @click=${(event: MouseEvent) => event.target === event.currentTarget && close(event)}
    @close=${() => model.batch.documentsClosed()}
  >
    <div class="sheet-box">
      <div class="panel-head">
        <h2 id="documents-title">${texts.documents.title}</h2>
        <button type="button" class="icon-button" aria-label=${texts.close} @click=${close}>
          ${icon('x', { sizePx: 20 })}
        </button>
      </div>
      ${documents.length === 0 ? html`<p class="panel-note">${texts.tray.empty}</p>` : nothing}
      ${repeat(
        documents,
        ({ documentId }) => documentId,
        (document) => documentForm(props, document),
      )}
      <div class="sheet-foot">
        <button
          type="button"
          class="button"
          data-widget="new-document"
          ?disabled=${documents.length === 0}
          @click=${() => props.run('new-document')}
        >
          ${icon('file-plus')}${texts.tools.newDocument}
        </button>
        <button type="button" class="button" data-kind="primary" data-widget="documents-done" @click=${close}>
          ${texts.documents.close}
        </button>
      </div>
    </div>
  </dialog>`;
}

function documentForm(props: ViewProps, document: TrayDocument): TemplateResult {
  const { model, texts } = props;
  const { documentId, typeCode, title, dateTime } = document;
  const change = (name: 'typeCode' | 'title' | 'dateTime') => (event: Event) => {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement;
    void model.guard(async () => model.session?.edits?.describe(documentId, { [name]: value.trim() || undefined }));
  };
  const missing = typeCode === undefined && model.batch.typesMissing;
  const name = texts.tray.document(number(props, document.number));
  return html`<fieldset class="document-form" data-document-form=${documentId}>
    <legend>${name} · ${texts.tray.pages(formatNumber(document.pages.length, props.locale))}</legend>
    <label class="form-row">
      <span>${texts.documents.type}</span>
      <select
        class="field"
        data-field="type"
        aria-invalid=${missing ? 'true' : nothing}
        aria-describedby=${missing ? `missing-${documentId}` : nothing}
        @change=${change('typeCode')}
      >
        <option value="" ?selected=${typeCode === undefined}>${texts.documents.typePlaceholder}</option>
        ${typeGroups(props, typeCode)}
      </select>
    </label>
    ${
      missing
        ? html`<p class="form-error" id="missing-${documentId}">${icon('circle-alert')}${texts.documents.missing}</p>`
        : nothing
    }
    <label class="form-row">
      <span>${texts.documents.name}</span>
      <input
        class="field"
        data-field="title"
        autocomplete="off"
        maxlength="120"
        placeholder=${texts.documents.namePlaceholder}
        .value=${title ?? ''}
        @change=${change('title')}
      />
    </label>
    <label class="form-row">
      <span>${texts.documents.date}</span>
      <input
        class="field"
        type="date"
        data-field="date"
        .value=${dateTime?.slice(0, 10) ?? ''}
        @change=${change('dateTime')}
      />
    </label>
  </fieldset>`;
}

function typeGroups({ locale }: ViewProps, chosen: string | undefined): TemplateResult[] {
  return defaultDocumentTree.map(
    (category) =>
      html`<optgroup label=${locale === 'zh-CN' ? category.zh : category.en}>
        ${category.types.map(
          (code) => html`<option value=${code} ?selected=${code === chosen}>${typeName(code, locale)}</option>`,
        )}
      </optgroup>`,
  );
}
