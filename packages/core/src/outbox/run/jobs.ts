import type { Book, BookBatch, BookPage } from './book.js';
import { isParked } from './verdict.js';

/** One thing to do for the archive. */
export type Job =
  | { readonly kind: 'master'; readonly key: string; readonly batchId: string; readonly pageId: string }
  | { readonly kind: 'file'; readonly key: string; readonly batchId: string; readonly documentId: string }
  | { readonly kind: 'submit'; readonly key: string; readonly batchId: string }
  /** A page that the archive will never take keeps the batch from being finished. */
  | { readonly kind: 'refuse'; readonly key: string; readonly batchId: string; readonly errorCode: string };

export interface JobChoice {
  /** `local`: masters stay on this computer. */
  readonly masters: 'archive' | 'local';
  /** True for keys that are under way or must wait. */
  readonly isBusy: (key: string) => boolean;
}

/** The next thing to do: masters in the order of capture, then files, then the submission. Undefined when there is none. */
export function nextJob(book: Book, choice: JobChoice): Job | undefined {
  for (const entry of book.batches) {
    const job = jobOf(entry, choice);
    if (job) return job;
  }
  return undefined;
}

function jobOf(entry: BookBatch, choice: JobChoice): Job | undefined {
  const { batch } = entry;
  if (choice.masters === 'archive') {
    const job = masterJob(entry, choice);
    if (job) return job;
  }
  return batch.state === 'finishing' ? finishJob(entry, choice) : undefined;
}

function wantsUpload({ state, removedOn, upload }: BookPage): boolean {
  return state !== 'acknowledged' && removedOn === undefined && !isParked(upload?.errorCode);
}

function masterJob({ batch, pages }: BookBatch, { isBusy }: JobChoice): Job | undefined {
  let first: BookPage | undefined;
  for (const page of pages.values()) {
    if (!wantsUpload(page) || (first && first.seq < page.seq) || isBusy(page.pageId)) continue;
    first = page;
  }
  return first && { kind: 'master', key: first.pageId, batchId: batch.batchId, pageId: first.pageId };
}

function finishJob({ batch, pages }: BookBatch, { masters, isBusy }: JobChoice): Job | undefined {
  const { batchId, documents } = batch;
  const needed = masters === 'local' ? [] : documents.flatMap(({ pageIds }) => pageIds);
  const missing = needed.map((pageId) => pages.get(pageId)).filter((page) => page?.state !== 'acknowledged');
  const parked = missing.find((page) => isParked(page?.upload?.errorCode))?.upload?.errorCode;
  if (parked !== undefined && !isBusy(batchId)) return { kind: 'refuse', key: batchId, batchId, errorCode: parked };
  if (missing.length > 0) return undefined;
  const waiting = documents.filter(({ upload }) => upload?.binary === undefined);
  const next = waiting.find(({ documentId }) => !isBusy(documentId));
  if (next) return { kind: 'file', key: next.documentId, batchId, documentId: next.documentId };
  return waiting.length > 0 || isBusy(batchId) ? undefined : { kind: 'submit', key: batchId, batchId };
}

/** Code of a page that waits for a person, if there is one. */
export function parkedCode(book: Book): string | undefined {
  for (const { pages } of book.batches) {
    for (const { upload, removedOn, state } of pages.values()) {
      if (removedOn === undefined && state !== 'acknowledged' && isParked(upload?.errorCode)) return upload?.errorCode;
    }
  }
  return undefined;
}
