import type { AnjuanError } from '@anjuan/core';
import {
  captureError,
  type DocumentFile,
  type Outbox,
  type OutboxPhase,
  type OutboxStatus,
  type SubmissionReceipt,
} from '@anjuan/core/outbox';
import type { MemoryStore } from './memory-store.js';

/** An outbox without a network: what it is told, it did. */
export class MemoryOutbox implements Outbox {
  readonly files = new Map<string, readonly DocumentFile[]>();
  started = false;
  /** Held: `finish` goes on when this resolves; rejected: it ends with that. */
  online: Promise<void> = Promise.resolve();
  readonly #store: MemoryStore;
  readonly #listeners = new Set<(status: OutboxStatus) => void>();
  #status: OutboxStatus = {
    phase: 'idle',
    storedPages: 0,
    uploadedPages: 0,
    storedBytes: 0,
    uploadedBytes: 0,
  };

  constructor(store: MemoryStore) {
    this.#store = store;
    store.watch((event) => void (event.type !== 'room' && this.#count()));
  }

  get status(): OutboxStatus {
    return this.#status;
  }

  start(): void {
    this.started = true;
  }

  wake(): void {
    this.setPhase('uploading');
  }

  watch(listener: (status: OutboxStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async finish(
    batchId: string,
    options: { readonly files?: readonly DocumentFile[]; readonly signal?: AbortSignal } = {},
  ): Promise<SubmissionReceipt> {
    const batch = await this.#store.batch(batchId);
    if (!batch || batch.documents.length === 0) throw captureError('batch-incomplete');
    this.files.set(batchId, options.files ?? []);
    await this.#store.updateBatch(batchId, (now) => ({ ...now, state: 'finishing' }));
    await this.online;
    await this.upload(Infinity);
    await this.#store.updateBatch(batchId, (now) => ({ ...now, state: 'submitted' }));
    return {
      batchId,
      recordId: batch.target?.recordId ?? 'record',
      documents: batch.documents.map(({ documentId }, at) => ({ documentId, archivedId: `archived-${at + 1}` })),
    };
  }

  close(): void {
    this.#listeners.clear();
  }

  /** The archive takes the first `count` pages. */
  async upload(count: number): Promise<void> {
    const pages = (
      await Promise.all((await this.#store.batches()).map(({ batchId }) => this.#store.pages(batchId)))
    ).flat();
    for (const page of pages.slice(0, count)) this.#store.put({ ...page, state: 'acknowledged' });
    await this.#count();
  }

  /** What the network or the archive says from now on. */
  setPhase(phase: OutboxPhase, options: { readonly error?: AnjuanError; readonly nextTryInMs?: number } = {}): void {
    const { storedPages, uploadedPages, storedBytes, uploadedBytes } = this.#status;
    this.#set({ phase, storedPages, uploadedPages, storedBytes, uploadedBytes, ...options });
  }

  async #count(): Promise<void> {
    const open = (await this.#store.batches()).filter(({ state }) => state !== 'submitted');
    const pages = (await Promise.all(open.map(({ batchId }) => this.#store.pages(batchId)))).flat();
    const stored = pages.filter(({ removedOn }) => removedOn === undefined);
    const uploaded = stored.filter(({ state }) => state === 'acknowledged');
    const size = (list: typeof stored): number => list.reduce((sum, { master }) => sum + master.sizeBytes, 0);
    this.#set({
      ...this.#status,
      storedPages: stored.length,
      uploadedPages: uploaded.length,
      storedBytes: size(stored),
      uploadedBytes: size(uploaded),
    });
  }

  #set(status: OutboxStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}
