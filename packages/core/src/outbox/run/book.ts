import type { BatchPage, StoreEvent } from '../types.js';
import type { OutboxStore } from '../store/outbox-store.js';
import type { StoredBatch } from '../store/schema.js';

/** What the outbox needs to know of a page; the caller's own data stays in the store. */
export type BookPage = Omit<BatchPage, 'data' | 'output' | 'thumbnail'>;

/** One batch that is not submitted yet. */
export interface BookBatch {
  readonly batch: StoredBatch;
  /** By `seq`. */
  readonly pages: ReadonlyMap<string, BookPage>;
}

/** Numbers for the status. */
export interface BookTotals {
  readonly storedPages: number;
  readonly uploadedPages: number;
  readonly storedBytes: number;
  readonly uploadedBytes: number;
}

interface Entry {
  batch: StoredBatch;
  readonly pages: Map<string, BookPage>;
}

/** A copy of what is in the store, without bytes, kept in step by the store's events. */
export class Book {
  readonly #store: OutboxStore;
  readonly #entries = new Map<string, Entry>();
  readonly #dirtyBatches = new Set<string>();
  readonly #dirtyPages = new Map<string, string>();
  #sums = { storedPages: 0, uploadedPages: 0, storedBytes: 0, uploadedBytes: 0 };
  #work: Promise<void> = Promise.resolve();

  constructor(store: OutboxStore) {
    this.#store = store;
  }

  get totals(): BookTotals {
    return this.#sums;
  }

  /** Batches that are being finished first, then the oldest. */
  get batches(): readonly BookBatch[] {
    const rank = ({ batch }: Entry): number => (batch.state === 'finishing' ? 0 : 1);
    return [...this.#entries.values()].sort((a, b) => rank(a) - rank(b) || a.batch.createdOn - b.batch.createdOn);
  }

  page(batchId: string, pageId: string): BookPage | undefined {
    return this.#entries.get(batchId)?.pages.get(pageId);
  }

  /** Notes what to read again. True when the event concerns the book. */
  mark(event: StoreEvent): boolean {
    if (event.type === 'room') return false;
    if (event.type === 'batch') this.#dirtyBatches.add(event.batchId);
    else this.#dirtyPages.set(event.pageId, event.batchId);
    return true;
  }

  /** Reads everything. */
  async load(): Promise<void> {
    for (const { batchId } of await this.#store.batches()) this.#dirtyBatches.add(batchId);
    for (const batchId of this.#entries.keys()) this.#dirtyBatches.add(batchId);
    await this.refresh();
  }

  /** Reads what changed. */
  refresh(): Promise<void> {
    this.#work = this.#work.then(
      () => this.#readChanges(),
      () => this.#readChanges(),
    );
    return this.#work;
  }

  async #readChanges(): Promise<void> {
    for (const batchId of take(this.#dirtyBatches)) await this.#readBatch(batchId);
    for (const [pageId, batchId] of take(this.#dirtyPages)) await this.#readPage(pageId, batchId);
  }

  async #readBatch(batchId: string): Promise<void> {
    const batch = await this.#read(
      () => this.#store.storedBatch(batchId),
      () => this.#dirtyBatches.add(batchId),
    );
    const entry = this.#entries.get(batchId);
    if (!batch || batch.state === 'submitted') {
      for (const page of entry?.pages.values() ?? []) this.#count(page, -1);
      this.#entries.delete(batchId);
    } else if (entry) entry.batch = batch;
    else {
      const pages = await this.#read(
        () => this.#store.pages(batchId),
        () => this.#dirtyBatches.add(batchId),
      );
      const fresh: Entry = { batch, pages: new Map() };
      this.#entries.set(batchId, fresh);
      for (const page of pages) this.#put(fresh, page);
    }
  }

  async #readPage(pageId: string, batchId: string): Promise<void> {
    const entry = this.#entries.get(batchId);
    if (!entry) return;
    const page = await this.#read(
      () => this.#store.page(pageId),
      () => this.#dirtyPages.set(pageId, batchId),
    );
    if (page) this.#put(entry, page);
  }

  /** What could not be read now is read next time. */
  async #read<T>(read: () => Promise<T>, again: () => void): Promise<T> {
    try {
      return await read();
    } catch (error) {
      again();
      throw error;
    }
  }

  #put(entry: Entry, { data: _data, output: _output, thumbnail: _thumbnail, ...page }: BatchPage): void {
    const before = entry.pages.get(page.pageId);
    if (before) this.#count(before, -1);
    this.#count(page, 1);
    entry.pages.set(page.pageId, page);
  }

  #count(page: BookPage, sign: 1 | -1): void {
    if (page.removedOn !== undefined) return;
    const uploaded = page.state === 'acknowledged';
    const { sizeBytes } = page.master;
    const sums = this.#sums;
    this.#sums = {
      storedPages: sums.storedPages + sign,
      uploadedPages: sums.uploadedPages + (uploaded ? sign : 0),
      storedBytes: sums.storedBytes + sign * sizeBytes,
      uploadedBytes: sums.uploadedBytes + sign * (uploaded ? sizeBytes : (page.upload?.offsetBytes ?? 0)),
    };
  }
}

function take<T>(things: Iterable<T> & { clear(): void }): readonly T[] {
  const all = [...things];
  things.clear();
  return all;
}
