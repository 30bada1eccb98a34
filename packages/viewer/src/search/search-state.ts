import type { ViewerFailure } from '../viewer/viewer-state.js';
import type { SearchResults } from './search-results.js';

/** Longer queries are not sent. */
export const MAX_QUERY_LENGTH = 200;

/** How far a search has come that opens the documents one by one. */
export interface SearchProgress {
  readonly searched: number;
  readonly documents: number;
  /** Documents without any text, or that could not be opened. */
  readonly unread: number;
}

/** The one state of the search in the rail. */
export type SearchState =
  | { readonly status: 'idle' }
  /** `results`: of the search before, or what was found so far when there is `progress`. */
  | {
      readonly status: 'searching';
      readonly query: string;
      readonly results?: SearchResults;
      readonly progress?: SearchProgress;
    }
  | { readonly status: 'done'; readonly results: SearchResults; readonly progress?: SearchProgress }
  /** The archive cannot search text; the documents can be opened one by one when the reader wants it. */
  | { readonly status: 'unavailable'; readonly query: string }
  | { readonly status: 'failed'; readonly query: string; readonly failure: ViewerFailure };

/** What can be shown and gone to now. */
export function resultsOf(state: SearchState): SearchResults | undefined {
  return state.status === 'done' || state.status === 'searching' ? state.results : undefined;
}

/** Few letters of an alphabet stand everywhere; one Chinese character may be a word. */
export function worthSearching(query: string): boolean {
  const trimmed = query.trim();
  return [...trimmed].length >= 2 || /\p{Script=Han}/u.test(trimmed);
}
