import type { PdfDict, PdfObject } from '../objects.js';
import type { XrefEntry } from '../pdf-file.js';

/** One cross-reference section as read. */
export interface XrefSection {
  readonly offset: number;
  readonly kind: 'table' | 'stream' | 'hybrid';
  readonly entries: Map<number, XrefEntry>;
  readonly trailer: PdfDict;
  /** Bytes of the table with its trailer or of the stream object, and of a hybrid's stream. */
  readonly spans: readonly (readonly [offset: number, lengthBytes: number])[];
  /** Behind the trailer or `endobj`. */
  readonly endOffset: number;
}

/** True for a whole number from 0 that is exact. */
export const isCount = (value: PdfObject | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
