import { AnjuanError } from '../../errors/anjuan-error.js';
import type {
  BatchPage,
  JsonData,
  NewPage,
  PageBytesKind,
  PageState,
  StoredBytes,
  UploadAcknowledgement,
  UploadProgress,
} from '../types.js';
import type { Write } from './connection.js';
import { hidePage, insertPage, showPage } from './page-order.js';
import { TOTALS_NAME, type StoredBatch } from './schema.js';
import {
  describeBytes,
  openBatchIn,
  pageIn,
  pagesOf,
  putBatch,
  type NewContent,
  type StoreContext,
} from './store-context.js';

/** Pages and their bytes. */
export class PageStore {
  readonly #context: StoreContext;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  async add(page: NewPage): Promise<BatchPage> {
    const { pageId, batchId, master: blob } = page;
    const [known, master] = await Promise.all([this.get(pageId), describeBytes(blob)]);
    if (known) return sameAs(known, batchId, master);
    await this.#admit(blob.size);
    const contents: readonly NewContent[] = [{ ownerId: pageId, kind: 'master', batchId, blob }];
    const stores = ['batches', 'pages', 'totals'] as const;
    const added = await this.#context.writeWithContents(stores, contents, async (tx) => {
      // The same page may have come in between, through another tab or a repeated call.
      const twin = await tx.objectStore('pages').get(pageId);
      return twin ? sameAs(twin, batchId, master) : this.#insert(tx, page, master);
    });
    this.#changed(batchId, pageId);
    void this.#context.room.askToPersist().catch(() => undefined);
    void this.#context.announceRoom().catch(() => undefined);
    return added;
  }

  /** Lets the page in; originals that the archive has give way first. */
  async #admit(sizeBytes: number): Promise<void> {
    const { room } = this.#context;
    try {
      await room.admit(sizeBytes).catch(async (error: unknown) => {
        if (!(await this.#eraseAcknowledged())) throw error;
        await room.admit(sizeBytes);
      });
    } catch (error) {
      void this.#context.announceRoom().catch(() => undefined);
      throw error;
    }
  }

  /** True when something was erased. */
  async #eraseAcknowledged(): Promise<boolean> {
    return this.#context.write(['pages', 'contents'], async (tx) => {
      const contents = tx.objectStore('contents');
      let erased = false;
      for (const { pageId, state } of await tx.objectStore('pages').getAll()) {
        const name: [string, 'master'] = [pageId, 'master'];
        if (state !== 'acknowledged' || (await contents.getKey(name)) === undefined) continue;
        await contents.delete(name);
        erased = true;
      }
      return erased;
    });
  }

  async #insert(tx: Write, { pageId, batchId, data = {}, place }: NewPage, master: StoredBytes): Promise<BatchPage> {
    const batch = await openBatchIn(tx, batchId);
    const capturedOn = this.#context.clock.now();
    const page: BatchPage = { pageId, batchId, seq: batch.nextSeq, capturedOn, state: 'captured', master, data };
    const placed = insertPage({ ...batch, nextSeq: batch.nextSeq + 1 }, pageId, place);
    await putBatch(tx, placed);
    await tx.objectStore('pages').add(page);
    if (place?.replaces !== undefined) await this.#markRemoved(tx, place.replaces, batchId);
    const totals = (await tx.objectStore('totals').get(TOTALS_NAME)) ?? { pages: 0, bytes: 0 };
    const next = { pages: totals.pages + 1, bytes: totals.bytes + master.sizeBytes };
    await tx.objectStore('totals').put(next, TOTALS_NAME);
    return page;
  }

  async #markRemoved(tx: Write, pageId: string, batchId: string): Promise<void> {
    const page = await tx.objectStore('pages').get(pageId);
    if (!page || page.batchId !== batchId || page.removedOn !== undefined) return;
    await tx.objectStore('pages').put({ ...page, removedOn: this.#context.clock.now() });
  }

  get(pageId: string): Promise<BatchPage | undefined> {
    return this.#context.connection.read(['pages'], (tx) => tx.objectStore('pages').get(pageId));
  }

  list(batchId: string): Promise<readonly BatchPage[]> {
    return this.#context.connection.read(['pages'], (tx) =>
      tx.objectStore('pages').index('order').getAll(pagesOf(batchId)),
    );
  }

  async update(
    pageId: string,
    change: { readonly data?: JsonData; readonly output?: Blob | null; readonly thumbnail?: Blob },
  ): Promise<BatchPage> {
    const { data, output, thumbnail } = change;
    const outputBytes = output ? await describeBytes(output) : undefined;
    const thumbnailBytes = thumbnail && (await describeBytes(thumbnail));
    const { batchId } = await this.#existing(pageId);
    const contents: readonly NewContent[] = [
      ...(output ? [{ ownerId: pageId, kind: 'output', batchId, blob: output } as const] : []),
      ...(thumbnail ? [{ ownerId: pageId, kind: 'thumbnail', batchId, blob: thumbnail } as const] : []),
    ];
    const updated = await this.#context.writeWithContents(['pages', 'totals'], contents, async (tx) => {
      const before = await pageIn(tx, pageId);
      const { output: _output, ...rest } = before;
      const page: BatchPage = {
        ...(output === undefined ? before : rest),
        ...(data && { data }),
        ...(outputBytes && { output: outputBytes }),
        ...(thumbnailBytes && { thumbnail: thumbnailBytes }),
      };
      await tx.objectStore('pages').put(page);
      if (output === null) await tx.objectStore('contents').delete([pageId, 'output']);
      await addToTotals(tx, derivedBytes(page) - derivedBytes(before));
      return page;
    });
    this.#changed(batchId, pageId);
    return updated;
  }

  async remove(pageId: string): Promise<void> {
    await this.#show(pageId, { removedOn: this.#context.clock.now() });
  }

  async restore(pageId: string): Promise<void> {
    await this.#show(pageId, {});
  }

  async #show(pageId: string, mark: { readonly removedOn?: number }): Promise<void> {
    const page = await this.#context.write(['batches', 'pages'], async (tx) => {
      const before = await pageIn(tx, pageId);
      const isRemoved = before.removedOn !== undefined;
      if (isRemoved === (mark.removedOn !== undefined)) return before;
      const batch = await openBatchIn(tx, before.batchId);
      const arrange: (batch: StoredBatch, id: string) => StoredBatch = isRemoved ? showPage : hidePage;
      await putBatch(tx, arrange(batch, pageId));
      const { removedOn: _removedOn, ...rest } = before;
      await tx.objectStore('pages').put({ ...rest, ...mark });
      return before;
    });
    this.#changed(page.batchId, pageId);
  }

  async bytes(pageId: string, kind: PageBytesKind): Promise<Blob | undefined> {
    const found = await this.#context.connection.read(['pages', 'contents'], async (tx) => {
      const page = await tx.objectStore('pages').get(pageId);
      return { page, content: page && (await tx.objectStore('contents').get([pageId, kind])) };
    });
    const { page, content } = found;
    const described = page?.[kind];
    if (!described || (kind === 'master' && !content && page.state === 'acknowledged')) return undefined;
    return this.#context.open(content, described);
  }

  noteUpload(
    pageId: string,
    note: { readonly state?: Exclude<PageState, 'acknowledged'>; readonly upload?: UploadProgress },
  ): Promise<BatchPage> {
    return this.#note(pageId, async (tx, page) => {
      // An acknowledgement is final: a late note of a slower tab does not undo it.
      if (page.state === 'acknowledged') return page;
      const next = { ...page, ...note };
      await tx.objectStore('pages').put(next);
      return next;
    });
  }

  acknowledge(pageId: string, acknowledgement: UploadAcknowledgement): Promise<BatchPage> {
    const { binary, sha256, sizeBytes } = acknowledgement;
    return this.#note(
      pageId,
      async (tx, page) => {
        if (page.state === 'acknowledged') return page;
        if (page.master.sha256 !== sha256 || page.master.sizeBytes !== sizeBytes) {
          throw new AnjuanError('integrity-mismatch', { details: { reason: 'acknowledgement' } });
        }
        const upload = { offsetBytes: sizeBytes, attempts: page.upload?.attempts ?? 0, binary };
        const next: BatchPage = { ...page, state: 'acknowledged', upload };
        await tx.objectStore('pages').put(next);
        return next;
      },
      'strict',
    );
  }

  async #note(
    pageId: string,
    change: (tx: Write, page: BatchPage) => Promise<BatchPage>,
    durability: 'strict' | 'relaxed' = 'relaxed',
  ): Promise<BatchPage> {
    const work = async (tx: Write): Promise<BatchPage> => change(tx, await pageIn(tx, pageId));
    const page = await this.#context.write(['pages', 'contents'], work, durability);
    this.#context.events.emit({ type: 'page', batchId: page.batchId, pageId });
    return page;
  }

  async requeue(): Promise<void> {
    const pages = await this.#context.connection.read(['pages'], (tx) => tx.objectStore('pages').getAll());
    for (const { pageId, state } of pages) {
      if (state === 'uploading') await this.noteUpload(pageId, { state: 'queued' });
    }
  }

  async #existing(pageId: string): Promise<BatchPage> {
    return this.#context.write(['pages'], (tx) => pageIn(tx, pageId), 'relaxed');
  }

  #changed(batchId: string, pageId: string): void {
    this.#context.events.emit({ type: 'page', batchId, pageId }, { type: 'batch', batchId });
  }
}

/** The page again, when it is the same one. Errors: `invalid-argument` when the id is used for something else. */
function sameAs(page: BatchPage, batchId: string, master: StoredBytes): BatchPage {
  if (page.batchId === batchId && page.master.sha256 === master.sha256) return page;
  throw new AnjuanError('invalid-argument', { details: { reason: 'page-id-used' } });
}

function derivedBytes({ output, thumbnail }: BatchPage): number {
  return (output?.sizeBytes ?? 0) + (thumbnail?.sizeBytes ?? 0);
}

async function addToTotals(tx: Write, bytes: number): Promise<void> {
  const totals = (await tx.objectStore('totals').get(TOTALS_NAME)) ?? { pages: 0, bytes: 0 };
  await tx.objectStore('totals').put({ ...totals, bytes: Math.max(0, totals.bytes + bytes) }, TOTALS_NAME);
}
