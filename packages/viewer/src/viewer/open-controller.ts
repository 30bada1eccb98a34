import { Scope, type ArchiveClient } from '@anjuan/core';
import { loadReadingParts } from './load-reading-parts.js';
import type { OpenTarget } from './viewer-attributes.js';
import { failedState, IDLE, openedState, type ViewerState } from './viewer-state.js';
import type { IntentSource } from './viewer-events.js';

/** What the controller needs of the element. */
export interface OpenHost {
  client(): ArchiveClient | undefined;
  /** Dispatches the intent; false when the host cancelled it. */
  askToOpen(target: OpenTarget, source: IntentSource): boolean;
  /** A record is about to open: start what takes long. Ends with the scope. */
  prepare(client: ArchiveClient, scope: Scope): void;
  /** Called with every new state. */
  show(state: ViewerState): void;
}

export interface OpenOptions {
  readonly source: IntentSource;
  readonly signal?: AbortSignal;
}

/** After this long the skeleton says that the network is slow. */
const SLOW_AFTER_MS = 3000;

/** Opens one record at a time: a newer open aborts the older one and everything it holds. */
export class OpenController {
  readonly #host: OpenHost;
  #scope: Scope | undefined;
  #state: ViewerState = IDLE;

  constructor(host: OpenHost) {
    this.#host = host;
  }

  get state(): ViewerState {
    return this.#state;
  }

  /** Waits a microtask, so that a framework can set all properties first; then asks, then opens. */
  async open(target: OpenTarget, options: OpenOptions): Promise<ViewerState> {
    const scope = new Scope();
    const superseded = this.#pending;
    this.#pending = scope;
    superseded?.dispose();
    await Promise.resolve();
    if (scope.disposed || options.signal?.aborted) return this.#state;
    const client = this.#host.client();
    if (!client || !this.#host.askToOpen(target, options.source)) return this.#state;
    // The host may have opened or closed something else while it was asked.
    if (scope.disposed) return this.#state;
    this.#pending = undefined;
    this.#scope?.dispose();
    this.#scope = scope;
    if (options.signal) scope.listen(options.signal, 'abort', () => this.close());
    return this.#load(client, target, scope);
  }

  /** Forgets the record and aborts what is under way. */
  close(): void {
    this.abort();
    this.#set(IDLE);
  }

  /** Aborts without changing what is shown: the element left the page. */
  abort(): void {
    this.#pending?.dispose();
    this.#pending = undefined;
    this.#scope?.dispose();
    this.#scope = undefined;
  }

  #pending: Scope | undefined;

  async #load(client: ArchiveClient, target: OpenTarget, scope: Scope): Promise<ViewerState> {
    this.#set({ status: 'loading', target, slow: false });
    const notSlow = scope.timeout(() => this.#set({ status: 'loading', target, slow: true }), SLOW_AFTER_MS);
    const startMs = performance.now();
    try {
      const asked = client.records.open(target.recordId, { signal: scope.signal });
      const prepared = loadReadingParts().then(() => this.#host.prepare(client, scope));
      const [manifest] = await Promise.all([asked, prepared]);
      if (scope.disposed) return this.#state;
      performance.measure('anjuan:open:manifest', { start: startMs });
      this.#set(openedState(target, manifest));
    } catch (reason) {
      const failed = scope.disposed ? undefined : failedState(target, reason);
      if (failed) this.#set(failed);
    } finally {
      notSlow();
    }
    return this.#state;
  }

  #set(state: ViewerState): void {
    this.#state = state;
    this.#host.show(state);
  }
}
