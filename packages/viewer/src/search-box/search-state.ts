import type { AnjuanError, RecordQuery, RecordSummary } from '@anjuan/core';

/** What lies below the last row. */
export type MoreState =
  | { readonly status: 'none' }
  | { readonly status: 'offered'; readonly continuation: string }
  | { readonly status: 'loading'; readonly continuation: string }
  | { readonly status: 'failed'; readonly continuation: string; readonly error: AnjuanError };

export interface FoundRecords {
  readonly query: RecordQuery;
  readonly records: readonly RecordSummary[];
  readonly total: number | undefined;
  readonly more: MoreState;
}

/** `loading` keeps the rows of the query before, so the list does not blink while a person types. */
export type SearchState =
  | { readonly status: 'idle' }
  | { readonly status: 'disconnected' }
  | { readonly status: 'loading'; readonly previous: FoundRecords | undefined }
  | ({ readonly status: 'ready' } & FoundRecords)
  | { readonly status: 'empty'; readonly query: RecordQuery }
  | { readonly status: 'error'; readonly error: AnjuanError };

/** The rows on screen in a state. */
export function visibleFound(state: SearchState): FoundRecords | undefined {
  if (state.status === 'ready') return state;
  return state.status === 'loading' ? state.previous : undefined;
}
