import { AnjuanError, type ErrorCode, type RecordManifest } from '@anjuan/core';
import type { OpenTarget } from './viewer-attributes.js';

/** Facts of a failure that may be shown: no text of the archive, no ids of the record. */
export interface ViewerFailure {
  readonly code: ErrorCode;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
}

/** The one state of the viewer. */
export type ViewerState =
  | { readonly status: 'idle' }
  | { readonly status: 'loading'; readonly target: OpenTarget; readonly slow: boolean }
  | { readonly status: 'ready'; readonly target: OpenTarget; readonly manifest: RecordManifest }
  | { readonly status: 'empty'; readonly target: OpenTarget; readonly manifest: RecordManifest }
  | { readonly status: 'forbidden'; readonly target: OpenTarget; readonly failure: ViewerFailure }
  | { readonly status: 'error'; readonly target: OpenTarget; readonly failure: ViewerFailure };

export const IDLE: ViewerState = { status: 'idle' };

const REFUSALS: readonly ErrorCode[] = ['record-forbidden', 'record-sealed'];

export function openedState(target: OpenTarget, manifest: RecordManifest): ViewerState {
  return { status: manifest.documents.length === 0 ? 'empty' : 'ready', target, manifest };
}

/** The state after a failed open; undefined for a cancelled one, which is no news to the reader. */
export function failedState(target: OpenTarget, reason: unknown): ViewerState | undefined {
  const error = AnjuanError.from(reason);
  if (error.code === 'aborted') return undefined;
  const failure: ViewerFailure = { code: error.code, requestId: error.requestId, retryable: error.retryable };
  return { status: REFUSALS.includes(error.code) ? 'forbidden' : 'error', target, failure };
}

/** True when a better network may mend what is shown: a record that could not be fetched, or pages of an open one. */
export function mayRecover(state: ViewerState): boolean {
  return state.status === 'ready' || (state.status === 'error' && state.failure.code.startsWith('network-'));
}
