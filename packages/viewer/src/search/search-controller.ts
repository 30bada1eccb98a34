import { AnjuanError, Scope } from '@anjuan/core';
import { errorText, type Locale } from '@anjuan/core/element';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ViewerTexts } from '../locales/viewer.js';
import type { LiveRegion } from '../viewer/live-region.js';
import type { ViewerFailure } from '../viewer/viewer-state.js';
import { marksOf, nearestHit, placeOf, type HitPlace } from './hit-places.js';
import { AnjuanSearchCompletedEvent } from './search-event.js';
import { resultsOf, worthSearching, type SearchState } from './search-state.js';
import { searchFiles, searchInArchive, type FoundText, type SearchedRecord } from './text-searcher.js';

type SearchHost = ReactiveControllerHost & HTMLElement;

export interface SearchParts {
  readonly texts: () => ViewerTexts;
  readonly locale: () => Locale;
  readonly live: LiveRegion;
  /** Brings a hit into the view. */
  readonly onOpen: (place: HitPlace) => void;
  readonly report: (failure: ViewerFailure) => void;
}

/** A person who types is waited for so long. */
const TYPING_MS = 250;

/** Searches the text of the open record: one request at a time, a newer one aborts the older. */
export class SearchController implements ReactiveController {
  readonly #host: SearchHost;
  readonly #parts: SearchParts;
  #scope = new Scope();
  #record: SearchedRecord | undefined;
  #request: AbortController | undefined;
  #stopWaiting: (() => void) | undefined;
  /** The archive said that it cannot search. */
  #filesOnly = false;
  state: SearchState = { status: 'idle' };
  /** What stands in the field. */
  query = '';
  /** Index of the hit gone to last. */
  current: number | undefined;

  constructor(host: SearchHost, parts: SearchParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    this.#scope = new Scope();
  }

  hostDisconnected(): void {
    this.close();
    this.#scope.dispose();
  }

  get record(): SearchedRecord | undefined {
    return this.#record;
  }

  /** A record is open: it can be searched. */
  open(record: SearchedRecord): void {
    this.close();
    this.#record = record;
  }

  /** Forgets the record and all that was searched in it. */
  close(): void {
    this.#abort();
    this.#record = undefined;
    this.#filesOnly = false;
    this.query = '';
    this.current = undefined;
    this.state = { status: 'idle' };
  }

  /** The reader typed: searches after a rest, unless files would have to be opened for it. */
  type(query: string): void {
    this.query = query;
    this.#abort();
    if (query.trim() === '') this.clear();
    else if (this.#filesOnly) this.#set({ status: 'unavailable', query });
    else if (worthSearching(query)) {
      this.#stopWaiting = this.#scope.timeout(() => void this.#search(query), TYPING_MS);
      this.#set(this.#searching(query));
    } else this.#set({ status: 'idle' });
  }

  /** Searches now: Enter, the button, or the host. Resolves with the number of hits; undefined without an answer. */
  async submit(query = this.query): Promise<number | undefined> {
    this.query = query;
    this.#abort();
    if (query.trim() !== '') return this.#search(query, { files: true });
    this.clear();
    return undefined;
  }

  /** True when there was something to clear. */
  clear(): boolean {
    const searched = this.query !== '' || this.state.status !== 'idle';
    this.#abort();
    this.query = '';
    this.#set({ status: 'idle' });
    return searched;
  }

  /** Ends a search through files; what it has found stays. */
  stop(): void {
    const { state } = this;
    this.#abort();
    if (state.status !== 'searching') return;
    const { results, progress } = state;
    if (results && progress) this.#set({ status: 'done', results, progress });
    else this.clear();
  }

  /** To the next or previous hit; after the last comes the first. False when there is none. */
  step(direction: 1 | -1): boolean {
    const hits = resultsOf(this.state)?.hits ?? [];
    if (hits.length === 0) return false;
    const from = this.current ?? nearestHit(hits, this.#record?.viewport) - (direction === 1 ? 1 : 0);
    this.choose((from + direction) % hits.length);
    return true;
  }

  /** Goes to a hit; negative indexes count from the end. */
  choose(index: number): void {
    const hits = resultsOf(this.state)?.hits ?? [];
    const at = index < 0 ? index + hits.length : index;
    const hit = hits[at];
    if (!hit || !this.#record) return;
    this.current = at;
    this.#mark();
    this.#parts.onOpen(placeOf(hit, this.#record.viewport.documents));
    this.#parts.live.say(this.#parts.texts().search.hitOf(at + 1, hits.length));
    this.#host.requestUpdate();
  }

  async #search(query: string, { files = false }: { readonly files?: boolean } = {}): Promise<number | undefined> {
    const record = this.#record;
    if (!record) return undefined;
    const request = new AbortController();
    this.#request = request;
    this.#set(this.#searching(query));
    try {
      const found = await this.#find(record, query, { files, signal: request.signal });
      if (request.signal.aborted) return undefined;
      return this.#finish(record, found);
    } catch (reason) {
      const error = AnjuanError.from(reason);
      if (request.signal.aborted || error.code === 'aborted') return undefined;
      if (error.code === 'capability-missing') {
        this.#set({ status: 'unavailable', query });
        this.#parts.live.say(this.#parts.texts().search.unavailable);
        return undefined;
      }
      const { code, requestId, retryable } = error;
      this.#set({ status: 'failed', query, failure: { code, requestId, retryable } });
      this.#parts.live.say(errorText(code, this.#parts.locale()));
      this.#parts.report(error);
      return undefined;
    }
  }

  /** Errors: `capability-missing` when only opening all files would answer and the reader has not agreed to that. */
  async #find(
    record: SearchedRecord,
    query: string,
    options: { readonly files: boolean; readonly signal: AbortSignal },
  ): Promise<FoundText> {
    const { signal } = options;
    if (this.#filesOnly && options.files) {
      const onProgress = (found: FoundText): void => {
        if (!signal.aborted) this.#set({ status: 'searching', query, ...found });
      };
      return searchFiles(record, query.trim(), { signal, onProgress });
    }
    try {
      return await searchInArchive(record, query.trim(), signal);
    } catch (error) {
      if (AnjuanError.is(error, 'capability-missing')) this.#filesOnly = true;
      throw error;
    }
  }

  #finish(record: SearchedRecord, found: FoundText): number {
    const { results } = found;
    this.#request = undefined;
    this.#set({ status: 'done', ...found });
    this.#parts.live.say(this.#parts.texts().search.found(results.total, results.hits.length));
    const { recordId } = record;
    this.#host.dispatchEvent(new AnjuanSearchCompletedEvent({ recordId, hitCount: results.total }));
    return results.total;
  }

  /** What was found before stays in sight until there is an answer. */
  #searching(query: string): SearchState {
    const results = resultsOf(this.state);
    return { status: 'searching', query, ...(results && { results }) };
  }

  #abort(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#request?.abort();
    this.#request = undefined;
  }

  #set(state: SearchState): void {
    const before = resultsOf(this.state);
    const results = resultsOf(state);
    this.state = state;
    if (results !== before) {
      // Hits found while files are still being opened come after the ones already there.
      if (results?.query !== before?.query) this.current = undefined;
      this.#mark();
    }
    this.#host.requestUpdate();
  }

  #mark(): void {
    this.#record?.viewport.setMarks(marksOf(resultsOf(this.state)?.hits ?? [], this.current));
  }
}
