import type { ArchiveCapabilities } from '../model/capabilities.js';
import type { DocumentVersionRef } from '../model/document.js';
import type { PageText } from '../model/page.js';
import type { RecordManifest, RecordSummary } from '../model/record.js';

/**
 * Who waits for the answer. Lanes share the per-origin concurrency; a higher lane always goes first.
 * `interactive`: a person looks at an empty place. `ahead`: soon on screen. `background`: thumbnails, prefetch.
 */
export type Lane = 'interactive' | 'ahead' | 'background';

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Default `interactive`. */
  readonly lane?: Lane;
}

/** All criteria must hold. Dates are `YYYY-MM-DD`, local to the hospital, both ends included. */
export interface RecordQuery {
  /** Anything a person types: name, pinyin, initials, 病案号, 住院号, department, diagnosis. */
  readonly text?: string;
  readonly name?: string;
  readonly recordNumber?: string;
  readonly inpatientNumber?: string;
  readonly department?: string;
  readonly diagnosis?: string;
  readonly dischargedFrom?: string;
  readonly dischargedTo?: string;
  readonly patientId?: string;
}

export interface RecordPage {
  readonly records: readonly RecordSummary[];
  /** Serialisable; pass it to `byPage` to go on later. Absent on the last page. */
  readonly continuation?: string;
  /** Exact number of matches when the archive counted them. */
  readonly total?: number;
}

export interface SearchOptions extends CallOptions {
  /** Records per request, 1..capabilities.maxPageSize. Default 20. */
  readonly pageSize?: number;
}

/** Iterate over records, or over pages of them. Nothing is requested before iteration starts. */
export interface RecordSearch extends AsyncIterable<RecordSummary> {
  byPage(options?: { readonly continuation?: string }): AsyncIterable<RecordPage>;
}

export interface RecordsResource {
  search(query: RecordQuery, options?: SearchOptions): RecordSearch;
  /** Concurrent opens of one record share the request; a known version is revalidated, not fetched again. */
  open(recordId: string, options?: CallOptions): Promise<RecordManifest>;
}

export interface BytesOptions extends CallOptions {
  readonly onProgress?: (progress: { readonly loadedBytes: number; readonly totalBytes: number | undefined }) => void;
  /** Lower-case hex SHA-256 to check; throws `integrity-mismatch`. */
  readonly digest?: string;
}

export interface ByteSource {
  readonly sizeBytes: number;
  /** False: only whole-file reads work. */
  readonly ranges: boolean;
  /** Bytes `start` up to, not including, `end`; guarded by If-Range so versions never mix. */
  read(range: { readonly start: number; readonly end: number }, options?: CallOptions): Promise<Uint8Array>;
}

export interface DocumentVersion {
  readonly documentId: string;
  readonly versionId: string;
  readonly recordedOn: string;
  readonly digest?: string;
}

/** `DocumentVersionRef` plus the opaque address, when the manifest gave one. */
export type BytesRef = DocumentVersionRef & { readonly url?: string; readonly mime?: string };

export interface DocumentsResource {
  /** The whole file. Errors: `document-*`, `integrity-mismatch`, `network-*`, `auth-*`. */
  bytes(ref: BytesRef, options?: BytesOptions): Promise<Blob>;
  /** Probes size and range support with one request. */
  openBytes(ref: BytesRef, options?: CallOptions): Promise<ByteSource>;
  /** JPEG of one page at a ladder width. Needs `pageService`. */
  pageImage(
    ref: DocumentVersionRef,
    options: CallOptions & { readonly pageIndex: number; readonly widthPx: number },
  ): Promise<Blob>;
  pageText(ref: DocumentVersionRef, options: CallOptions & { readonly pageIndex: number }): Promise<PageText>;
  versions(documentId: string, options?: CallOptions): Promise<readonly DocumentVersion[]>;
}

/** One per host session. Safe in windows, workers and Node. */
export interface ArchiveClient {
  readonly baseUrl: string;
  readonly records: RecordsResource;
  readonly documents: DocumentsResource;
  /** Read once, then remembered. */
  capabilities(options?: CallOptions): Promise<ArchiveCapabilities>;
  /** Aborts everything under way; later calls fail with `client-closed`. */
  close(): void;
}
