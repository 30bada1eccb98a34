import type { AnjuanError } from '../errors/anjuan-error.js';

/** Bytes that the store on this computer holds. */
export interface StoredBytes {
  /** Lower-case hex SHA-256 of the plain bytes. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mime: string;
}

/** JSON that the store keeps for its caller and never looks into. */
export type JsonData = { readonly [key: string]: unknown };

/** Which bytes of a page: the colour master as captured, the worked-on page for the document, a small JPEG for the tray. */
export type PageBytesKind = 'master' | 'output' | 'thumbnail';

/**
 * Where the bytes of a page are. `captured`: durable on this computer; `queued`: waits for the uploader; `uploading`;
 * `acknowledged`: the archive named the same SHA-256, so local bytes may go.
 */
export type PageState = 'captured' | 'queued' | 'uploading' | 'acknowledged';

/** One captured page. */
export interface BatchPage {
  /** UUID, given by the caller: adding the same page twice is adding it once. */
  readonly pageId: string;
  readonly batchId: string;
  /** Order of capture inside the batch, from 1, without gaps, never reused. */
  readonly seq: number;
  /** Milliseconds since 1970 by this computer's clock; for people, never for order. */
  readonly capturedOn: number;
  readonly state: PageState;
  readonly master: StoredBytes;
  readonly output?: StoredBytes;
  readonly thumbnail?: StoredBytes;
  /** Recipe, operations, quality findings of the capture package. */
  readonly data: JsonData;
  /** Set while deleted with undo; the page is in no document. */
  readonly removedOn?: number;
  /** How far the master is. */
  readonly upload?: UploadProgress;
}

/** State of one upload, kept so that a killed tab resumes. */
export interface UploadProgress {
  /** Address of the upload below the archive, opaque. */
  readonly url?: string;
  readonly offsetBytes: number;
  readonly attempts: number;
  /** `Binary/{id}` once acknowledged. */
  readonly binary?: string;
  /** Code of the last failure. */
  readonly errorCode?: string;
}

/** One document of a batch: pages in reading order and what the archive is told about it. */
export interface BatchDocument {
  /** UUID; becomes the master identifier of the archived document. */
  readonly documentId: string;
  /** Page ids in order. */
  readonly pageIds: readonly string[];
  /** Code of the document tree (WS/T 500 C00xx or local); absent until chosen. */
  readonly typeCode?: string;
  /** Title; absent: the name of the type. Patient data, never logged. */
  readonly title?: string;
  /** `YYYY-MM-DD` or ISO 8601. */
  readonly dateTime?: string;
  /** Assembled file, once the batch is being finished. */
  readonly file?: StoredBytes;
  readonly upload?: UploadProgress;
}

/** Into which stay the pages go; ids only. */
export interface BatchTarget {
  /** `List.id` of the record. */
  readonly recordId: string;
  readonly patientId?: string;
}

/**
 * `open`: pages are added. `finishing`: everything for the submission is durable here and goes out by itself, also after a
 * restart. `submitted`: the archive took it in one transaction; local bytes are erased.
 */
export type BatchState = 'open' | 'finishing' | 'submitted';

/** What one person scans in one go into one stay. */
export interface Batch {
  /** UUID; also the identifier of the submission, so that finishing twice is finishing once. */
  readonly batchId: string;
  readonly createdOn: number;
  readonly state: BatchState;
  readonly target?: BatchTarget;
  readonly documents: readonly BatchDocument[];
  /** Number of the next page. */
  readonly nextSeq: number;
  /** Grows with each change. */
  readonly revision: number;
}

/** Where the new page goes. Default: the end of the last document. */
export interface PagePlace {
  readonly documentId?: string;
  /** Index in the document, from 0. Default: the end. */
  readonly index?: number;
  /** The new page takes the place of this one, which is removed with undo (retake, replace in place). */
  readonly replaces?: string;
}

/** A page to keep. */
export interface NewPage {
  readonly batchId: string;
  readonly pageId: string;
  readonly master: Blob;
  readonly data?: JsonData;
  readonly place?: PagePlace;
}

/** Room on this computer. `full`: capture stops, upload goes on (95 % of the quota used). */
export interface StorageRoom {
  readonly state: 'ample' | 'low' | 'full';
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Quota left over mean page size; undefined before the first page. */
  readonly remainingPages?: number;
  /** The browser promised not to evict. */
  readonly persisted: boolean;
}

/** What changed, in any tab. Ids only. */
export type StoreEvent =
  | { readonly type: 'batch'; readonly batchId: string }
  | { readonly type: 'page'; readonly batchId: string; readonly pageId: string }
  | { readonly type: 'room'; readonly room: StorageRoom };

/** The sole owner of a batch among all tabs of this computer (Web Locks); ends with the tab. */
export interface BatchLead {
  readonly batchId: string;
  release(): void;
}

/**
 * Batches and pages on this computer: IndexedDB, strict durability. Whoever got a page back from `addPage` will find it
 * again after a crash, in its place. Errors: `storage-full`, `storage-failed`, `batch-not-found`, `batch-in-use`.
 */
export interface CaptureStore {
  createBatch(options?: { readonly target?: BatchTarget }): Promise<Batch>;
  /** Oldest first; submitted ones are gone after their receipt was seen. */
  batches(): Promise<readonly Batch[]>;
  batch(batchId: string): Promise<Batch | undefined>;
  /** Takes the batch for this tab until released or the tab ends. Errors: `batch-in-use`. */
  lead(batchId: string, options?: { readonly signal?: AbortSignal }): Promise<BatchLead>;
  /** Changes target and documents; `change` gets the stored value and runs inside the transaction. */
  updateBatch(batchId: string, change: (batch: Batch) => Batch): Promise<Batch>;
  /** Resolves when the bytes are durable; only then may the shutter confirm. */
  addPage(page: NewPage): Promise<BatchPage>;
  /** Pages of the batch by `seq`, removed ones included. */
  pages(batchId: string): Promise<readonly BatchPage[]>;
  page(pageId: string): Promise<BatchPage | undefined>;
  updatePage(
    pageId: string,
    change: { readonly data?: JsonData; readonly output?: Blob | null; readonly thumbnail?: Blob },
  ): Promise<BatchPage>;
  /** Takes the page out of its document; its bytes stay until the batch is submitted. */
  removePage(pageId: string): Promise<void>;
  /** Puts a removed page back where it was. */
  restorePage(pageId: string): Promise<void>;
  /** Undefined when erased after acknowledgement, because room was needed. Errors: `integrity-mismatch` when the bytes changed on disk. */
  bytes(pageId: string, kind: PageBytesKind): Promise<Blob | undefined>;
  /** Removes an open batch with all its bytes: the user's own decision. */
  discardBatch(batchId: string): Promise<void>;
  room(): Promise<StorageRoom>;
  /** Calls back after each change, from any tab. Returns the end of it. */
  watch(listener: (event: StoreEvent) => void): () => void;
  /** Erases everything, keys included (logout, user switch). */
  wipe(): Promise<void>;
  close(): void;
}

/** Why uploading pauses, in the order of what a user can do about it. */
export type OutboxPhase = 'idle' | 'uploading' | 'offline' | 'waiting' | 'sign-in' | 'refused';

/** For the words on the screen: 已保存在本机 12 页 · 已上传 9 页. */
export interface OutboxStatus {
  readonly phase: OutboxPhase;
  /** Pages of all open batches that are durable here or in the archive. */
  readonly storedPages: number;
  readonly uploadedPages: number;
  readonly storedBytes: number;
  readonly uploadedBytes: number;
  /** Milliseconds until the next try, while `waiting`. */
  readonly nextTryInMs?: number;
  readonly error?: AnjuanError;
}

/** A file for the archive: one document of the batch. */
export interface DocumentFile {
  readonly documentId: string;
  readonly file: Blob;
}

/** What the archive confirmed. */
export interface SubmissionReceipt {
  readonly batchId: string;
  readonly recordId: string;
  /** `DocumentReference.id` by the batch's document id, in order. */
  readonly documents: readonly { readonly documentId: string; readonly archivedId: string }[];
}

/** Sends what the store holds. One at a time among all tabs (Web Locks); every tab sees the status. */
export interface Outbox {
  readonly status: OutboxStatus;
  /** Begins to upload; masters of open batches go out while scanning goes on. */
  start(): void;
  /** Tries at once, for example after `online` or a sign-in. */
  wake(): void;
  /** Calls back after each change of status. Returns the end of it. */
  watch(listener: (status: OutboxStatus) => void): () => void;
  /**
   * Stores the files, marks the batch `finishing`, uploads what is missing and submits it in one ITI-65 transaction.
   * May be called again after a restart with no files. Errors: `batch-incomplete`, `upload-refused`,
   * `integrity-mismatch`, `validation-failed`, `aborted`; network faults are waited out.
   */
  finish(
    batchId: string,
    options?: { readonly files?: readonly DocumentFile[]; readonly signal?: AbortSignal },
  ): Promise<SubmissionReceipt>;
  close(): void;
}

/** What an upload transport is asked to bring over. */
export interface UploadJob {
  readonly bytes: Blob;
  readonly sha256: string;
  readonly mime: string;
  /** Where an earlier try got to. */
  readonly resume?: { readonly url: string };
  /** Called whenever it should be remembered: after creation and after each chunk the archive took. */
  readonly onProgress: (progress: { readonly url?: string; readonly offsetBytes: number }) => void | Promise<void>;
  readonly signal: AbortSignal;
}

/** The archive has these bytes. */
export interface UploadAcknowledgement {
  /** `Binary/{id}`. */
  readonly binary: string;
  /** Lower-case hex, as the archive computed it. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * Brings bytes into the archive; resumable where it can be. Errors: `upload-refused` (413, 415), `upload-lost` (404, 410),
 * `integrity-mismatch` (460 or another digest), `network-*`, `auth-*`.
 */
export interface UploadTransport {
  readonly name: 'tus' | 'chunked' | (string & {});
  upload(job: UploadJob): Promise<UploadAcknowledgement>;
  /** Tells the archive that an unfinished upload is given up. Errors are of no consequence: unfinished uploads expire. */
  discard?(url: string, options: { readonly signal: AbortSignal }): Promise<void>;
}
