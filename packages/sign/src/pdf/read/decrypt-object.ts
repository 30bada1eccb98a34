import { isArray, isDict, isName, isString, type PdfDict, type PdfObject, type PdfRef } from '../objects.js';
import type { PdfDecryption } from '../crypt/encryption.js';

/** /Contents of a signature stands in clear. @source ISO 32000-2 7.6.2, 12.8.1 */
function isSignature({ entries }: PdfDict): boolean {
  const type = entries.get('Type');
  const typed = type === undefined || isName(type, 'Sig') || isName(type, 'DocTimeStamp');
  return typed && entries.has('ByteRange') && isString(entries.get('Contents'));
}

/** The object with its strings decrypted. */
export function decryptObject(value: PdfObject, owner: PdfRef, encryption: PdfDecryption): PdfObject {
  if (isString(value)) return { ...value, bytes: encryption.decryptString(value.bytes, owner) };
  if (isArray(value)) return value.map((member) => decryptObject(member, owner, encryption));
  if (!isDict(value)) return value;
  const clear = isSignature(value);
  const entries = new Map<string, PdfObject>();
  for (const [key, entry] of value.entries) {
    entries.set(key, clear && key === 'Contents' ? entry : decryptObject(entry, owner, encryption));
  }
  return { type: 'dict', entries };
}
