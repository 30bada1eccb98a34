import type { ArchiveCapabilities } from '../model/capabilities.js';
import type { DocumentVersionRef } from '../model/document.js';
import type { PageText } from '../model/page.js';
import type { RecordManifest, RecordSummary } from '../model/record.js';
import type { TextHits } from '../model/text-hit.js';

/**
 * Who waits for the answer. Lanes share the per-origin concurrency; a higher lane always goes first.
 * `interactive`: a person looks at an empty place. `ahead`: soon on screen. `background`: thumbnails, prefetch.
 */
export type Lane = 'interactive' | 'ahead' | 'background';

/** Options of every call. */
export interface CallOptions {
  /** Ends the call with code `aborted`. */
  readonly signal?: AbortSignal;
  /** Default `interactive`. */
  readonly lane?: Lane;
}

/** All criteria must hold. Dates are `YYYY-MM-DD`, local to the hospital, both ends included. */
export interface RecordQuery {
  /** Anything a person types: name, pinyin, initials, 病案号, 住院号, department, diagnosis. */
  readonly text?: string;
  /** Name, pinyin or initials of the patient. */
  readonly name?: string;
  /** 病案号, exact. */
  readonly recordNumber?: string;
  /** 住院号, exact. */
  readonly inpatientNumber?: string;
  /** Discharge department, by name or code. */
  readonly department?: string;
  /** Main diagnosis, by text or ICD-10 code. */
  readonly diagnosis?: string;
  /** First day of discharge. */
  readonly dischargedFrom?: string;
  /** Last day of discharge. */
  readonly dischargedTo?: string;
  /** Stays of this patient only. */
  readonly patientId?: string;
}

/** One page of a search. */
export interface RecordPage {
  /** In the archive’s order: latest discharge first. */
  readonly records: readonly RecordSummary[];
  /** Serialisable; pass it to `byPage` to go on later. Absent on the last page. */
  readonly continuation?: string;
  /** Exact number of matches when the archive counted them. */
  readonly total?: number;
}

/** Options of a search. */
export interface SearchOptions extends CallOptions {
  /** Records per request, 1..capabilities.maxPageSize. Default 20. */
  readonly pageSize?: number;
}

/** Iterate over records, or over pages of them. Nothing is requested before iteration starts. */
export interface RecordSearch extends AsyncIterable<RecordSummary> {
  /** Page by page; `continuation` goes on where another iteration, page or day left off. Errors: `invalid-argument`. */
  byPage(options?: { readonly continuation?: string }): AsyncIterable<RecordPage>;
}

/** Options of a search over the text of one record. */
export interface TextSearchOptions extends CallOptions {
  /** Most hits to return, 1 to 500; `total` counts all of them. Default 500. */
  readonly limit?: number;
}

/** Records: find, open and search them. */
export interface RecordsResource {
  /** Records that meet all criteria. Errors while iterating: `search-filter-dropped`, `network-*`, `auth-*`, `protocol-*`. */
  search(query: RecordQuery, options?: SearchOptions): RecordSearch;
  /** Concurrent opens of one record share the request; a known version is revalidated, not fetched again. */
  open(recordId: string, options?: CallOptions): Promise<RecordManifest>;
  /**
   * Finds 1 to 200 characters in the text of all documents that the user may read; width, case, traditional and
   * simplified forms are alike. Needs `pageService`. Nothing of the query is in errors or telemetry.
   * Errors: `invalid-argument`, `capability-missing`, `record-*`, `network-*`, `auth-*`, `protocol-*`.
   */
  searchText(recordId: string, query: string, options?: TextSearchOptions): Promise<TextHits>;
}

/** Options of reading a whole file. */
export interface BytesOptions extends CallOptions {
  /** Bytes so far, and in all when the archive declares it. */
  readonly onProgress?: (progress: { readonly loadedBytes: number; readonly totalBytes: number | undefined }) => void;
  /** Lower-case hex SHA-256 to check; throws `integrity-mismatch`. */
  readonly digest?: string;
}

/** A file that can be read in parts. */
export interface ByteSource {
  /** Size of the whole file in bytes. */
  readonly sizeBytes: number;
  /** False: only whole-file reads work. */
  readonly ranges: boolean;
  /** Bytes `start` up to, not including, `end`; guarded by If-Range so versions never mix. */
  read(range: { readonly start: number; readonly end: number }, options?: CallOptions): Promise<Uint8Array>;
}

/** One version of a document. */
export interface DocumentVersion {
  /** `DocumentReference.id`. */
  readonly documentId: string;
  /** `meta.versionId`. */
  readonly versionId: string;
  /** When the archive stored it, ISO 8601. */
  readonly recordedOn: string;
  /** Lower-case hex SHA-256, when the archive knows it. */
  readonly digest?: string;
}

/** `DocumentVersionRef` plus the opaque address, when the manifest gave one. */
export type BytesRef = DocumentVersionRef & { readonly url?: string; readonly mime?: string };

/** Documents: their bytes, pages and versions. */
export interface DocumentsResource {
  /** The whole file. Errors: `document-*`, `integrity-mismatch`, `network-*`, `auth-*`. */
  bytes(ref: BytesRef, options?: BytesOptions): Promise<Blob>;
  /** Probes size and range support with one request, which brings the first `headBytes` along. Default 1. */
  openBytes(ref: BytesRef, options?: CallOptions & { readonly headBytes?: number }): Promise<ByteSource>;
  /** JPEG of one page at a ladder width. Needs `pageService`. */
  pageImage(
    ref: DocumentVersionRef,
    options: CallOptions & { readonly pageIndex: number; readonly widthPx: number },
  ): Promise<Blob>;
  /** Text of one page with its places. Needs `pageService`. Errors: `page-not-found`, `capability-missing`, `document-*`. */
  pageText(ref: DocumentVersionRef, options: CallOptions & { readonly pageIndex: number }): Promise<PageText>;
  /** All versions the archive kept, newest first. Errors: `document-not-found`, `document-locked`. */
  versions(documentId: string, options?: CallOptions): Promise<readonly DocumentVersion[]>;
}

/** One call below the archive's base, for what the resources above do not cover: uploads, transactions. */
export interface ArchiveRequest extends CallOptions {
  /** For telemetry, for example `uploads.append`. */
  readonly name: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** Below the base, `''` for the base itself, or an address that the archive gave. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob;
  /** The same call may be sent again when its answer was lost. Default: true for GET and HEAD only. */
  readonly repeatable?: boolean;
  /** Statuses besides 2xx that are answers, not faults. */
  readonly alsoOk?: readonly number[];
}

/** The whole answer. */
export interface ArchiveReply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly requestId: string;
}

/** One per host session. Safe in windows, workers and Node. */
export interface ArchiveClient {
  /** Absolute, without trailing slash. */
  readonly baseUrl: string;
  /** Find and open records. */
  readonly records: RecordsResource;
  /** Read documents. */
  readonly documents: DocumentsResource;
  /** Read once, then remembered. */
  capabilities(options?: CallOptions): Promise<ArchiveCapabilities>;
  /** With token, retries, limits and errors of every other call. Errors: `network-*`, `auth-*`, `protocol-*`, `validation-failed`. */
  request(request: ArchiveRequest): Promise<ArchiveReply>;
  /** Aborts everything under way; later calls fail with `client-closed`. */
  close(): void;
}
