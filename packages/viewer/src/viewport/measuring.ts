import { AnjuanError, type Scope, type DocumentEntry, type PageEntry } from '@anjuan/core';
import type { SourcePool } from '../render/source-pool.js';

export interface MeasuringEvents {
  measured(documentId: string, pages: readonly PageEntry[]): void;
  failed(documentId: string, error: AnjuanError): void;
}

/** Documents opened at once when somebody waits, and when nobody does. */
const PARALLEL = { near: 2, far: 1 } as const;

/** Opens `unmeasured` documents to learn their pages: near the view at once, the others one by one while idle. */
export class Measuring {
  readonly #pool: SourcePool;
  readonly #scope: Scope;
  readonly #events: MeasuringEvents;
  readonly #running = new Map<string, 'near' | 'far'>();
  readonly #asked = new Set<string>();

  constructor(pool: SourcePool, scope: Scope, events: MeasuringEvents) {
    this.#pool = pool;
    this.#scope = scope;
    this.#events = events;
  }

  /** Somebody waits for this document: it goes first. */
  ask(documentId: string): void {
    this.#asked.add(documentId);
  }

  /** `near`: close to the view; `far`: the others, in order of distance; `idle`: no page waits for its picture. */
  update(work: { near: readonly DocumentEntry[]; far: readonly DocumentEntry[]; idle: boolean }): void {
    const asked = work.far.filter((document) => this.#asked.has(document.documentId));
    for (const document of [...asked, ...work.near]) this.#start(document, 'near');
    if (work.idle && this.#running.size === 0) for (const document of work.far) this.#start(document, 'far');
  }

  #start(document: DocumentEntry, place: 'near' | 'far'): void {
    const { documentId } = document;
    const same = [...this.#running.values()].filter((other) => other === place).length;
    if (same >= PARALLEL[place] || this.#running.has(documentId) || this.#scope.disposed) return;
    this.#running.set(documentId, place);
    void this.#measure(document, place).finally(() => this.#running.delete(documentId));
  }

  async #measure(document: DocumentEntry, place: 'near' | 'far'): Promise<void> {
    const { signal } = this.#scope;
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
    if (!signal.aborted) settle();
  }
}
