import { AnjuanError } from '../../errors/anjuan-error.js';
import { captureError } from '../../errors/capture-codes.js';
import { newRequestId } from '../../transport/request-id.js';
import type { Batch, BatchDocument, BatchTarget, DocumentFile, SubmissionReceipt, UploadProgress } from '../types.js';
import type { Write } from './connection.js';
import { rearrange } from './page-order.js';
import type { StoredBatch, StoreName } from './schema.js';
import {
  batchIn,
  describeBytes,
  openBatchIn,
  pagesOf,
  putBatch,
  type NewContent,
  type StoreContext,
} from './store-context.js';

/** A receipt that somebody saw is kept so long, for a second tab that asks. */
const RECEIPT_MS = 7 * 24 * 60 * 60 * 1000;
const everything = ['batches', 'pages', 'contents', 'abandoned'] as const satisfies readonly StoreName[];

/** Batches, their documents and their end. */
export class BatchStore {
  readonly #context: StoreContext;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  async create(target: BatchTarget | undefined): Promise<Batch> {
    const documentId = newRequestId();
    const batch: StoredBatch = {
      batchId: newRequestId(),
      createdOn: this.#context.clock.now(),
      state: 'open',
      ...(target && { target }),
      documents: [{ documentId, pageIds: [] }],
      nextSeq: 1,
      revision: 1,
      orders: { [documentId]: [] },
    };
    await this.#context.write(['batches'], (tx) => tx.objectStore('batches').add(batch));
    this.#changed(batch.batchId);
    return publicBatch(batch);
  }

  async list(): Promise<readonly Batch[]> {
    const all = await this.#context.connection.read(['batches'], (tx) => tx.objectStore('batches').getAll());
    const listed = all.filter(({ seenOn }) => seenOn === undefined);
    return listed.sort((a, b) => a.createdOn - b.createdOn).map(publicBatch);
  }

  stored(batchId: string): Promise<StoredBatch | undefined> {
    return this.#context.connection.read(['batches'], (tx) => tx.objectStore('batches').get(batchId));
  }

  async get(batchId: string): Promise<Batch | undefined> {
    const batch = await this.stored(batchId);
    return batch && batch.seenOn === undefined ? publicBatch(batch) : undefined;
  }

  async update(batchId: string, change: (batch: Batch) => Batch): Promise<Batch> {
    const { batch, changed } = await this.#context.write(['batches'], async (tx) => {
      const before = await batchIn(tx, batchId);
      const { documents, target } = change(publicBatch(before));
      // Who changes nothing may do so at any time.
      if (documents === before.documents && target === before.target) return { batch: before, changed: false };
      await openBatchIn(tx, batchId);
      const { target: _target, ...rest } = rearrange(before, documents.map(ownFields));
      return { batch: await putBatch(tx, { ...rest, ...(target && { target }) }), changed: true };
    });
    if (changed) this.#changed(batchId);
    return publicBatch(batch);
  }

  async discard(batchId: string): Promise<void> {
    const known = await this.#context.write(everything, async (tx) => {
      const batch = await tx.objectStore('batches').get(batchId);
      if (!batch) return false;
      await openBatchIn(tx, batchId);
      for (const page of await tx.objectStore('pages').index('order').getAll(pagesOf(batchId))) {
        const url = page.state === 'acknowledged' ? undefined : page.upload?.url;
        if (url !== undefined) await tx.objectStore('abandoned').put(url, url);
      }
      await eraseContents(tx, batchId);
      await tx.objectStore('batches').delete(batchId);
      return true;
    });
    if (!known) return;
    this.#changed(batchId);
    void this.#context.announceRoom().catch(() => undefined);
  }

  async beginFinish(batchId: string, files: readonly DocumentFile[]): Promise<StoredBatch> {
    const described = await Promise.all(
      files.map(async ({ documentId, file }) => ({ documentId, blob: file, bytes: await describeBytes(file) })),
    );
    const contents: readonly NewContent[] = described.map(({ documentId, blob }) => ({
      ownerId: documentId,
      kind: 'file',
      batchId,
      blob,
    }));
    const before = await this.stored(batchId);
    if (!before) throw captureError('batch-not-found');
    if (before.state !== 'open') return before;
    const batch = await this.#context.writeWithContents(['batches'], contents, async (tx) => {
      const current = await openBatchIn(tx, batchId);
      const sizes = new Map(described.map(({ documentId, bytes }) => [documentId, bytes]));
      const { refusal: _refusal, ...rest } = completeOrThrow(current);
      if (described.some(({ documentId }) => !rest.documents.some((one) => one.documentId === documentId))) {
        throw new AnjuanError('invalid-argument', { details: { reason: 'unknown-document' } });
      }
      const documents = rest.documents.map((document): BatchDocument => {
        const file = sizes.get(document.documentId);
        if (!file) throw captureError('batch-incomplete', { details: { reason: 'file' } });
        return { ...ownFields(document), file };
      });
      return putBatch(tx, { ...rest, state: 'finishing', documents });
    });
    this.#changed(batchId);
    return batch;
  }

  async documentBytes(batchId: string, documentId: string): Promise<Blob | undefined> {
    const found = await this.#context.connection.read(['batches', 'contents'], async (tx) => ({
      batch: await tx.objectStore('batches').get(batchId),
      content: await tx.objectStore('contents').get([documentId, 'file']),
    }));
    const file = found.batch?.documents.find((document) => document.documentId === documentId)?.file;
    return file && this.#context.open(found.content, file);
  }

  async noteDocumentUpload(batchId: string, documentId: string, upload: UploadProgress): Promise<void> {
    const work = async (tx: Write): Promise<void> => {
      const batch = await batchIn(tx, batchId);
      const documents = batch.documents.map((document) =>
        document.documentId === documentId ? { ...document, upload } : document,
      );
      await putBatch(tx, { ...batch, documents });
    };
    await this.#context.write(['batches'], work, upload.binary === undefined ? 'relaxed' : 'strict');
    this.#changed(batchId);
  }

  async reopen(batchId: string, errorCode: string): Promise<void> {
    await this.#context.write(['batches', 'contents'], async (tx) => {
      const batch = await batchIn(tx, batchId);
      if (batch.state !== 'finishing') return;
      for (const { documentId } of batch.documents) await tx.objectStore('contents').delete([documentId, 'file']);
      await putBatch(tx, { ...batch, state: 'open', documents: batch.documents.map(ownFields), refusal: errorCode });
    });
    this.#changed(batchId);
  }

  async markSubmitted(receipt: SubmissionReceipt): Promise<void> {
    const { batchId } = receipt;
    await this.#context.write(everything, async (tx) => {
      const batch = await batchIn(tx, batchId);
      await eraseContents(tx, batchId);
      // What is left is the receipt: ids, nothing that a person wrote.
      const documents = batch.documents.map(({ documentId, pageIds }) => ({ documentId, pageIds }));
      await putBatch(tx, { ...batch, state: 'submitted', documents, orders: {}, receipt });
    });
    this.#changed(batchId);
    void this.#context.announceRoom().catch(() => undefined);
  }

  async markSeen(batchId: string): Promise<void> {
    const nowMs = this.#context.clock.now();
    await this.#context.write(['batches'], async (tx) => {
      for (const batch of await tx.objectStore('batches').getAll()) {
        if (batch.batchId === batchId && batch.seenOn === undefined) await putBatch(tx, { ...batch, seenOn: nowMs });
        if (batch.seenOn !== undefined && nowMs - batch.seenOn > RECEIPT_MS) {
          await tx.objectStore('batches').delete(batch.batchId);
        }
      }
    });
    this.#changed(batchId);
  }

  async wipe(): Promise<void> {
    const batches = await this.list();
    const stores: readonly StoreName[] = ['batches', 'pages', 'contents', 'keys', 'totals', 'abandoned'];
    await this.#context.write(stores, async (tx) => {
      for (const store of stores) await tx.objectStore(store).clear();
    });
    this.#context.forgetKey();
    for (const { batchId } of batches) this.#changed(batchId);
    await this.#context.announceRoom().catch(() => undefined);
  }

  #changed(batchId: string): void {
    this.#context.events.emit({ type: 'batch', batchId });
  }
}

/** Erases all pages and bytes of a batch. */
async function eraseContents(tx: Write, batchId: string): Promise<void> {
  const pages = tx.objectStore('pages');
  for (const key of await pages.index('order').getAllKeys(pagesOf(batchId))) await pages.delete(key);
  const contents = tx.objectStore('contents');
  for (const key of await contents.index('batch').getAllKeys(batchId)) await contents.delete(key);
}

/** The batch as callers see it. */
export function publicBatch(batch: StoredBatch): Batch {
  const { orders: _orders, refusal: _refusal, receipt: _receipt, seenOn: _seenOn, ...rest } = batch;
  return rest;
}

/** A document without what only the store may say of it. */
function ownFields({ file: _file, upload: _upload, ...document }: BatchDocument): BatchDocument {
  return document;
}

function completeOrThrow(batch: StoredBatch): StoredBatch {
  const { documents, target } = batch;
  const complete = documents.length > 0 && documents.every(({ pageIds, typeCode }) => pageIds.length > 0 && typeCode);
  if (complete && target) return batch;
  throw captureError('batch-incomplete', { details: { reason: target ? 'documents' : 'target' } });
}
