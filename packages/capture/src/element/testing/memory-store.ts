import { AnjuanError } from '@anjuan/core';
import {
  captureError,
  type Batch,
  type BatchDocument,
  type BatchLead,
  type BatchPage,
  type BatchTarget,
  type CaptureStore,
  type JsonData,
  type NewPage,
  type PageBytesKind,
  type StorageRoom,
  type StoredBytes,
  type StoreEvent,
} from '@anjuan/core/outbox';
import { newId } from '../../session/new-id.js';

const AMPLE: StorageRoom = { state: 'ample', usedBytes: 0, quotaBytes: 10 * 2 ** 30, persisted: true };

/** A store without a disk; for tests and stories. `leads` may be shared to play two tabs. */
export class MemoryStore implements CaptureStore {
  readonly leads: Set<string>;
  /** The next `addPage` ends with this. */
  failNextAdd: Error | undefined;
  /** Held: pages are durable when this resolves. */
  durable: Promise<void> = Promise.resolve();
  roomNow: StorageRoom = AMPLE;
  readonly #batches = new Map<string, Batch>();
  readonly #pages = new Map<string, BatchPage>();
  readonly #places = new Map<string, { documentId: string; index: number }>();
  readonly #bytes = new Map<string, Blob>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();

  constructor(options: { readonly leads?: Set<string> } = {}) {
    this.leads = options.leads ?? new Set();
  }

  async createBatch(options: { readonly target?: BatchTarget } = {}): Promise<Batch> {
    const batch: Batch = {
      batchId: newId(),
      createdOn: Date.UTC(2026, 10, 21, 1, 30) + this.#batches.size,
      state: 'open',
      documents: [],
      nextSeq: 1,
      revision: 1,
      ...options,
    };
    this.#batches.set(batch.batchId, batch);
    return batch;
  }

