import type { PdfDict, PdfRef } from '../objects.js';
import type { AtRevision, PdfFile } from '../pdf-file.js';

/** Left, bottom, right, top in points. */
export type PdfBox = readonly [number, number, number, number];

/** One page with what it inherits. @source ISO 32000-2 7.7.3.4 */
export interface PdfPage {
  readonly index: number;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly mediaBox: PdfBox;
  /** /CropBox within the media box; the media box when there is none. */
  readonly cropBox: PdfBox;
  /** Clockwise degrees: 0, 90, 180 or 270. */
  readonly rotate: 0 | 90 | 180 | 270;
}

/** Pages in order. Errors: `pdf-malformed`, `pdf-limits-exceeded`, `aborted`. */
export function listPages(_file: PdfFile, _at: AtRevision = {}): Promise<readonly PdfPage[]> {
  return Promise.reject(new Error('in work'));
}
