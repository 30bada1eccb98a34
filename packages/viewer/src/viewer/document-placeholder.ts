import { errorCodes, type AnjuanError, type DocumentEntry } from '@anjuan/core';
import { errorParts, icon, statePanel, type Locale } from '@anjuan/core/element';
import { html, type TemplateResult } from 'lit';
import type { ViewerTexts } from '../locales/viewer.js';

export interface PlaceholderProps {
  readonly texts: ViewerTexts;
  readonly locale: Locale;
  readonly document: DocumentEntry;
  readonly error?: AnjuanError;
  readonly onRetry: () => void;
  readonly onDownload: () => void;
}

function failure(code: AnjuanError['code'], props: PlaceholderProps): TemplateResult {
  const { title, next } = errorParts(code, props.locale);
  const requestId = props.error?.requestId;
  const retryable = (props.error?.retryable ?? errorCodes[code].retryable) || props.document.state === 'unmeasured';
  const { retry, original } = props.texts.document;
  return statePanel({
    icon: 'file-x',
    tone: 'danger',
    title,
    reason: next,
    code,
    ...(requestId === undefined ? {} : { requestId }),
    action: retryable ? { label: retry, onClick: props.onRetry } : { label: original, onClick: props.onDownload },
  });
}

/** What stands in the place of a document that shows no page: the rest of the record stays readable around it. */
export function documentPlaceholder(props: PlaceholderProps): TemplateResult {
  const { texts, document, error } = props;
  if (error) return failure(error.code, props);
  switch (document.state) {
    case 'locked':
      return statePanel({ icon: 'file-lock', title: texts.locked.title, reason: texts.locked[document.reason] });
    case 'broken':
      return failure(document.code, props);
    case 'ready':
      return failure('document-empty', props);
    case 'unmeasured':
      return html`<div class="measuring">
        <span class="spinner">${icon('loader-circle', { sizePx: 20 })}</span>${texts.document.measuring}
      </div>`;
  }
}

/** Over a page that could not be drawn. */
export function pageFailure(options: {
  readonly texts: ViewerTexts;
  readonly locale: Locale;
  readonly error: AnjuanError;
  readonly onRetry: () => void;
}): TemplateResult {
  const { error } = options;
  const { title, next } = errorParts(error.code, options.locale);
  return statePanel({
    icon: 'triangle-alert',
    tone: 'danger',
    title,
    reason: next,
    code: error.code,
    ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
    action: { label: options.texts.document.retry, onClick: options.onRetry },
  });
}
