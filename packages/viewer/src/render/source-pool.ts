import { AnjuanError, untilAborted, type DocumentEntry } from '@anjuan/core';
import type { PageSource, PageSourceFactory } from '../source/page-source.js';

interface Slot {
  readonly opening: Promise<PageSource>;
  readonly controller: AbortController;
  readonly heavy: boolean;
  users: number;
  keep: boolean;
  usedAt: number;
}

export const MAX_OPEN_HEAVY = 6;

/** Open page sources by document: opened once, shared, the least recently used heavy ones closed. */
export class SourcePool {
  readonly #factories: readonly PageSourceFactory[];
  readonly #maxHeavy: number;
  readonly #slots = new Map<string, Slot>();
  #clock = 0;
  #closed = false;

  constructor(factories: readonly PageSourceFactory[], maxHeavy = MAX_OPEN_HEAVY) {
    this.#factories = factories;
    this.#maxHeavy = maxHeavy;
  }

  get openCount(): number {
    return this.#slots.size;
  }

  /** The factory for a tier, in order of preference. */
  factory(document: DocumentEntry, tier: 'rendition' | 'vector'): PageSourceFactory | undefined {
    return this.#factories.find((factory) => (factory.tier ?? 'vector') === tier && factory.accepts(document));
  }

  /**
   * Runs `work` with the document's source of a tier; the source stays open at least that long.
   * `keep: false` closes a source that was not open before as soon as nobody uses it, and so does an abort while it opens.
   * Errors: `document-unsupported` when no factory accepts, else what opening or `work` throws.
   */
  async use<T>(
    document: DocumentEntry,
    tier: 'rendition' | 'vector',
    signal: AbortSignal,
    work: (source: PageSource) => Promise<T>,
    { keep = true }: { readonly keep?: boolean } = {},
  ): Promise<T> {
    if (this.#closed || signal.aborted) throw new AnjuanError('aborted');
    const factory = this.factory(document, tier);
    if (factory === undefined) throw new AnjuanError('document-unsupported');
    const key = `${tier}/${document.documentId}/${document.versionId}`;
    const slot = this.#slots.get(key) ?? this.#open(key, document, factory);
    slot.users += 1;
    slot.usedAt = ++this.#clock;
    try {
      const source = await untilAborted(slot.opening, signal);
      slot.keep ||= keep;
      return await work(source);
    } finally {
      slot.users -= 1;
      if (!slot.keep && slot.users === 0 && this.#slots.get(key) === slot) this.#drop(key);
      this.#trim();
    }
  }

  close(): void {
    this.#closed = true;
    for (const key of [...this.#slots.keys()]) this.#drop(key);
  }

  #open(key: string, document: DocumentEntry, factory: PageSourceFactory): Slot {
    const controller = new AbortController();
    const opening = factory.open(document, { signal: controller.signal });
    const slot: Slot = { opening, controller, heavy: factory.weight !== 'light', users: 0, keep: false, usedAt: 0 };
    this.#slots.set(key, slot);
    opening.catch(() => {
      // The next use tries again.
      if (this.#slots.get(key) === slot) this.#slots.delete(key);
    });
    return slot;
  }

  #trim(): void {
    const heavy = [...this.#slots].filter(([, slot]) => slot.heavy);
    const idle = heavy.filter(([, slot]) => slot.users === 0).sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key] of idle.slice(0, Math.max(0, heavy.length - this.#maxHeavy))) this.#drop(key);
  }

  #drop(key: string): void {
    const slot = this.#slots.get(key);
    this.#slots.delete(key);
    slot?.controller.abort();
    slot?.opening.then(
      (source) => source.close(),
      () => undefined,
    );
  }
}
