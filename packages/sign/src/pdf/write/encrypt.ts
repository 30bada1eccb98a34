import { isArray, isDict, isName, isString, pdfString } from '../objects.js';
import type { NewObject, PdfDict, PdfObject, PdfRef } from '../objects.js';
import type { PdfEncryption } from '../pdf-file.js';
import { isNewStream, type TrackedSpans } from './serialize.js';

/**
 * A copy with every string and stream encrypted for its object; tracked values stay as they are, and so does /Contents of
 * signatures. @source ISO 32000-2 7.6.2
 */
export async function encryptObject(
  object: NewObject,
  owner: PdfRef,
  encryption: PdfEncryption,
  tracked?: TrackedSpans,
): Promise<NewObject> {
  const encryptDict = async (dict: PdfDict): Promise<PdfDict> => {
    const signature = dict.entries.has('ByteRange') || isName(dict.entries.get('Type'), 'DocTimeStamp');
    const entries = new Map<string, PdfObject>();
    for (const [key, value] of dict.entries)
      entries.set(key, signature && key === 'Contents' ? value : await encryptValue(value));
    return { type: 'dict', entries };
  };
  const encryptValue = async (value: PdfObject): Promise<PdfObject> => {
    if (value === null || typeof value !== 'object' || tracked?.has(value)) return value;
    if (isString(value)) return pdfString(await encryption.encryptString(value.bytes, owner));
    if (isArray(value)) return Promise.all(value.map(encryptValue));
    return isDict(value) ? encryptDict(value) : value;
  };
  if (isNewStream(object))
    return {
      type: 'new-stream',
      dict: await encryptDict(object.dict),
      bytes: await encryption.encryptStream(object.bytes, owner),
    };
  return encryptValue(object);
}
