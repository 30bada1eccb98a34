import { AnjuanError } from '@anjuan/core';
import type { PdfDict } from '../objects.js';
import type { PdfDecryption } from './encryption.js';

/** What opens an encrypted file. */
export interface DecryptionOptions {
  /** The first part of /ID. */
  readonly id: Uint8Array;
  readonly password: string;
}

/** The handler of an /Encrypt dictionary whose references are resolved. Errors: `pdf-encrypted`, `pdf-malformed`. */
export function openDecryption(_encrypt: PdfDict, _options: DecryptionOptions): PdfDecryption {
  throw new AnjuanError('pdf-encrypted', { details: { reason: 'handler-unsupported' } });
}
