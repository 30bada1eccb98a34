import { derInteger, derSequence, expectUniversal, readDer, readInteger, tags } from '../der/index.js';
import { signError } from '../errors/sign-codes.js';

function pair(derValue: Uint8Array): [bigint, bigint] {
  const node = expectUniversal(readDer(derValue), tags.sequence, readDer(derValue));
  const [r, s, more] = node.children;
  if (!r || !s || more) throw signError('der-malformed', { details: { offset: 0, reason: 'not-an-ecdsa-value' } });
  return [readInteger(r), readInteger(s)];
}

function fixed(value: bigint, sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let rest = value;
  for (let at = sizeBytes - 1; at >= 0; at -= 1, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}

/**
 * DER `SEQUENCE { r, s }` to `r || s` of WebCrypto, each `sizeBytes` long. Strict: both positive and in range, nothing after.
 * Errors: `der-malformed`. @source SEC 1 C.5; IEEE P1363
 */
export function ecdsaToRaw(derValue: Uint8Array, sizeBytes: number): Uint8Array<ArrayBuffer> {
  const raw = new Uint8Array(2 * sizeBytes);
  pair(derValue).forEach((value, index) => {
    if (value <= 0n || value >> BigInt(sizeBytes * 8) > 0n)
      throw signError('der-malformed', { details: { offset: 0, reason: 'ecdsa-value-range' } });
    raw.set(fixed(value, sizeBytes), index * sizeBytes);
  });
  return raw;
}

/** `r || s` of WebCrypto to DER. Errors: `der-malformed` for an odd length or a zero. */
export function ecdsaToDer(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const half = raw.byteLength / 2;
  const [r, s] = [raw.subarray(0, half), raw.subarray(half)].map((part) =>
    part.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n),
  );
  if (!Number.isInteger(half) || !r || !s)
    throw signError('der-malformed', { details: { offset: 0, reason: 'ecdsa-value-range' } });
  return derSequence(derInteger(r), derInteger(s));
}
