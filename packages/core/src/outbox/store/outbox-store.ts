import type { BatchPage, CaptureStore, DocumentFile, PageState, SubmissionReceipt, UploadProgress } from '../types.js';
import type { Claims } from '../claims/claims.js';
import type { StoredBatch } from './schema.js';

/** A capture store with what an outbox needs besides. */
export interface OutboxStore extends CaptureStore {
  /** Name of the database: what claims and channels of its tabs are named after. */
  readonly name: string;
  readonly claims: Claims;
  /** Batch with the outcome of finishing. */
  storedBatch(batchId: string): Promise<StoredBatch | undefined>;
  /** Notes how far the master of a page is. */
  noteUpload(
    pageId: string,
    note: { readonly state?: Exclude<PageState, 'acknowledged'>; readonly upload?: UploadProgress },
  ): Promise<BatchPage>;
  /**
   * The archive has the master: notes it. The local bytes may go from now on: when room is needed, at the latest when the
   * batch is submitted; until then the page can be worked on again without the archive.
   * Errors: `integrity-mismatch` when the archive names other bytes than the page has.
   */
  acknowledge(
    pageId: string,
    acknowledgement: { readonly binary: string; readonly sha256: string; readonly sizeBytes: number },
  ): Promise<BatchPage>;
  /**
   * Files and the state `finishing` in one transaction. Does nothing to a batch that is finishing or submitted.
   * Errors: `batch-incomplete`, `batch-not-found`, `storage-*`.
   */
  beginFinish(batchId: string, files: readonly DocumentFile[]): Promise<StoredBatch>;
  /** Bytes of a document's file. */
  documentBytes(batchId: string, documentId: string): Promise<Blob | undefined>;
  /** Notes how far the file of a document is. */
  noteDocumentUpload(batchId: string, documentId: string, upload: UploadProgress): Promise<void>;
  /** The archive refused the submission: the batch is open again, its files are gone, its pages stay. */
  reopen(batchId: string, errorCode: string): Promise<void>;
  /** The archive has everything: keeps the receipt, erases pages and bytes. */
  markSubmitted(receipt: SubmissionReceipt): Promise<void>;
  /** The receipt reached somebody: the batch is listed no more. */
  markSeen(batchId: string): Promise<void>;
  /** Uploads that died with their tab wait for the uploader again. Call only while nobody uploads. */
  requeueUploads(): Promise<void>;
  /** Addresses of uploads that belong to nothing any more. */
  abandonedUploads(): Promise<readonly string[]>;
  forgetAbandoned(url: string): Promise<void>;
}
