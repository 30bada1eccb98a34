import { AnjuanError, throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { ImportedPage } from '../../worker/protocol.js';
import { pictureHeaders, type PictureFormat } from './headers/index.js';
import { checkPictureSize, MAX_PICTURE_BYTES } from './limits.js';
import { sniffFormat, SNIFF_BYTES } from './sniff.js';
import { readTiffPages } from './tiff/read-pages.js';

/** Options of `importFile`. */
export interface ImportOptions {
  /** More pages than this bring none at all. */
  readonly maxPages: number;
  readonly signal?: AbortSignal;
}

/**
 * Pages of a JPEG, PNG, WebP, BMP, TIFF or scanned PDF, in order, each as a picture of its own that browsers can decode. The
 * format is told by the bytes, not by name or MIME type. JPEG, PNG, WebP and BMP files pass unchanged. `onPage` is awaited, so
 * memory holds one page. Runs in workers and in Node: no DOM. Gives the number of pages. Errors: `document-empty`,
 * `file-unsupported`, `pdf-not-scanned`, `image-malformed`, `image-too-large`, `tiff-malformed`, `pdf-malformed`, `pdf-encrypted`,
 * `too-many-pages`, `aborted`, and whatever `onPage` throws. Pages before the error have been given.
 */
export async function importFile(
  file: Blob,
  options: ImportOptions,
  onPage: (page: ImportedPage) => Promise<void>,
): Promise<number> {
  let count = 0;
  for await (const page of pagesOfFile(file, options)) {
    throwIfAborted(options.signal);
    await onPage(page);
    count += 1;
  }
  return count;
}

/** The same as a stream that is read at the reader's pace. */
export async function* pagesOfFile(file: Blob, options: ImportOptions): AsyncGenerator<ImportedPage> {
  throwIfAborted(options.signal);
  if (file.size === 0) throw new AnjuanError('document-empty');
  if (options.maxPages < 1) throw captureError('too-many-pages', { details: { limit: options.maxPages } });
  const format = sniffFormat(new Uint8Array(await file.slice(0, SNIFF_BYTES).arrayBuffer()));
  if (format === undefined) throw captureError('file-unsupported');
  if (format === 'tiff') yield* readTiffPages(file, options);
  else if (format === 'pdf') {
    const { readPdfPages } = await import('../../assemble/pdf-pages.js');
    yield* readPdfPages(file, options);
  } else yield await pictureFile(file, format);
}

async function pictureFile(file: Blob, format: PictureFormat): Promise<ImportedPage> {
  if (file.size > MAX_PICTURE_BYTES) throw captureError('image-too-large', { details: { sizeBytes: file.size } });
  const size = pictureHeaders[format](new Uint8Array(await file.arrayBuffer()));
  checkPictureSize(size);
  const bytes = file.slice(0, file.size, `image/${format}`);
  return { bytes, ...(size.dpi !== undefined && { dpi: size.dpi }) };
}
