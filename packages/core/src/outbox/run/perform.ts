import type { ArchiveClient } from '../../client/types.js';
import type { Clock } from '../../lifecycle/clock.js';
import { captureError } from '../../errors/capture-codes.js';
import { AnjuanError } from '../../errors/anjuan-error.js';
import { hashBlob } from '../digest/hash-blob.js';
import type { OutboxStore } from '../store/outbox-store.js';
import { submitBatch } from '../submit/submit-batch.js';
import type { SubmittedDocument, Submitter } from '../submit/submission.js';
import type { BatchDocument, BatchPage, UploadAcknowledgement, UploadProgress, UploadTransport } from '../types.js';
import type { Job } from './jobs.js';

/** What jobs are done with. */
export interface Workshop {
  readonly store: OutboxStore;
  readonly client: ArchiveClient;
  readonly clock: Clock;
  readonly masters: 'archive' | 'local';
  readonly submitter: Submitter;
  transport(signal: AbortSignal): Promise<UploadTransport>;
  /** Bytes moved: the line is alive. */
  readonly onMoved: () => void;
}

/** Does one job to its end. Whatever it throws, doing it again later is safe. */
export function perform(job: Job, shop: Workshop, signal: AbortSignal): Promise<void> {
  switch (job.kind) {
    case 'master':
      return uploadMaster(job.pageId, shop, signal);
    case 'file':
      return uploadFile(job.batchId, job.documentId, shop, signal);
    case 'submit':
      return submit(job.batchId, shop, signal);
    case 'refuse':
      return shop.store.reopen(job.batchId, job.errorCode);
  }
}

interface Transfer {
  readonly bytes: Blob;
  readonly sha256: string;
  readonly mime: string;
  readonly before: UploadProgress | undefined;
  readonly note: (upload: UploadProgress) => Promise<unknown>;
}

async function transfer(
  { bytes, sha256, mime, before, note }: Transfer,
  shop: Workshop,
  signal: AbortSignal,
): Promise<UploadAcknowledgement> {
  const attempts = (before?.attempts ?? 0) + 1;
  const known = before?.url === undefined ? {} : { url: before.url };
  const jot = (upload: UploadProgress): Promise<unknown> => note(upload).catch(ignoreStorage);
  await jot({ ...known, offsetBytes: before?.offsetBytes ?? 0, attempts });
  const transport = await shop.transport(signal);
  return transport.upload({
    bytes,
    sha256,
    mime,
    ...(before?.url !== undefined && { resume: { url: before.url } }),
    onProgress: async ({ url, offsetBytes }) => {
      shop.onMoved();
      await jot({ ...known, ...(url !== undefined && { url }), offsetBytes, attempts });
    },
    signal,
  });
}

/** A disk that is full, or fails for a moment, must not keep pages from leaving it: only the place to resume is lost. */
function ignoreStorage(error: unknown): void {
  const { code } = AnjuanError.from(error);
  if (code !== 'storage-full' && code !== 'storage-failed') throw error;
}

async function uploadMaster(pageId: string, shop: Workshop, signal: AbortSignal): Promise<void> {
  const { store } = shop;
  const page = await store.page(pageId);
  if (!page) throw captureError('batch-not-found');
  // Another tab was quicker.
  if (page.state === 'acknowledged') return;
  const bytes = await store.bytes(pageId, 'master');
  if (!bytes) return;
  const { sha256, mime } = page.master;
  const note = (upload: UploadProgress): Promise<BatchPage> => store.noteUpload(pageId, { state: 'uploading', upload });
  const acknowledgement = await transfer({ bytes, sha256, mime, before: page.upload, note }, shop, signal);
  await store.acknowledge(pageId, acknowledgement);
}

async function uploadFile(batchId: string, documentId: string, shop: Workshop, signal: AbortSignal): Promise<void> {
  const { store } = shop;
  const document = (await store.storedBatch(batchId))?.documents.find((one) => one.documentId === documentId);
  const bytes = await store.documentBytes(batchId, documentId);
  if (!document?.file || !bytes) throw captureError('batch-not-found');
  const { sha256, mime, sizeBytes } = document.file;
  const note = (upload: UploadProgress): Promise<void> => store.noteDocumentUpload(batchId, documentId, upload);
  const acknowledgement = await transfer({ bytes, sha256, mime, before: document.upload, note }, shop, signal);
  if (acknowledgement.sha256 !== sha256 || acknowledgement.sizeBytes !== sizeBytes) {
    throw new AnjuanError('integrity-mismatch', { details: { reason: 'acknowledgement' } });
  }
  await note({
    offsetBytes: sizeBytes,
    attempts: (document.upload?.attempts ?? 0) + 1,
    binary: acknowledgement.binary,
  });
}

async function submit(batchId: string, shop: Workshop, signal: AbortSignal): Promise<void> {
  const { store, client, clock, submitter } = shop;
  const batch = await store.storedBatch(batchId);
  if (batch?.state !== 'finishing') return;
  if (!batch.target) throw captureError('batch-incomplete', { details: { reason: 'target' } });
  const pages = new Map((await store.pages(batchId)).map((page) => [page.pageId, page]));
  const documents: SubmittedDocument[] = [];
  for (const document of batch.documents) documents.push(await submitted(batchId, document, { shop, pages, signal }));
  const receipt = await submitBatch(
    client,
    {
      batchId,
      recordId: batch.target.recordId,
      documents,
      recordedOn: new Date(clock.now()).toISOString(),
      submitter,
    },
    signal,
  );
  await store.markSubmitted(receipt);
}

async function submitted(
  batchId: string,
  document: BatchDocument,
  context: { readonly shop: Workshop; readonly pages: ReadonlyMap<string, BatchPage>; readonly signal: AbortSignal },
): Promise<SubmittedDocument> {
  const { shop, pages, signal } = context;
  const { documentId, file, upload, pageIds } = document;
  const bytes = await shop.store.documentBytes(batchId, documentId);
  if (!file || !bytes || upload?.binary === undefined) throw captureError('batch-not-found');
  const used = pageIds.flatMap((pageId) => pages.get(pageId) ?? []);
  const times = used.map(({ capturedOn }) => capturedOn);
  return {
    document,
    file: { ...file, binary: upload.binary, sha1: await hashBlob(bytes, { algorithm: 'SHA-1', signal }) },
    masters:
      shop.masters === 'local'
        ? []
        : used.flatMap(({ master, upload: own }) =>
            own?.binary === undefined ? [] : [{ binary: own.binary, sha256: master.sha256 }],
          ),
    ...(times.length > 0 && { capturedOn: { firstMs: Math.min(...times), lastMs: Math.max(...times) } }),
  };
}
