import type { PdfDict } from '../objects.js';
import { cannotOpen, readEncryptDict } from './encrypt-dict.js';
import type { PdfDecryption } from './encryption.js';
import { fileKeyR4 } from './file-key-r4.js';
import { fileKeyR6 } from './file-key-r6.js';
import { StandardHandler } from './standard-handler.js';

/** What opens an encrypted file. */
export interface DecryptionOptions {
  /** The first part of /ID. */
  readonly id: Uint8Array;
  /** Of the user or the owner. */
  readonly password: string;
}

/**
 * The handler of an /Encrypt dictionary whose references are resolved.
 * Errors: `pdf-encrypted` (details.reason `password-missing`, `password-wrong`, `handler-unsupported`), `pdf-malformed`.
 */
export function openDecryption(encrypt: PdfDict, { id, password }: DecryptionOptions): PdfDecryption {
  const dict = readEncryptDict(encrypt, id);
  const key = dict.revision >= 5 ? fileKeyR6(password, dict) : fileKeyR4(password, dict);
  if (key === undefined) throw cannotOpen(password === '' ? 'password-missing' : 'password-wrong');
  return new StandardHandler(dict, key);
}
