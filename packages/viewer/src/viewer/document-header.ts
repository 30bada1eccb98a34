import type { DocumentEntry, DocumentVerdict } from '@anjuan/core';
import { formatDateTime, icon, type Locale } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewerTexts } from '../locales/viewer.js';
import { categoryLabel } from '../sidebar/tree-model.js';
import { canDownload } from './can-download.js';
import { verdictMark } from './verdict-mark.js';

export interface DocumentHeaderProps {
  readonly texts: ViewerTexts;
  readonly locale: Locale;
  readonly document: DocumentEntry;
  /** Page of this document that the reader is on, from 1; undefined while reading another document. */
  readonly pageNumber: number | undefined;
  /** What was found out about its signatures; undefined when nobody looked. */
  readonly verdict: DocumentVerdict | undefined;
  readonly onDownload: () => void;
  readonly onSignatures: () => void;
}

function pagePart({ texts, document, pageNumber }: DocumentHeaderProps): TemplateResult | typeof nothing {
  const total = document.pages.length;
  if (total === 0) return nothing;
  const text = pageNumber === undefined ? texts.rail.pages(total) : texts.document.pageOf(pageNumber, total);
  return html`<span class="doc-page">${text}</span>`;
}

/** Year and time of day stand apart, so that a narrow strip can do without them. */
function timePart({ document, locale }: DocumentHeaderProps): TemplateResult | typeof nothing {
  const [, year, day, time] = /^(\d{4}-)?(.*?)( .*)?$/.exec(formatDateTime(document.dateTime, locale)) ?? [];
  if (!day) return nothing;
  return html`<span class="doc-fact"
    ><span class="doc-year">${year}</span>${day}<span class="doc-time">${time}</span></span
  >`;
}

function signedPart(props: DocumentHeaderProps): TemplateResult | typeof nothing {
  const { texts, document, verdict } = props;
  if (document.state === 'locked') return nothing;
  if (verdict) {
    const { tone, icon: name, word } = verdictMark(verdict, texts);
    return html`<button
      type="button"
      class="doc-verdict"
      data-verdict=${tone}
      aria-label=${texts.document.showVerdict(word)}
      title=${texts.document.showVerdict(word)}
      @click=${props.onSignatures}
    >
      ${icon(name)}<span class="doc-verdict-text">${word}</span>
    </button>`;
  }
  if (document.signed !== true) return nothing;
  return html`<span class="doc-signed"
    >${icon('check')}<span class="doc-signed-text">${texts.document.signed}</span></span
  >`;
}

/** The strip above a document's pages: what it is, when, by whom, where in it, and the way to the original. */
export function documentHeader(props: DocumentHeaderProps): TemplateResult {
  const { texts, locale, document } = props;
  const category = categoryLabel(document.category, { locale });
  const locked = document.state === 'locked';
  const title = locked ? category : document.title || category;
  return html`<div class="doc-head" part="document-header">
    <span class="doc-mark" aria-hidden="true"></span>
    ${title.includes(category) ? nothing : html`<span class="doc-category">${category}</span>`}
    <span class="doc-title">${title}</span>
    ${timePart(props)}
    ${document.author && !locked ? html`<span class="doc-fact doc-author">${document.author}</span>` : nothing}
    <span class="doc-space"></span>
    ${signedPart(props)} ${pagePart(props)}
    ${
      canDownload(document)
        ? html`<button
            type="button"
            class="doc-original"
            title=${texts.document.originalHint}
            aria-label=${texts.document.original}
            @click=${props.onDownload}
          >
            ${icon('download')}<span class="doc-original-text">${texts.document.original}</span>
          </button>`
        : nothing
    }
  </div>`;
}
