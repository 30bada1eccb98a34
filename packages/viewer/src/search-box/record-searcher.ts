import { AnjuanError, type Scope, type ArchiveClient, type RecordPage, type RecordQuery } from '@anjuan/core';
import { visibleFound, type FoundRecords, type MoreState, type SearchState } from './search-state.js';

const PAGE_SIZE = 20;

export interface SearcherPort {
  /** Lives as long as the element is connected. */
  readonly scope: () => Scope;
  readonly client: () => ArchiveClient | undefined;
  readonly changed: () => void;
}

/** Runs one search at a time: a new one ends the one before, with its timer and its request. */
export class RecordSearcher {
  readonly #port: SearcherPort;
  #state: SearchState = { status: 'idle' };
  #query: RecordQuery | undefined;
  #run: Scope | undefined;

  constructor(port: SearcherPort) {
    this.#port = port;
  }

  get state(): SearchState {
    return this.#state;
  }

  /** Searches after `delayMs` without another call. The state is `loading` at once. */
  search(query: RecordQuery, options: { readonly delayMs: number }): void {
    this.#query = query;
    const run = this.#begin();
    if (!this.#port.client()) return this.#become({ status: 'disconnected' });
    this.#become({ status: 'loading', previous: visibleFound(this.#state) });
    if (options.delayMs === 0) void this.#firstPage(query, run);
    else run.timeout(() => void this.#firstPage(query, run), options.delayMs);
  }

  /** The same search again, at once. */
  retry(): void {
    if (this.#query) this.search(this.#query, { delayMs: 0 });
  }

  /** The next page, when one is offered or the last try failed. */
  more(): void {
    const state = this.#state;
    if (state.status !== 'ready' || (state.more.status !== 'offered' && state.more.status !== 'failed')) return;
    const run = this.#begin();
    const { continuation } = state.more;
    this.#become({ ...state, more: { status: 'loading', continuation } });
    void this.#nextPage(state, continuation, run);
  }

  reset(): void {
    this.#run?.dispose();
    this.#query = undefined;
    this.#become({ status: 'idle' });
  }

  async #firstPage(query: RecordQuery, run: Scope): Promise<void> {
    try {
      const page = await this.#page(query, run);
      if (run.disposed) return;
      if (!page || page.records.length === 0) return this.#become({ status: 'empty', query });
      this.#become({ status: 'ready', query, records: page.records, total: page.total, more: offered(page) });
    } catch (cause) {
      const error = AnjuanError.from(cause);
      if (run.disposed || error.code === 'aborted') return;
      this.#become({ status: 'error', error });
    }
  }

  async #nextPage(found: FoundRecords, continuation: string, run: Scope): Promise<void> {
    try {
      const page = await this.#page(found.query, run, continuation);
      if (run.disposed) return;
      const records = [...found.records, ...(page?.records ?? [])];
      const more: MoreState = page ? offered(page) : { status: 'none' };
      this.#become({ status: 'ready', query: found.query, records, total: page?.total ?? found.total, more });
    } catch (cause) {
      const error = AnjuanError.from(cause);
      if (run.disposed || error.code === 'aborted') return;
      this.#become({ status: 'ready', ...found, more: { status: 'failed', continuation, error } });
    }
  }

  async #page(query: RecordQuery, run: Scope, continuation?: string): Promise<RecordPage | undefined> {
    const client = this.#port.client();
    if (!client) throw new AnjuanError('client-closed');
    const search = client.records.search(query, { signal: run.signal, pageSize: PAGE_SIZE });
    for await (const page of search.byPage(continuation === undefined ? {} : { continuation })) return page;
    return undefined;
  }

  #begin(): Scope {
    this.#run?.dispose();
    this.#run = this.#port.scope().child();
    return this.#run;
  }

  #become(state: SearchState): void {
    this.#state = state;
    this.#port.changed();
  }
}

function offered(page: RecordPage): MoreState {
  return page.continuation === undefined ? { status: 'none' } : { status: 'offered', continuation: page.continuation };
}
