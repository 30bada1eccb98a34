import { errorParts, errorText, statePanel, type IconName, type Locale } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorCode } from '@anjuan/core';
import type { ViewerTexts } from '../locales/viewer.js';
import { skeleton } from './skeleton.js';
import type { ViewerState } from './viewer-state.js';

export interface StateViewProps {
  readonly texts: ViewerTexts;
  readonly locale: Locale;
  readonly state: ViewerState;
  /** A record is wanted, but there is no archive to ask. */
  readonly noClient: boolean;
  readonly onRetry: () => void;
}

function iconFor(code: ErrorCode): IconName {
  if (code === 'record-sealed') return 'stamp';
  if (code === 'record-forbidden') return 'lock';
  if (code === 'record-not-found') return 'file-question-mark';
  if (code.startsWith('auth-')) return 'key-round';
  if (code === 'network-unreachable') return 'wifi-off';
  if (code.startsWith('network-')) return 'server-off';
  return 'circle-alert';
}

function failed(
  props: StateViewProps,
  state: ViewerState & { readonly status: 'error' | 'forbidden' },
): TemplateResult {
  const { code, requestId, retryable } = state.failure;
  const { title, next } = errorParts(code, props.locale);
  // After signing in again it works, although the same call by itself would not.
  const mayHelp = retryable || code.startsWith('auth-');
  return statePanel({
    icon: iconFor(code),
    tone: state.status === 'error' ? 'danger' : 'neutral',
    title,
    reason: next,
    code,
    role: 'alert',
    ...(requestId === undefined ? {} : { requestId }),
    ...(mayHelp ? { action: { label: props.texts.states.retry, onClick: props.onRetry } } : {}),
  });
}

/** Everything the middle of the viewer shows while there are no pages. */
export function stateView(props: StateViewProps): TemplateResult | typeof nothing {
  const { texts, state } = props;
  switch (state.status) {
    case 'idle':
      return props.noClient
        ? statePanel({ icon: 'unplug', title: texts.states.noClient, reason: texts.states.noClientReason })
        : statePanel({ icon: 'folder-open', title: texts.states.idle, reason: texts.states.idleReason });
    case 'loading':
      return html`${skeleton()}${state.slow ? html`<p class="slow"><span>${texts.states.slow}</span></p>` : nothing}`;
    case 'empty':
      return statePanel({
        icon: 'inbox',
        title: texts.states.empty,
        reason: texts.states.emptyReason,
        action: { label: texts.states.retry, onClick: props.onRetry },
      });
    case 'forbidden':
    case 'error':
      return failed(props, state);
    case 'ready':
      return nothing;
  }
}

/** What the live region says of a new state. */
export function spokenState(state: ViewerState, texts: ViewerTexts, locale: Locale): string | undefined {
  if ('failure' in state) return errorText(state.failure.code, locale);
  if (state.status === 'loading') return state.slow ? texts.states.slow : texts.live.loading;
  return state.status === 'empty' ? texts.states.empty : undefined;
}
