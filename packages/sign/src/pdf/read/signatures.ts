import type { AtRevision, PdfFile } from '../pdf-file.js';
import type { SignatureField } from './signature-field.js';

/**
 * Signature fields of the form in the order of the field tree, signed or not.
 * Errors: `pdf-malformed`, `pdf-limits-exceeded`, `aborted`.
 */
export function listSignatureFields(_file: PdfFile, _at: AtRevision = {}): Promise<readonly SignatureField[]> {
  return Promise.reject(new Error('in work'));
}
