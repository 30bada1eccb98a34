import { errorCodes, isErrorCode, type AnjuanError, type DocumentEntry, type ErrorCode } from '@anjuan/core';
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

/** There is no file behind these. */
const NO_ORIGINAL: readonly ErrorCode[] = ['document-empty', 'document-not-found', 'document-locked'];

/** Trying again where that may help, else the archived file, else nothing. */
function actionFor(code: ErrorCode, props: Pick<PlaceholderProps, 'texts' | 'onRetry' | 'onDownload'>) {
  const { retry, original } = props.texts.document;
  // After signing in again it works, although the same call by itself would not.
  if ((isErrorCode(code) && errorCodes[code].retryable) || code.startsWith('auth-'))
    return { action: { label: retry, onClick: props.onRetry } };
  return NO_ORIGINAL.includes(code) ? {} : { action: { label: original, onClick: props.onDownload } };
}

function failure(code: ErrorCode, props: PlaceholderProps): TemplateResult {
  const { title, next } = errorParts(code, props.locale);
  const requestId = props.error?.requestId;
  return statePanel({
    icon: 'file-x',
    tone: 'danger',
    title,
    reason: next,
    code,
    ...(requestId === undefined ? {} : { requestId }),
    ...actionFor(code, props),
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
export function pageFailure(
  options: Omit<PlaceholderProps, 'document' | 'error'> & { readonly error: AnjuanError },
): TemplateResult {
  const { error } = options;
  const { title, next } = errorParts(error.code, options.locale);
  return statePanel({
    icon: 'triangle-alert',
    tone: 'danger',
    title,
    reason: next,
    code: error.code,
    ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
    ...actionFor(error.code, options),
  });
}
