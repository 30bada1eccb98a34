import type { PdfFile } from '../pdf-file.js';

/** A piece of PDF syntax found by looking at the bytes, not by the cross-reference. */
export interface ScannedToken {
  readonly kind: 'object' | 'xref' | 'trailer' | 'startxref' | 'eof';
  /** First byte in the file. */
  readonly offset: number;
  /** Of `n g obj`. */
  readonly number?: number;
  readonly generation?: number;
}

/**
 * Every `n g obj`, `xref`, `trailer`, `startxref` and `%%EOF` that starts within the bytes [from, to).
 * Meant for areas that no cross-reference covers: inside streams it may find what is none.
 */
export function scanObjects(
  _file: Pick<PdfFile, 'source'>,
  _from: number,
  _to: number,
  _options: { readonly signal?: AbortSignal } = {},
): Promise<readonly ScannedToken[]> {
  return Promise.reject(new Error('in work'));
}
