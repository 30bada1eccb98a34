import { ClientCache, cacheDefaults } from '../cache/client-cache.js';
import { SharedCalls } from '../cache/shared-calls.js';
import { AnjuanError } from '../errors/anjuan-error.js';
import { abortError, abortWith } from '../lifecycle/abort.js';
import type { ArchiveCapabilities } from '../model/capabilities.js';
import { createPipeline } from '../transport/pipeline.js';
import { Addresses } from './address.js';
import { readCapabilities } from './capabilities.js';
import type { ClientContext } from './context.js';
import { readBytes } from './documents/bytes.js';
import { openBytes } from './documents/byte-source.js';
import { readPageImage, readPageText } from './documents/pages.js';
import { readVersions } from './documents/versions.js';
import { ArchiveHttp } from './http.js';
import type { ArchiveClientOptions } from './options.js';
import { openRecord } from './records/open.js';
import { searchRecords } from './records/search.js';
import { searchRecordText } from './records/search-text.js';
import { sendRequest } from './request.js';
import type { ArchiveClient, CallOptions } from './types.js';

/**
 * Connects to one archive. Nothing is requested before the first call. Make one client per user session: what it
 * remembers belongs to that user and is gone after `close()`.
 *
 * Errors: `invalid-argument` for a baseUrl that is no http(s) address. Calls reject with `AnjuanError` only.
 */
export function createArchiveClient(options: ArchiveClientOptions): ArchiveClient {
  const context = new Session(options);
  return {
    baseUrl: context.addresses.baseUrl,
    records: {
      search: (query, searchOptions) => searchRecords(context, query, searchOptions),
      open: (recordId, callOptions) => openRecord(context, recordId, callOptions),
      searchText: (recordId, query, textOptions) => searchRecordText(context, recordId, query, textOptions),
    },
    documents: {
      bytes: (ref, bytesOptions) => readBytes(context, ref, bytesOptions),
      openBytes: (ref, callOptions) => openBytes(context, ref, callOptions),
      pageImage: (ref, pageOptions) => readPageImage(context, ref, pageOptions),
      pageText: (ref, pageOptions) => readPageText(context, ref, pageOptions),
      versions: (documentId, callOptions) => readVersions(context, documentId, callOptions),
    },
    capabilities: (callOptions) => context.capabilities(callOptions),
    request: (request) => sendRequest(context, request),
    close: () => context.close(),
  };
}

/** The state behind one client. */
class Session implements ClientContext {
  readonly http: ArchiveHttp;
  readonly addresses: Addresses;
  readonly cache: ClientCache;
  readonly shared = new SharedCalls();
  readonly warn: ClientContext['warn'];
  readonly #closing = new AbortController();
  #capabilities: ArchiveCapabilities | undefined;

  constructor(options: ArchiveClientOptions) {
    const { baseUrl, extraOrigins = [], cacheBytes = cacheDefaults.pageImageBytes, ...pipeline } = options;
    const addresses = new Addresses({ baseUrl, extraOrigins });
    this.addresses = addresses;
    this.cache = new ClientCache({ pageImageBytes: cacheBytes });
    this.warn = options.onWarning ?? (() => undefined);
    const send = createPipeline({
      ...pipeline,
      trusts: (url) => addresses.trusts(url),
      clientSignal: this.#closing.signal,
    });
    this.http = new ArchiveHttp({ send, closing: this.#closing.signal });
  }

  async capabilities(options: CallOptions = {}): Promise<ArchiveCapabilities> {
    this.assertOpen();
    if (this.#capabilities) return this.#capabilities;
    return this.shared.join('capabilities', options, async (call) => {
      const url = this.addresses.below('metadata');
      const reply = await this.http.getJson({ ...call, name: 'capabilities', url, subject: 'service' });
      this.#capabilities = readCapabilities(reply.value, reply.requestId);
      return this.#capabilities;
    });
  }

  knownCapabilities(): ArchiveCapabilities | undefined {
    return this.#capabilities;
  }

  assertOpen(): void {
    if (this.#closing.signal.aborted) throw abortError(this.#closing.signal);
  }

  close(): void {
    abortWith(this.#closing, new AnjuanError('client-closed'));
    this.cache.wipe();
  }
}
