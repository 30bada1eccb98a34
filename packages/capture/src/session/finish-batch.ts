import { captureError, type BatchDocument, type DocumentFile, type SubmissionReceipt } from '@anjuan/core/outbox';
import { throwIfAborted } from '@anjuan/core';
import type { AssemblePage } from '../worker/protocol.js';
import { unpackImage } from './image-layout.js';
import type { OpenBatch } from './open-batch.js';
import { readPageData } from './page-data.js';
import type { SessionPorts } from './session-ports.js';
import type { FinishProgress } from './session-state.js';
import type { TrayDocument } from './tray.js';

/** What keeps a batch from being submitted, in the order in which to mend it. */
export type Shortcoming =
  | { readonly kind: 'no-pages' }
  | { readonly kind: 'no-type'; readonly documentId: string }
  | { readonly kind: 'failed-page'; readonly pageId: string };

/** Nothing in the list: the batch may be submitted. */
export function shortcomings(documents: readonly TrayDocument[]): readonly Shortcoming[] {
  const full = documents.filter(({ pages }) => pages.length > 0);
  if (full.length === 0) return [{ kind: 'no-pages' }];
  return full.flatMap((document): Shortcoming[] => [
    ...(document.typeCode === undefined ? [{ kind: 'no-type' as const, documentId: document.documentId }] : []),
    ...document.pages.flatMap(({ mark, pageId }) =>
      mark === 'failed' ? [{ kind: 'failed-page' as const, pageId }] : [],
    ),
  ]);
}

/**
 * Assembles every document and gives all to the outbox, which sends them in one transaction. Resolves with the
 * archive's receipt. Errors: `batch-incomplete` and those of the outbox.
 */
export async function finishBatch(
  ports: SessionPorts,
  desk: OpenBatch,
  options: { readonly signal: AbortSignal; readonly progress: (progress: FinishProgress) => void },
): Promise<SubmissionReceipt> {
  if (shortcomings(desk.tray.documents).length > 0) throw captureError('batch-incomplete');
  const trayDocuments = desk.tray.documents.filter(({ pages }) => pages.length > 0);
  await desk.arrange((documents) => documents.filter(({ pageIds }) => pageIds.length > 0));
  const total = trayDocuments.length;
  const files: DocumentFile[] = [];
  for (const document of trayDocuments) {
    throwIfAborted(options.signal);
    options.progress({ step: 'assembling', done: files.length, total });
    files.push({ documentId: document.documentId, file: await assembleDocument(ports, desk, document) });
  }
  options.progress({ step: 'sending', done: total, total });
  return ports.outbox.finish(desk.batchId, { files, signal: options.signal });
}

async function assembleDocument(ports: SessionPorts, desk: OpenBatch, document: TrayDocument): Promise<Blob> {
  const pages: AssemblePage[] = [];
  for (const { pageId } of document.pages) pages.push(await assemblePage(ports, desk, pageId));
  const stored = desk.batch.documents.find(({ documentId }) => documentId === document.documentId);
  const worker = await ports.pipeline();
  const bytes = await worker.assemble({
    title: stored ? titleOf(stored, ports) : '',
    language: ports.language(),
    createdOn: new Date(desk.batch.createdOn).toISOString(),
    documentId: document.documentId,
    pages,
  });
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/pdf' });
}

async function assemblePage(ports: SessionPorts, desk: OpenBatch, pageId: string): Promise<AssemblePage> {
  const page = desk.page(pageId);
  const made = page && readPageData(page).made;
  const blob = await ports.store.bytes(pageId, 'output');
  if (!made || !blob) throw captureError('batch-incomplete');
  return { image: await unpackImage({ blob, layout: made.image }), widthPt: made.widthPt, heightPt: made.heightPt };
}

function titleOf(document: BatchDocument, ports: SessionPorts): string {
  return document.title ?? (document.typeCode === undefined ? '' : ports.titleOfType(document.typeCode));
}
