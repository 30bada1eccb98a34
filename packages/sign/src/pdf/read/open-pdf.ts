import type { ByteSource } from '../../bytes/byte-source.js';
import type { PdfFile } from '../pdf-file.js';

/** How `openPdf` opens. */
export interface OpenPdfOptions {
  /** User or owner password of an encrypted file. Default the empty one. */
  readonly password?: string;
  readonly signal?: AbortSignal;
}

/**
 * Opens a PDF file: reads its end and its cross-reference sections, nothing else. Never repairs: what the standard does
 * not allow is an error or an anomaly.
 * Errors: `pdf-malformed` (details.reason), `pdf-encrypted` (details.reason), `pdf-limits-exceeded`, `aborted`.
 */
export function openPdf(_source: ByteSource, _options: OpenPdfOptions = {}): Promise<PdfFile> {
  return Promise.reject(new Error('in work'));
}
