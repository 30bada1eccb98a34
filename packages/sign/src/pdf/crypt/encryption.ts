import type { PdfDict, PdfObject, PdfRef } from '../objects.js';
import type { PdfEncryption } from '../pdf-file.js';

/** A stream as the security handler sees it. */
export interface CryptedStream {
  readonly dict: PdfDict;
  readonly owner: PdfRef;
  /** /Name of its own Crypt filter, null when that has none; absent without such a filter. */
  readonly cryptFilter?: PdfObject;
}

/** What the reader needs of a security handler, besides what writers need. */
export interface PdfDecryption extends PdfEncryption {
  decryptString(bytes: Uint8Array, owner: PdfRef): Uint8Array;
  decryptStream(bytes: Uint8Array, stream: CryptedStream): Uint8Array;
}
