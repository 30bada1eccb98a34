import { AnjuanError } from '@anjuan/core';
import type { ImportedPage } from '../worker/protocol.js';

/** Pages of a scanned PDF. */
export async function* readPdfPages(
  _file: Blob,
  _options: { readonly maxPages: number; readonly signal?: AbortSignal },
): AsyncGenerator<ImportedPage> {
  throw new AnjuanError('document-unsupported', { details: { format: 'pdf' } });
}
