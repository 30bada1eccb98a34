import { AnjuanError } from '@anjuan/core';
import type { BatchLead, BatchTarget, CaptureStore } from '@anjuan/core/outbox';
import type { FoundBatch } from './session-state.js';

/** What an earlier sitting left: a batch that this tab now leads, or one that another tab works on. */
export type Unfinished =
  | { readonly kind: 'none' }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'free'; readonly lead: BatchLead; readonly found: FoundBatch };

/**
 * Looks for open batches with pages, those of this stay first, the newest first. Empty ones are cleared away; those
 * that another tab leads are left alone. `skip`: batches that the operator put off.
 */
export async function findUnfinished(
  store: CaptureStore,
  target: BatchTarget | undefined,
  options: { readonly skip: ReadonlySet<string>; readonly signal: AbortSignal },
): Promise<Unfinished> {
  const open = (await store.batches()).filter(({ state, batchId }) => state === 'open' && !options.skip.has(batchId));
  const isOther = (recordId: string | undefined): boolean =>
    recordId !== undefined && target !== undefined && recordId !== target.recordId;
  const newestFirst = open.toReversed();
  const ordered = [
    ...newestFirst.filter((batch) => !isOther(batch.target?.recordId)),
    ...newestFirst.filter((batch) => isOther(batch.target?.recordId)),
  ];
  let inUse = false;
  for (const { batchId, createdOn, target: own } of ordered) {
    const lead = await leadIfFree(store, batchId, options.signal);
    const otherRecord = isOther(own?.recordId);
    if (!lead) {
      inUse ||= !otherRecord;
      continue;
    }
    let pageCount = 0;
    try {
      pageCount = (await store.pages(batchId)).filter(({ removedOn }) => removedOn === undefined).length;
      if (pageCount === 0) await store.discardBatch(batchId);
    } catch (error) {
      lead.release();
      throw error;
    }
    if (pageCount > 0) return { kind: 'free', lead, found: { batchId, createdOn, pageCount, otherRecord } };
    lead.release();
  }
  return { kind: inUse ? 'in-use' : 'none' };
}

async function leadIfFree(store: CaptureStore, batchId: string, signal: AbortSignal): Promise<BatchLead | undefined> {
  try {
    return await store.lead(batchId, { signal });
  } catch (error) {
    if (AnjuanError.is(error, 'batch-in-use') || AnjuanError.is(error, 'batch-not-found')) return undefined;
    throw error;
  }
}
