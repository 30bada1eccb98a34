import type { ByteSource } from '../bytes/byte-source.js';
import type { PdfDict, PdfObject, PdfRef, PdfStream } from './objects.js';

/** Where one object of a revision is. @source ISO 32000-2 7.5.4, 7.5.8.3 */
export type XrefEntry =
  | { readonly kind: 'free'; readonly generation: number }
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'compressed'; readonly streamNumber: number; readonly index: number };

/** What one save added to the file. */
export interface PdfRevision {
  /** 0 is the oldest. */
  readonly index: number;
  /** First byte of this revision: 0, or the end of the one before. */
  readonly startOffset: number;
  /** End of this revision: the byte after its `%%EOF` and that line's end. */
  readonly endOffset: number;
  /** The byte after the letters `%%EOF`: a writer may have counted the line's end to the next revision. */
  readonly eofOffset?: number;
  /** Bytes of its cross-reference sections (table with trailer, or the whole stream object) and of what ends inner ones. */
  readonly xrefSpans?: readonly (readonly [offset: number, lengthBytes: number])[];
  /** Offset of the word `startxref` that ends this revision. */
  readonly startxrefOffset?: number;
  /** Offset of the main cross-reference section, as `startxref` says. */
  readonly xrefOffset: number;
  /** Kind of the section; `hybrid` is a table with /XRefStm. */
  readonly xrefKind: 'table' | 'stream' | 'hybrid';
  /** Trailer dictionary of this revision alone. */
  readonly trailer: PdfDict;
  /** Entries that this revision itself writes, by object number. */
  readonly entries: ReadonlyMap<number, XrefEntry>;
}

/** Something a strict reader found that a lenient one would pass over. Evidence for the verifier. */
export interface PdfAnomaly {
  /** Kebab-case id, for example `bytes-after-eof`, `object-outside-xref`, `xref-offset-wrong`, `duplicate-object`. */
  readonly id: string;
  /** Bytes concerned: start and length. */
  readonly bytes: readonly [offset: number, lengthBytes: number];
  readonly objectNumber?: number;
}

/** An open file, read on demand. All objects are as of the asked revision; default the newest. */
export interface PdfFile {
  readonly source: ByteSource;
  /** Version as in the header or the catalog, the higher one, for example `1.7`. */
  readonly version: string;
  /** Oldest first; at least one. A linearized file's two sections are one revision. */
  readonly revisions: readonly PdfRevision[];
  readonly linearized: boolean;
  /** Handler of an encrypted file; undefined when it is not encrypted. */
  readonly encryption: PdfEncryption | undefined;
  /** The merged trailer of the newest revision. */
  readonly trailer: PdfDict;
  /** Findings so far; grows when objects are read. */
  readonly anomalies: readonly PdfAnomaly[];
  /** One more than the highest object number. */
  readonly size: number;
  /** The entry in force; undefined when the object does not exist. */
  entry(number: number, at?: AtRevision): XrefEntry | undefined;
  /** The object behind a reference, null when absent or free (ISO 32000-2 7.3.10). Errors: `pdf-malformed`, `pdf-limits-exceeded`, `aborted`. */
  get(ref: PdfRef, at?: AtRevision): Promise<PdfObject>;
  /** The value itself, or what it refers to (chains are followed, loops are errors). */
  resolve(value: PdfObject | undefined, at?: AtRevision): Promise<PdfObject>;
  /** Decoded (filters undone, decrypted) bytes of a stream. At most `maxBytes`, default 64 MiB. Errors: `pdf-limits-exceeded`, `pdf-malformed`. */
  decode(
    stream: PdfStream,
    options?: { readonly maxBytes?: number; readonly signal?: AbortSignal },
  ): Promise<Uint8Array>;
  /** Offset and length of the whole `n g obj ... endobj` of an object that stands by itself. */
  extent(number: number, at?: AtRevision): Promise<readonly [offset: number, lengthBytes: number] | undefined>;
}

/** The file as it was after a revision. */
export interface AtRevision {
  /** Index of the revision; default the newest. */
  readonly revision?: number;
  readonly signal?: AbortSignal;
}

/** Encrypts what is added to an encrypted file with the file's own key. @source ISO 32000-2 7.6 */
export interface PdfEncryption {
  /** For example `AESV3`. */
  readonly method: string;
  encryptString(bytes: Uint8Array, owner: PdfRef): Promise<Uint8Array>;
  encryptStream(bytes: Uint8Array, owner: PdfRef): Promise<Uint8Array>;
}
