import type { StreamHash } from '../../crypto/algorithms.js';
import type { GmKernels } from '../kernels/load-kernels.js';
import { Sm3Hash } from '../sm3/sm3-hash.js';
import { decodePoint, keyError } from './public-key.js';

/** The identity that everybody uses who has none: ASCII `1234567812345678`. @source GM/T 0009-2012 10 */
export const sm2DefaultUserId: Uint8Array = Uint8Array.from('1234567812345678', (character) => character.charCodeAt(0));

const CURVE = Uint8Array.from(
  (
    'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
    '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
    '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
    'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0'
  ).match(/../g) ?? [],
  (pair) => parseInt(pair, 16),
);

/** Whose signature it is. */
export interface Sm2Identity {
  /** 65 bytes `04 x y`. */
  readonly publicKey: Uint8Array;
  /** At most 8191 bytes; default {@link sm2DefaultUserId}. */
  readonly userId?: Uint8Array;
}

/**
 * Z_A = SM3(ENTL || ID || a || b || Gx || Gy || xA || yA). Errors: `gm-malformed`.
 * @source GB/T 32918.2-2016 5.5
 */
export function sm2Z(identity: Sm2Identity): Uint8Array<ArrayBuffer> {
  decodePoint(identity.publicKey);
  return zOfPoint(identity);
}

/** {@link sm2Z} of a key that was checked before. */
export function zOfPoint({ publicKey, userId = sm2DefaultUserId }: Sm2Identity): Uint8Array<ArrayBuffer> {
  const bits = userId.byteLength * 8;
  if (bits > 0xffff) throw keyError('user-id-too-long');
  const hash = new Sm3Hash();
  hash.update(Uint8Array.of(bits >> 8, bits & 255));
  for (const piece of [userId, CURVE, publicKey.subarray(1)]) hash.update(piece);
  return hash.digest();
}

/** A hash that gives e = SM3(Z_A || M) for the M put into it. Errors: `gm-malformed`. @source GB/T 32918.2-2016 6.1 */
export function sm2DigestHasher(identity: Sm2Identity, kernels?: GmKernels): StreamHash {
  const hash = new Sm3Hash(kernels?.sm3Compress);
  hash.update(sm2Z(identity));
  return hash;
}

/** e = SM3(Z_A || M): what a device signs. Errors: `gm-malformed`. @source GB/T 32918.2-2016 6.1 */
export function sm2Digest(options: Sm2Identity & { readonly data: Uint8Array }): Uint8Array<ArrayBuffer> {
  const hash = sm2DigestHasher(options);
  hash.update(options.data);
  return hash.digest();
}
