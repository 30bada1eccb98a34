import { isUniversal, oids, readBits, readDer, readInteger, readOid, tags } from '../der/index.js';
import { signError } from '../errors/sign-codes.js';

/** What a public key is. `bits` is the size of modulus or field; 0 for a key that is not supported. */
export type PublicKeyInfo =
  | { readonly kind: 'rsa'; readonly bits: number; readonly exponent: bigint }
  | { readonly kind: 'ec'; readonly curve: 'p256' | 'p384' | 'p521'; readonly bits: number }
  | { readonly kind: 'sm2'; readonly bits: 256 }
  | { readonly kind: 'ed25519'; readonly bits: 256 }
  | { readonly kind: 'unknown'; readonly oid: string; readonly bits: 0 };

/** A SubjectPublicKeyInfo, taken apart. */
export interface PublicKey {
  readonly info: PublicKeyInfo;
  /** Contents of subjectPublicKey: a point, an RSAPublicKey, 32 bytes of Ed25519. */
  readonly bytes: Uint8Array;
  /** Modulus; 0 for keys other than RSA. */
  readonly modulus: bigint;
}

const curves: Readonly<Record<string, PublicKeyInfo>> = {
  [oids.p256]: { kind: 'ec', curve: 'p256', bits: 256 },
  [oids.p384]: { kind: 'ec', curve: 'p384', bits: 384 },
  [oids.p521]: { kind: 'ec', curve: 'p521', bits: 521 },
  [oids.sm2Curve]: { kind: 'sm2', bits: 256 },
};

/**
 * Reads a SubjectPublicKeyInfo. SM2 keys come as id-ecPublicKey with the SM2 curve, or under the SM2 identifier itself.
 * Errors: `der-malformed`. @source RFC 3279 2.3.1, 5480 2, 8410 4; GM/T 0015-2023
 */
export function readPublicKey(spki: Uint8Array): PublicKey {
  const [identifier, key, ...more] = readDer(spki).children;
  const [name, parameters] = identifier?.children ?? [];
  if (!name || !key || more.length > 0) throw malformed();
  const oid = readOid(name);
  const { bytes, unusedBits } = readBits(key);
  if (unusedBits > 0) throw malformed();
  if (oid === oids.rsaEncryption || oid === oids.rsaPss) return rsaKey(bytes);
  const curve = isUniversal(parameters, tags.oid) ? readOid(parameters) : undefined;
  const sm2Named = oid === oids.sm2Curve && (curve === undefined || curve === oids.sm2Curve);
  const info: PublicKeyInfo = (oid === oids.ecPublicKey && curve ? curves[curve] : undefined) ??
    (sm2Named ? curves[oids.sm2Curve] : undefined) ??
    (oid === oids.ed25519 && bytes.byteLength === 32 ? { kind: 'ed25519', bits: 256 } : undefined) ?? {
      kind: 'unknown',
      oid: curve ?? oid,
      bits: 0,
    };
  return { info, bytes, modulus: 0n };
}

function rsaKey(bytes: Uint8Array): PublicKey {
  const [first, second, ...more] = readDer(bytes).children;
  if (!first || !second || more.length > 0) throw malformed();
  const modulus = readInteger(first);
  const exponent = readInteger(second);
  if (modulus <= 0n || exponent <= 0n) throw malformed();
  return { info: { kind: 'rsa', bits: modulus.toString(2).length, exponent }, bytes, modulus };
}

const malformed = (): Error => signError('der-malformed', { details: { offset: 0, reason: 'not-a-public-key' } });
