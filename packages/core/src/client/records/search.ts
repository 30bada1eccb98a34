import { AnjuanError } from '../../errors/anjuan-error.js';
import { callContext, type CallContext, type ClientContext } from '../context.js';
import { readBundle, type Bundle } from '../fhir/bundle.js';
import type { RecordPage, RecordQuery, RecordSearch, SearchOptions } from '../types.js';
import { decodeContinuation, encodeContinuation, nextAddress } from './continuation.js';
import { dischargedInRange, summariesOf } from './index-cards.js';
import { searchCall } from './search-call.js';
import { searchParamsOf } from './search-params.js';
import { droppedFilters } from './self-link.js';

export const DEFAULT_PAGE_SIZE = 20;
/** Pages without a visible record that we follow before giving up. */
export const MAX_EMPTY_PAGES = 20;

/** A lazy search: every iteration asks the archive anew. */
export function searchRecords(context: ClientContext, query: RecordQuery, options: SearchOptions = {}): RecordSearch {
  const byPage: RecordSearch['byPage'] = (from = {}) => new Walk(context, query, options).pages(from.continuation);
  return {
    byPage,
    async *[Symbol.asyncIterator]() {
      for await (const page of byPage()) yield* page.records;
    },
  };
}

/** One iteration through the pages of one search. */
class Walk {
  readonly #context: ClientContext;
  readonly #query: RecordQuery;
  readonly #options: SearchOptions;
  readonly #call: CallContext;
  readonly #visited = new Set<string>();
  readonly #shown = new Set<string>();
  /** Once, and only when this walk saw the first page: else what was shown before is unknown. */
  #restartable = false;

  constructor(context: ClientContext, query: RecordQuery, options: SearchOptions) {
    this.#context = context;
    this.#query = query;
    this.#options = options;
    this.#call = callContext(options);
  }

  async *pages(continuation: string | undefined): AsyncGenerator<RecordPage> {
    let next = continuation === undefined ? undefined : decodeContinuation(continuation, this.#context.addresses);
    this.#restartable = next === undefined;
    let bundle = next ? await this.#read(next) : await this.#first();
    for (let emptyPages = 0; ;) {
      next = this.#nextOf(bundle);
      const page = await this.#pageOf(bundle, next);
      emptyPages = page.records.length === 0 ? emptyPages + 1 : 0;
      if (page.records.length > 0 || !next || emptyPages > MAX_EMPTY_PAGES) yield page;
      if (!next || emptyPages > MAX_EMPTY_PAGES) return;
      bundle = await this.#follow(next);
    }
  }

  async #first(): Promise<Bundle> {
    const { pageSize = DEFAULT_PAGE_SIZE } = this.#options;
    if (!Number.isInteger(pageSize) || pageSize < 1) {
      throw new AnjuanError('invalid-argument', { details: { argument: 'pageSize', received: String(pageSize) } });
    }
    const capabilities = await this.#context.capabilities(this.#options);
    const params = searchParamsOf(this.#query, {
      pageSize: Math.min(pageSize, capabilities.maxPageSize),
      fullText: capabilities.fullText,
    });
    const bundle = await this.#read(this.#context.addresses.below('DocumentReference', params.query));
    const [dropped] = droppedFilters(params.filters, bundle.self);
    if (dropped !== undefined) throw new AnjuanError('search-filter-dropped', { details: { filter: dropped } });
    return bundle;
  }

  async #read(url: URL): Promise<Bundle> {
    this.#context.assertOpen();
    this.#visited.add(url.href);
    const reply = await this.#context.http.getJson({
      ...this.#call,
      name: 'records.search',
      ...searchCall(url, this.#context.addresses),
      subject: 'search',
      headers: { prefer: 'handling=strict' },
    });
    return readBundle(reply.value, reply.requestId);
  }

  /** The next page. When the archive has forgotten the search it starts again; what was shown is not shown twice. */
  async #follow(next: URL): Promise<Bundle> {
    try {
      return await this.#read(next);
    } catch (error) {
      const status = AnjuanError.is(error) ? error.details['status'] : undefined;
      if (!this.#restartable || (status !== 404 && status !== 410)) throw error;
      this.#restartable = false;
      this.#visited.clear();
      return this.#first();
    }
  }

  #nextOf(bundle: Bundle): URL | undefined {
    if (bundle.next === undefined) return undefined;
    const next = nextAddress(bundle.next, this.#context.addresses);
    if (!this.#visited.has(next.href)) return next;
    this.#context.warn({ id: 'pages-repeated', details: {} });
    return undefined;
  }

  async #pageOf(bundle: Bundle, next: URL | undefined): Promise<RecordPage> {
    const found = await summariesOf(bundle, this.#context, this.#call);
    const inRange = found.filter((summary) => dischargedInRange(summary, this.#query));
    const records = inRange.filter((summary) => !this.#shown.has(summary.recordId));
    records.forEach((summary) => this.#shown.add(summary.recordId));
    // The archive counted what we leave out: stays that only touch the asked days, cards without a record.
    const exact = bundle.total !== undefined && inRange.length === bundle.matches.length;
    return {
      records,
      ...(next && { continuation: encodeContinuation(next) }),
      ...(exact && { total: bundle.total }),
    };
  }
}
