import { AnjuanError } from '../../errors/anjuan-error.js';
import type { BatchDocument, PagePlace } from '../types.js';
import type { StoredBatch } from './schema.js';

/** Pages of a document in order, removed ones included. */
export function orderOf(batch: StoredBatch, documentId: string): readonly string[] {
  return batch.orders[documentId] ?? [];
}

function documentOf(batch: StoredBatch, pageId: string): string | undefined {
  return batch.documents.find(({ documentId }) => orderOf(batch, documentId).includes(pageId))?.documentId;
}

function visibleIn(batch: StoredBatch): ReadonlySet<string> {
  return new Set(batch.documents.flatMap(({ pageIds }) => pageIds));
}

/** The batch with one order changed, and the visible pages derived from it. */
function withOrder(
  batch: StoredBatch,
  change: { readonly documentId: string; readonly order: readonly string[]; readonly visible: ReadonlySet<string> },
): StoredBatch {
  const { documentId, order, visible } = change;
  const documents = batch.documents.map((document) =>
    document.documentId === documentId ? { ...document, pageIds: order.filter((id) => visible.has(id)) } : document,
  );
  return { ...batch, documents, orders: { ...batch.orders, [documentId]: order } };
}

/** Takes a page out of sight; its place stays. */
export function hidePage(batch: StoredBatch, pageId: string): StoredBatch {
  const documentId = documentOf(batch, pageId);
  if (documentId === undefined) return batch;
  const visible = new Set([...visibleIn(batch)].filter((id) => id !== pageId));
  return withOrder(batch, { documentId, order: orderOf(batch, documentId), visible });
}

/** Puts a removed page back in its place. */
export function showPage(batch: StoredBatch, pageId: string): StoredBatch {
  const documentId = documentOf(batch, pageId);
  if (documentId === undefined) return insertPage(batch, pageId);
  const visible = new Set([...visibleIn(batch), pageId]);
  return withOrder(batch, { documentId, order: orderOf(batch, documentId), visible });
}

/**
 * Puts a new page where it belongs. A place that is gone meanwhile (its document was merged into another, say) costs no
 * page: it goes to the end of the last document.
 */
export function insertPage(batch: StoredBatch, pageId: string, place: PagePlace = {}): StoredBatch {
  const { replaces } = place;
  const replaced = replaces === undefined ? undefined : documentOf(batch, replaces);
  if (replaces !== undefined && replaced !== undefined) {
    const before = hidePage(batch, replaces);
    const order = orderOf(before, replaced);
    const at = order.indexOf(replaces);
    return put(before, { documentId: replaced, order: order.toSpliced(at, 0, pageId), pageId });
  }
  const named = batch.documents.find(({ documentId }) => documentId === place.documentId);
  const document = named ?? batch.documents.at(-1);
  if (!document) throw new AnjuanError('invalid-argument', { details: { reason: 'no-document' } });
  const order = orderOf(batch, document.documentId);
  const index = named || place.documentId === undefined ? place.index : undefined;
  const next = index === undefined ? undefined : document.pageIds[Math.max(0, Math.trunc(index))];
  const at = next === undefined ? order.length : order.indexOf(next);
  return put(batch, { documentId: document.documentId, order: order.toSpliced(at, 0, pageId), pageId });
}

function put(
  batch: StoredBatch,
  { documentId, order, pageId }: { documentId: string; order: readonly string[]; pageId: string },
): StoredBatch {
  return withOrder(batch, { documentId, order, visible: new Set([...visibleIn(batch), pageId]) });
}

/**
 * Documents as a caller rearranged them. Every visible page must be in exactly one of them; removed pages keep their
 * neighbours. Errors: `invalid-argument` when a page is missing, double or unknown.
 */
export function rearrange(batch: StoredBatch, documents: readonly BatchDocument[]): StoredBatch {
  const visible = visibleIn(batch);
  const pageIds = documents.flatMap((document) => document.pageIds);
  const names = new Set(documents.map(({ documentId }) => documentId));
  const complete = pageIds.length === visible.size && pageIds.every((id) => visible.has(id));
  if (!complete || new Set(pageIds).size !== pageIds.length || names.size !== documents.length) {
    throw new AnjuanError('invalid-argument', {
      message: 'Each page of the batch must stand in exactly one document; removePage takes pages out.',
      details: { reason: 'pages' },
    });
  }
  const orders = new Map(documents.map(({ documentId, pageIds }) => [documentId, [...pageIds]]));
  for (const { documentId } of batch.documents) placeRemoved(orders, orderOf(batch, documentId), documentId);
  return { ...batch, documents, orders: Object.fromEntries(orders) };
}

/** Puts each removed page after the nearest page that stood before it, else before the nearest after it. */
function placeRemoved(orders: Map<string, string[]>, before: readonly string[], documentId: string): void {
  const placed = (id: string): string[] | undefined => [...orders.values()].find((order) => order.includes(id));
  before.forEach((pageId, index) => {
    if (placed(pageId)) return;
    const previous = before.slice(0, index).findLast((id) => placed(id));
    const next = before.slice(index + 1).find((id) => placed(id));
    const anchor = previous ?? next;
    const order = anchor === undefined ? undefined : placed(anchor);
    if (order && anchor !== undefined)
      order.splice(order.indexOf(anchor) + (previous === undefined ? 0 : 1), 0, pageId);
    else (orders.get(documentId) ?? [...orders.values()].at(-1))?.push(pageId);
  });
}