  async batches(): Promise<readonly Batch[]> {
    return [...this.#batches.values()];
  }

  async batch(batchId: string): Promise<Batch | undefined> {
    return this.#batches.get(batchId);
  }

  async lead(batchId: string): Promise<BatchLead> {
    if (this.leads.has(batchId)) throw captureError('batch-in-use');
    this.leads.add(batchId);
    return { batchId, release: () => this.leads.delete(batchId) };
  }

  async updateBatch(batchId: string, change: (batch: Batch) => Batch): Promise<Batch> {
    return this.#write(batchId, (batch) => {
      const changed = change(batch);
      const [before, after] = [batch, changed].map(({ documents }) =>
        documents.flatMap(({ pageIds }) => pageIds).toSorted(),
      );
      // As the real store: arranging neither loses nor doubles a page.
      if (JSON.stringify(before) !== JSON.stringify(after)) throw new AnjuanError('invalid-argument');
      return changed;
    });
  }

  async #write(batchId: string, change: (batch: Batch) => Batch): Promise<Batch> {
    const batch = this.#batches.get(batchId);
    if (!batch) throw captureError('batch-not-found');
    const changed = { ...change(batch), revision: batch.revision + 1 };
    this.#batches.set(batchId, changed);
    this.#emit({ type: 'batch', batchId });
    return changed;
  }

  async addPage({ batchId, pageId, master, data, place }: NewPage): Promise<BatchPage> {
    const failure = this.failNextAdd;
    this.failNextAdd = undefined;
    if (failure) throw failure;
    const known = this.#pages.get(pageId);
    if (known) return known;
    const bytes = await storedBytes(master);
    await this.durable;
    const batch = this.#batches.get(batchId);
    if (!batch) throw captureError('batch-not-found');
    const page: BatchPage = {
      pageId,
      batchId,
      seq: batch.nextSeq,
      capturedOn: batch.createdOn + batch.nextSeq * 2000,
      state: 'captured',
      master: bytes,
      data: data ?? {},
    };
    this.#pages.set(pageId, page);
    this.#bytes.set(`${pageId}:master`, master);
    if (place?.replaces !== undefined) this.#markRemoved(batch, place.replaces);
    const documents = placed(batch.documents, pageId, place);
    await this.#write(batchId, (now) => ({ ...now, documents, nextSeq: now.nextSeq + 1 }));
    this.#emit({ type: 'page', batchId, pageId });
    return page;
  }

  async pages(batchId: string): Promise<readonly BatchPage[]> {
    return [...this.#pages.values()].filter((page) => page.batchId === batchId);
  }

  async page(pageId: string): Promise<BatchPage | undefined> {
    return this.#pages.get(pageId);
  }

  async updatePage(
    pageId: string,
    change: { readonly data?: JsonData; readonly output?: Blob | null; readonly thumbnail?: Blob },
  ): Promise<BatchPage> {
    const page = this.#known(pageId);
    const { output, thumbnail } = change;
    if (output) this.#bytes.set(`${pageId}:output`, output);
    if (thumbnail) this.#bytes.set(`${pageId}:thumbnail`, thumbnail);
    const { output: before, ...rest } = page;
    const kept = output === undefined ? before : output === null ? undefined : await storedBytes(output);
    return this.put({
      ...rest,
      data: change.data ?? page.data,
      ...(kept ? { output: kept } : {}),
      ...(thumbnail ? { thumbnail: await storedBytes(thumbnail) } : {}),
    });
  }

  async removePage(pageId: string): Promise<void> {
    const page = this.#known(pageId);
    const batch = this.#batches.get(page.batchId);
    if (!batch) return;
    this.#markRemoved(batch, pageId);
    await this.#write(page.batchId, (now) => ({
      ...now,
      documents: now.documents.map((document) => ({
        ...document,
        pageIds: document.pageIds.filter((id) => id !== pageId),
      })),
    }));
  }

  async restorePage(pageId: string): Promise<void> {
    const { removedOn: _removed, ...page } = this.#known(pageId);
    this.put(page);
    const place = this.#places.get(pageId);
    await this.#write(page.batchId, (now) => ({ ...now, documents: placed(now.documents, pageId, place) }));
  }

  async bytes(pageId: string, kind: PageBytesKind): Promise<Blob | undefined> {
    return this.#bytes.get(`${pageId}:${kind}`);
  }

  async discardBatch(batchId: string): Promise<void> {
    this.#batches.delete(batchId);
    for (const page of await this.pages(batchId)) this.#pages.delete(page.pageId);
    this.leads.delete(batchId);
    this.#emit({ type: 'batch', batchId });
  }

  async room(): Promise<StorageRoom> {
    return this.roomNow;
  }

  watch(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async wipe(): Promise<void> {
    this.#batches.clear();
    this.#pages.clear();
    this.#bytes.clear();
  }

  close(): void {
    this.#listeners.clear();
  }

  /** Sets the room and tells everybody. */
  setRoom(room: StorageRoom): void {
    this.roomNow = room;
    this.#emit({ type: 'room', room });
  }

  /** Stores a page as it is: for the outbox beside this store. */
  put(page: BatchPage): BatchPage {
    this.#pages.set(page.pageId, page);
    this.#emit({ type: 'page', batchId: page.batchId, pageId: page.pageId });
    return page;
  }

  #known(pageId: string): BatchPage {
    const page = this.#pages.get(pageId);
    if (!page) throw captureError('batch-not-found');
    return page;
  }

  #markRemoved(batch: Batch, pageId: string): void {
    const page = this.#known(pageId);
    const document = batch.documents.find(({ pageIds }) => pageIds.includes(pageId));
    if (document) {
      this.#places.set(pageId, { documentId: document.documentId, index: document.pageIds.indexOf(pageId) });
    }
    this.put({ ...page, removedOn: page.capturedOn + 1 });
  }

  #emit(event: StoreEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function placed(documents: readonly BatchDocument[], pageId: string, place: NewPage['place']): BatchDocument[] {
  const home = place?.documentId ?? documents.at(-1)?.documentId ?? newId();
  const all = documents.some(({ documentId }) => documentId === home)
    ? [...documents]
    : [...documents, { documentId: home, pageIds: [] }];
  return all.map((document) => {
    if (document.documentId !== home) return document;
    if (place?.replaces !== undefined) {
      const pageIds = document.pageIds.map((id) => (id === place.replaces ? pageId : id));
      return { ...document, pageIds };
    }
    return { ...document, pageIds: document.pageIds.toSpliced(place?.index ?? document.pageIds.length, 0, pageId) };
  });
}

async function storedBytes(blob: Blob): Promise<StoredBytes> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { sha256, sizeBytes: blob.size, mime: blob.type };
}
