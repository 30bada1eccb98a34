import type { Batch, BatchDocument, BatchLead, BatchPage, CaptureStore, StoreEvent } from '@anjuan/core/outbox';
import type { Documents } from './arrange.js';
import { MasterSource } from './master-source.js';
import { newId } from './new-id.js';
import type { SessionPorts } from './session-ports.js';
import { buildTray, EMPTY_TRAY, type Tray } from './tray.js';

/** The batch that this tab leads, as the store has it: every change goes there first and comes back from there. */
export class OpenBatch {
  readonly batchId: string;
  readonly masters: MasterSource;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #store: CaptureStore;
  readonly #lead: BatchLead;
  readonly #changed: () => void;
  readonly #onPage: (page: BatchPage) => void;
  readonly #pages = new Map<string, BatchPage>();
  readonly #stopWatching: () => void;
  #batch: Batch;
  #tray: Tray = EMPTY_TRAY;
  #stale = true;

  private constructor(
    store: CaptureStore,
    options: {
      readonly batch: Batch;
      readonly lead: BatchLead;
      readonly pages: readonly BatchPage[];
      readonly changed: () => void;
      /** A page as the store has it now, for whoever waits for its upload. */
      readonly onPage: (page: BatchPage) => void;
      readonly masters: MasterSource;
    },
  ) {
    this.#store = store;
    this.masters = options.masters;
    this.#batch = options.batch;
    this.batchId = options.batch.batchId;
    this.#lead = options.lead;
    this.#changed = options.changed;
    this.#onPage = options.onPage;
    for (const page of options.pages) this.#pages.set(page.pageId, page);
    this.#stopWatching = store.watch((event) => void this.#follow(event));
  }

  /** Reads a batch that the caller leads. Errors: `batch-not-found` of the store. */
  static async read(
    ports: Pick<SessionPorts, 'store' | 'fetchMaster'>,
    lead: BatchLead,
    callbacks: { readonly changed: () => void; readonly onPage: (page: BatchPage) => void },
  ): Promise<OpenBatch> {
    const { store } = ports;
    const { batchId } = lead;
    const [stored, pages] = await Promise.all([
      store.updateBatch(batchId, (batch) => withDocument(batch)),
      store.pages(batchId),
    ]).catch((error: unknown) => {
      // Whoever tries again must not find the batch taken.
      lead.release();
      throw error;
    });
    return new OpenBatch(store, { batch: stored, lead, pages, masters: new MasterSource(ports), ...callbacks });
  }

  /** Runs changes of pages that read before they write one after another. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  get batch(): Batch {
    return this.#batch;
  }

  get tray(): Tray {
    if (this.#stale) this.#tray = buildTray(this.#batch, [...this.#pages.values()]);
    this.#stale = false;
    return this.#tray;
  }

  /** Stored pages that are not removed. */
  get pages(): readonly BatchPage[] {
    return [...this.#pages.values()].filter(({ removedOn }) => removedOn === undefined);
  }

  page(pageId: string): BatchPage | undefined {
    return this.#pages.get(pageId);
  }

  /** The document that the next page begins or continues. */
  get lastDocument(): BatchDocument {
    const last = this.#batch.documents.at(-1);
    if (!last) throw new RangeError('A batch that is open has a document.');
    return last;
  }

  /** Changes the documents inside a transaction of the store. */
  async arrange(change: (documents: Documents) => Documents): Promise<void> {
    this.take(
      await this.#store.updateBatch(this.batchId, (batch) => ({
        ...batch,
        documents: change(withDocument(batch).documents),
      })),
    );
  }

  /** Takes over what a call of the store gave back, before its event comes. */
  take(value: Batch | BatchPage): void {
    if ('pageId' in value) this.#pages.set(value.pageId, value);
    else if (value.revision >= this.#batch.revision) this.#batch = value;
    this.#stale = true;
    this.#changed();
  }

  async reread(): Promise<void> {
    const [batch, pages] = await Promise.all([this.#store.batch(this.batchId), this.#store.pages(this.batchId)]);
    for (const page of pages) this.#pages.set(page.pageId, page);
    this.take(batch ?? this.#batch);
  }

  close(): void {
    this.#stopWatching();
    this.#lead.release();
  }

  async #follow(event: StoreEvent): Promise<void> {
    if (event.type === 'room' || event.batchId !== this.batchId) return;
    const value = event.type === 'page' ? await this.#store.page(event.pageId) : await this.#store.batch(event.batchId);
    if (!value) return;
    this.take(value);
    if ('pageId' in value) this.#onPage(value);
  }
}

function withDocument(batch: Batch): Batch {
  return batch.documents.length > 0 ? batch : { ...batch, documents: [{ documentId: newId(), pageIds: [] }] };
}
