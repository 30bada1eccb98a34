import { AnjuanError, type Scope, type DocumentEntry, type PageEntry } from '@anjuan/core';
import type { SourcePool } from '../render/source-pool.js';
import { withSignals } from '../source/with-signals.js';

export interface MeasuringEvents {
  measured(documentId: string, pages: readonly PageEntry[]): void;
  failed(documentId: string, error: AnjuanError): void;
}

/** Documents opened at once when somebody waits, and when nobody does. */
const PARALLEL = { near: 2, far: 1 } as const;
/** Rest before far documents are opened: a reader who leafs quickly needs line and processor himself. */
const REST_MS = 500;

interface Run {
  readonly place: 'near' | 'far';
  readonly controller: AbortController;
}

/** Opens `unmeasured` documents to learn their pages: near the view at once, the others one by one while idle. */
export class Measuring {
  readonly #pool: SourcePool;
  readonly #scope: Scope;
  readonly #events: MeasuringEvents;
  readonly #running = new Map<string, Run>();
  readonly #asked = new Set<string>();
  #far: readonly DocumentEntry[] = [];
  #cancelRest: (() => void) | undefined;

  constructor(pool: SourcePool, scope: Scope, events: MeasuringEvents) {
    this.#pool = pool;
    this.#scope = scope;
    this.#events = events;
  }

  /** Somebody waits for this document: it goes first. */
  ask(documentId: string): void {
    this.#asked.add(documentId);
  }

  asks(documentId: string): boolean {
    return this.#asked.has(documentId);
  }

  /** Somebody waits for a document whose pages will move everything else. */
  get asked(): boolean {
    return this.#asked.size > 0;
  }

  /**
   * `near`: close to the view; `far`: the others, in order of distance; `waiting`: a page in the view has no picture yet;
   * `idle`: nothing at all is under way.
   */
  update(work: {
    readonly near: readonly DocumentEntry[];
    readonly far: readonly DocumentEntry[];
    readonly waiting: boolean;
    readonly idle: boolean;
  }): void {
    const asked = work.far.filter((document) => this.#asked.has(document.documentId));
    const near = asked.length > 0 || work.waiting ? asked : work.near;
    this.#far = work.far;
    if (near.length > 0 || !work.idle) this.#stop(({ place }) => place === 'far');
    // Whoever goes to a document has line and engine to himself.
    if (asked.length > 0) this.#stop((_, documentId) => !this.#asked.has(documentId));
    for (const document of near) this.#start(document, 'near');
    if (work.idle && this.#running.size === 0)
      this.#cancelRest ??= this.#scope.timeout(() => this.#startFar(), REST_MS);
  }

  #startFar(): void {
    if (this.#running.size > 0) return;
    for (const document of this.#far) this.#start(document, 'far');
  }

  #stop(ends: (run: Run, documentId: string) => boolean): void {
    this.#cancelRest?.();
    this.#cancelRest = undefined;
    for (const [documentId, run] of this.#running) if (ends(run, documentId)) run.controller.abort();
  }

  #start(document: DocumentEntry, place: 'near' | 'far'): void {
    const { documentId } = document;
    const same = [...this.#running.values()].filter((other) => other.place === place).length;
    const full = same >= PARALLEL[place] && !this.#asked.has(documentId);
    if (full || this.#running.has(documentId) || this.#scope.disposed) return;
    const controller = new AbortController();
    this.#running.set(documentId, { place, controller });
    const signals = [this.#scope.signal, controller.signal];
    void withSignals(signals, (signal) => this.#measure(document, place, signal)).finally(() =>
      this.#running.delete(documentId),
    );
  }

  async #measure(document: DocumentEntry, place: 'near' | 'far', signal: AbortSignal): Promise<void> {
    const { documentId } = document;
    let settle: () => void;
    try {
      const keep = place === 'near';
      const pages = await this.#pool.use(document, 'vector', signal, (source) => source.pages({ signal }), { keep });
      const empty = new AnjuanError('document-empty');
      settle = () =>
        pages.length > 0 ? this.#events.measured(documentId, pages) : this.#events.failed(documentId, empty);
    } catch (cause) {
      const error = AnjuanError.from(cause);
      settle = () => this.#events.failed(documentId, error);
      if (error.code === 'aborted') return;
    }
    this.#asked.delete(documentId);
    // The events start the next document: this one must be off the list by then.
    this.#running.delete(documentId);
    if (signal.aborted) return;
    settle();
    if (place === 'far') this.#startFar();
  }
}
