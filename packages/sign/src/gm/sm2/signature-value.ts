import { derSequence, derUnsigned } from '../../der/write.js';
import { scalars, toBytes32, toInteger } from './curve.js';

/** r and s of a signature, both in [1, n-1]. */
export interface Sm2SignatureValue {
  readonly r: bigint;
  readonly s: bigint;
}

/** DER `SEQUENCE { INTEGER r, INTEGER s }`. @source GM/T 0009-2012 7.3 */
export function encodeSignature({ r, s }: Sm2SignatureValue): Uint8Array<ArrayBuffer> {
  return derSequence(derUnsigned(toBytes32(r)), derUnsigned(toBytes32(s)));
}

/**
 * r and s of strict DER, undefined for anything else: other tags, long-form or wrong lengths, padding, negative numbers,
 * trailing bytes, values outside [1, n-1].
 */
export function decodeSignature(bytes: Uint8Array): Sm2SignatureValue | undefined {
  if (bytes[0] !== 0x30 || bytes[1] !== bytes.byteLength - 2 || bytes.byteLength > 72) return undefined;
  const r = readScalar(bytes, 2);
  if (!r) return undefined;
  const s = readScalar(bytes, r.end);
  return s?.end === bytes.byteLength ? { r: r.value, s: s.value } : undefined;
}

function readScalar(bytes: Uint8Array, at: number): { readonly value: bigint; readonly end: number } | undefined {
  const length = bytes[at + 1] ?? 0;
  const end = at + 2 + length;
  if (bytes[at] !== 2 || length < 1 || length > 33 || end > bytes.byteLength) return undefined;
  const [first = 0x80, second = 0] = bytes.subarray(at + 2, end);
  if (first >= 0x80 || (first === 0 && second < 0x80)) return undefined;
  const value = toInteger(bytes.subarray(at + 2, end));
  return scalars.isValidNot0(value) ? { value, end } : undefined;
}
