import type { ByteSource } from '../bytes/byte-source.js';
import { isArray, isDict, isRef, isStream, isString, type PdfDict, type PdfObject } from '../pdf/objects.js';
import type { PdfFile } from '../pdf/pdf-file.js';
import { listSignatureFields, type SignatureField, type SignatureValue } from '../pdf/read/index.js';
import { equalBytes } from '../der/index.js';
import { Findings } from './findings.js';

/** One signed field with the checks made so far. */
export interface FoundSignature {
  readonly field: SignatureField;
  readonly value: SignatureValue;
  /** It is there no more in the newest revision, or another value stands in its place. */
  readonly removed: boolean;
  readonly findings: Findings;
  /** [0, a, b, c] when it is well formed. */
  byteRange?: readonly [number, number, number, number];
  /** Revision that it signs. */
  revision: number;
}

/** Signed fields of every revision, oldest first; what was removed or replaced later is among them. */
export async function findSignatures(file: PdfFile, signal?: AbortSignal): Promise<FoundSignature[]> {
  const found: FoundSignature[] = [];
  const last = file.revisions.length - 1;
  let failure: unknown;
  for (let revision = last; revision >= 0; revision -= 1) {
    try {
      for (const field of await listSignatureFields(file, { revision, ...(signal && { signal }) })) {
        const known = revision < last && found.some((other) => isSame(other, field));
        if (field.value && !known) found.push(...toFound(field, revision < last));
      }
    } catch (error) {
      signal?.throwIfAborted();
      // A form that an update broke: the signatures of older revisions are then as good as removed.
      failure ??= error;
    }
  }
  if (found.length === 0 && failure !== undefined) throw failure;
  return found.sort((a, b) => position(a) - position(b));
}

const toFound = (field: SignatureField, removed: boolean): FoundSignature[] =>
  field.value ? [{ field, value: field.value, removed, findings: new Findings(), revision: field.value.revision }] : [];

/** The same signature, as far as its contents tell; an altered dictionary is reported by the comparison of revisions. */
const isSame = ({ field, value }: FoundSignature, other: SignatureField): boolean =>
  field.name === other.name &&
  (value.contents && other.value?.contents
    ? equalBytes(value.contents, other.value.contents)
    : value.ref?.number === other.value?.ref?.number);

const position = ({ value }: FoundSignature): number => (value.byteRange?.[2] ?? 0) + (value.byteRange?.[3] ?? 0);

/** True when two values of signatures are alike, references by their numbers. */
export function sameDict(a: PdfDict, b: PdfDict): boolean {
  return (
    a.entries.size === b.entries.size && [...a.entries].every(([key, value]) => sameValue(value, b.entries.get(key)))
  );
}

function sameValue(a: PdfObject, b: PdfObject | undefined): boolean {
  if (b === undefined || b === null || a === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  if (isArray(b) || isStream(a)) return false;
  if (isString(a)) return isString(b) && equalBytes(a.bytes, b.bytes);
  if (isRef(a)) return isRef(b) && a.number === b.number && a.generation === b.generation;
  if (isDict(a)) return isDict(b) && sameDict(a, b);
  return 'value' in a && 'value' in b && b.type === 'name' && a.value === b.value;
}

const PIECE = 1 << 20;
const TAIL = 64;

/** True when the bytes hold parts of a signature; asked when no field has one. Never "no signature" then. */
export async function hasStrayParts(source: ByteSource, signal?: AbortSignal): Promise<boolean> {
  const latin1 = new TextDecoder('latin1');
  for (let at = 0; at < source.sizeBytes; at += PIECE) {
    const bytes = await source.read(at, PIECE + TAIL, signal && { signal });
    if (/\/ByteRange\s*\[|\/ETSI\.|\/adbe\.(pkcs7|x509)\./.test(latin1.decode(bytes))) return true;
  }
  return false;
}
