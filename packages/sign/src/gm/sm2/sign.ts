import type { GmKernels } from '../kernels/load-kernels.js';
import { scriptArithmetic } from './arithmetic.js';
import { scalars, toBytes32, toInteger } from './curve.js';
import { sm2Digest } from './digest.js';
import { nonceCandidates } from './nonce.js';
import { keyError } from './public-key.js';
import { signWithNonce } from './sign-with-nonce.js';
import { encodeSignature } from './signature-value.js';

/** A private key and how its nonces are made. */
export interface Sm2SigningKey {
  /** 32 bytes, big-endian, in [1, n-2]. */
  readonly privateKey: Uint8Array;
  /** 32 fresh random bytes that are mixed into the nonce; without them signing is deterministic. @source RFC 6979 3.6 */
  readonly extraEntropy?: Uint8Array;
  readonly kernels?: GmKernels | undefined;
}

/**
 * DER signature of `data`. For tests and test keys: a hospital's keys stay in their device.
 * Errors: `gm-malformed` for a key outside [1, n-2].
 * @source GB/T 32918.2-2016 6.1; RFC 6979 3.2 (nonce, with HMAC-SM3)
 */
export function sm2Sign(
  options: Sm2SigningKey & { readonly data: Uint8Array; readonly userId?: Uint8Array; readonly publicKey?: Uint8Array },
): Uint8Array<ArrayBuffer> {
  const publicKey = options.publicKey ?? sm2PublicKey(options.privateKey, options.kernels);
  const { userId } = options;
  const digest = sm2Digest({ publicKey, data: options.data, ...(userId ? { userId } : {}) });
  return sm2SignDigest({ ...options, digest });
}

/** {@link sm2Sign} over e = SM3(Z_A || M) computed before; `digest` is 32 bytes. Errors: `gm-malformed`. */
export function sm2SignDigest(options: Sm2SigningKey & { readonly digest: Uint8Array }): Uint8Array<ArrayBuffer> {
  const d = privateScalar(options.privateKey);
  if (options.digest.byteLength !== 32) throw keyError('digest-length');
  const e = toInteger(options.digest);
  for (const k of nonceCandidates(options)) {
    const value = signWithNonce(d, e, k, options.kernels?.sm2);
    if (value) return encodeSignature(value);
  }
  throw keyError('no-nonce');
}

/** The 65-byte public point of a private key. Errors: `gm-malformed`. */
export function sm2PublicKey(privateKey: Uint8Array, kernels?: GmKernels): Uint8Array<ArrayBuffer> {
  const { x, y } = (kernels?.sm2 ?? scriptArithmetic).baseMultiple(privateScalar(privateKey));
  const point = new Uint8Array(65);
  point[0] = 4;
  point.set(toBytes32(x), 1);
  point.set(toBytes32(y), 33);
  return point;
}

/** d in [1, n-2]: 1 + d must have an inverse. @source GB/T 32918.1-2016 6.1 */
function privateScalar(privateKey: Uint8Array): bigint {
  const d = toInteger(privateKey);
  if (privateKey.byteLength !== 32 || !scalars.isValidNot0(d) || d === scalars.ORDER - 1n) {
    throw keyError('private-key-range');
  }
  return d;
}
