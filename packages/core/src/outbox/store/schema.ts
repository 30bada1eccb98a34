import type { DBSchema } from 'idb';
import type { Batch, BatchPage, PageBytesKind, SubmissionReceipt } from '../types.js';

/** A batch as it is kept: with the places of removed pages, and how finishing went. */
export interface StoredBatch extends Batch {
  /** Pages of each document in order, removed ones included: a restored page comes back exactly where it was. */
  readonly orders: Readonly<Record<string, readonly string[]>>;
  /** Error code of the last try to finish, while the batch is open again because of it. */
  readonly refusal?: string;
  /** What the archive confirmed. */
  readonly receipt?: SubmissionReceipt;
  /** When somebody saw the receipt, milliseconds since 1970. */
  readonly seenOn?: number;
}

/** What a set of bytes is: one of a page's, or the file of a document. */
export type ContentKind = PageBytesKind | 'file';

/** How bytes were sealed. */
export interface Cipher {
  readonly keyId: string;
  /** Plain bytes of each part but the last. */
  readonly partBytes: number;
}

/** Bytes, with the name of what they belong to; never without it. */
export interface StoredContent {
  /** `pageId` or `documentId`. */
  readonly ownerId: string;
  readonly kind: ContentKind;
  readonly batchId: string;
  readonly blob: Blob;
  /** Absent: plain. */
  readonly cipher?: Cipher;
}

/** The key of this computer; it cannot be exported, not even by the page that uses it. */
export interface StoredKey {
  readonly keyId: string;
  readonly key: CryptoKey;
}

/** Running totals, for the mean size of a page. */
export interface StoredTotals {
  readonly pages: number;
  readonly bytes: number;
}

/** Who holds a claim where the browser has no Web Locks. */
export interface StoredClaim {
  readonly name: string;
  readonly holder: string;
}

/** The database of one store. Keys are random ids and fixed names, nothing of a patient. */
export interface CaptureSchema extends DBSchema {
  batches: { key: string; value: StoredBatch };
  pages: { key: string; value: BatchPage; indexes: { order: [string, number] } };
  contents: { key: [string, string]; value: StoredContent; indexes: { batch: string } };
  keys: { key: string; value: StoredKey };
  totals: { key: string; value: StoredTotals };
  claims: { key: string; value: StoredClaim };
  /** Addresses of uploads that nobody needs any more. */
  abandoned: { key: string; value: string };
}

export type StoreName = 'batches' | 'pages' | 'contents' | 'keys' | 'totals' | 'claims' | 'abandoned';

export const SCHEMA_VERSION = 1;
export const KEY_NAME = 'at-rest';
export const TOTALS_NAME = 'pages';
