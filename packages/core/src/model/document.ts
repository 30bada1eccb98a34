import type { ErrorCode } from '../errors/codes.js';
import type { PageEntry } from './page.js';

/** A code with the text to show when the catalogue has none. */
export interface Coding {
  /** URI of the code system. */
  readonly system?: string;
  /** The code itself; empty when only text is known. */
  readonly code: string;
  /** Text to show. */
  readonly display: string;
}

/** Points at one version of one document's bytes. */
export interface DocumentVersionRef {
  /** `DocumentReference.id`. */
  readonly documentId: string;
  /** `meta.versionId`; empty when the engine keeps no versions. */
  readonly versionId: string;
}

/** What is known of a document before it is opened. Patient data: show it, never log it. */
export interface DocumentHeader extends DocumentVersionRef {
  /** WS/T 500-2016 document type C0001-C0053, or a local code. */
  readonly type: Coding;
  /** Branch of the document tree. */
  readonly category: Coding;
  /** Title as the hospital wrote it. */
  readonly title: string;
  /** ISO 8601 with offset: the clinical time of the document. */
  readonly dateTime: string;
  /** Display name of the author; empty when unknown. */
  readonly author: string;
  /** MIME type of the bytes. */
  readonly mime: string;
  /** Size of the file in bytes; 0 when unknown. */
  readonly sizeBytes: number;
  /** Lower-case hex SHA-256 of the bytes; absent on plain FHIR engines. */
  readonly digest?: string;
  /** True when the source system says that the document is signed; nobody has verified a signature for it. Default: not known. */
  readonly signed?: boolean;
  /** Confidentiality and sensitivity codes, for example `N`, `R`, `PSY`. */
  readonly labels: readonly string[];
  /** Opaque address of the bytes when it is not the archive's own Binary. */
  readonly url?: string;
}

/**
 * One document of a record.
 * - `ready`: pages are known.
 * - `unmeasured`: the archive has no page service for it; the viewer opens the file to learn its pages.
 * - `broken`: the file cannot be shown; `code` says why.
 * - `locked`: the user may know that it exists, not what it says; only category and type are true, title is the category's.
 */
export type DocumentEntry =
  | (DocumentHeader & { readonly state: 'ready'; readonly pages: readonly PageEntry[] })
  | (DocumentHeader & { readonly state: 'unmeasured'; readonly pages: readonly [] })
  | (DocumentHeader & { readonly state: 'broken'; readonly code: ErrorCode; readonly pages: readonly [] })
  | (DocumentHeader & { readonly state: 'locked'; readonly reason: LockReason; readonly pages: readonly [] });

/** Why a document is locked: id of the rule, explained by the catalogue. */
export type LockReason = 'label' | 'sealed' | 'grant-expired';
