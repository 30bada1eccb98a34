import { oids } from '../../der/oids.js';
import { isUniversal, readBits, readOid } from '../../der/values.js';
import { readDer, tags } from '../../der/read.js';
import { derBits, derOid, derSequence } from '../../der/write.js';
import { signError } from '../../errors/sign-codes.js';
import { Sm2Point, type Sm2CurvePoint } from './curve.js';

/** The point of a public key: 65 bytes `04 x y`, coordinates below p, on the curve. Errors: `gm-malformed`. */
export function decodePoint(publicKey: Uint8Array): Sm2CurvePoint {
  if (publicKey.byteLength !== 65 || publicKey[0] !== 4) throw keyError('point-form');
  try {
    return Sm2Point.fromBytes(publicKey);
  } catch {
    throw keyError('point-not-on-curve');
  }
}

/**
 * The 65-byte point in a SubjectPublicKeyInfo. Accepts id-ecPublicKey with the SM2 curve, and the SM2 identifier itself
 * with the curve named or left out. Errors: `gm-malformed`, `der-malformed`.
 * @source GM/T 0015-2023 5; RFC 5480 2.1
 */
export function sm2PointOfSpki(spki: Uint8Array): Uint8Array {
  const [algorithm, key, ...more] = readDer(spki).children;
  const [kind, curve, ...rest] = algorithm?.children ?? [];
  if (!kind || !isUniversal(key, tags.bitString) || more.length + rest.length > 0) throw keyError('spki-structure');
  const kindOid = readOid(kind);
  const named = curve ? readOid(curve) : undefined;
  const honest =
    (kindOid === oids.ecPublicKey && named === oids.sm2Curve) ||
    (kindOid === oids.sm2Curve && (named === undefined || named === oids.sm2Curve));
  if (!honest) throw keyError('spki-algorithm');
  const { bytes, unusedBits } = readBits(key);
  if (unusedBits !== 0) throw keyError('point-form');
  decodePoint(bytes);
  return bytes;
}

/** SubjectPublicKeyInfo of a 65-byte point. Errors: `gm-malformed`. @source GM/T 0015-2023 5 */
export function sm2SpkiOfPoint(publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  decodePoint(publicKey);
  return derSequence(derSequence(derOid(oids.ecPublicKey), derOid(oids.sm2Curve)), derBits(publicKey));
}

/** `gm-malformed` with its reason. */
export function keyError(reason: string): Error {
  return signError('gm-malformed', { details: { reason } });
}
