import type { GmKernels } from '../kernels/load-kernels.js';
import { Sm3Hash } from '../sm3/sm3-hash.js';
import { countUse, scriptArithmetic, type Sm2Arithmetic } from './arithmetic.js';
import { scalars, Sm2Point, toInteger, type Sm2CurvePoint } from './curve.js';
import { zOfPoint, type Sm2Identity } from './digest.js';
import { decodePoint, keyError, sm2PointOfSpki } from './public-key.js';
import { decodeSignature } from './signature-value.js';

/** How many keys are kept with what was computed for them. */
const CACHED_KEYS = 16;

const keys = new Map<string, Sm2CurvePoint>();

/** The checked point of a key. */
function cachedKey(publicKey: Uint8Array): Sm2CurvePoint {
  const name = String.fromCharCode(...publicKey.subarray(0, 66));
  const point = keys.get(name) ?? decodePoint(publicKey);
  countUse(point);
  keys.delete(name);
  keys.set(name, point);
  const [oldest] = keys.keys();
  if (keys.size > CACHED_KEYS && oldest !== undefined) keys.delete(oldest);
  return point;
}

/**
 * True when the DER `signature` is one of `data` by the key. A malformed signature is false, never an error.
 * Errors: `gm-malformed` when the key is not a point of the curve.
 * @source GB/T 32918.2-2016 7.1; GM/T 0009-2012 7.3
 */
export function sm2Verify(
  options: Sm2Identity & {
    readonly data: Uint8Array;
    readonly signature: Uint8Array;
    readonly kernels?: GmKernels | undefined;
  },
): boolean {
  const point = cachedKey(options.publicKey);
  const hash = new Sm3Hash(options.kernels?.sm3Compress);
  hash.update(zOfPoint(options));
  hash.update(options.data);
  return holds(point, hash.digest(), options.signature, options.kernels?.sm2);
}

/**
 * {@link sm2Verify} over e = SM3(Z_A || M) computed before; `digest` is 32 bytes. Errors: `gm-malformed`.
 * @source GB/T 32918.2-2016 7.1
 */
export function sm2VerifyDigest(options: {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly digest: Uint8Array;
  readonly kernels?: GmKernels | undefined;
}): boolean {
  const point = cachedKey(options.publicKey);
  if (options.digest.byteLength !== 32) throw keyError('digest-length');
  return holds(point, options.digest, options.signature, options.kernels?.sm2);
}

/** {@link sm2Verify} with a SubjectPublicKeyInfo. Errors: `gm-malformed`, `der-malformed`. @source GM/T 0015-2023 5 */
export function sm2VerifySpki(
  spki: Uint8Array,
  options: {
    readonly data: Uint8Array;
    readonly signature: Uint8Array;
    readonly userId?: Uint8Array;
    readonly kernels?: GmKernels | undefined;
  },
): boolean {
  return sm2Verify({ ...options, publicKey: sm2PointOfSpki(spki) });
}

function holds(
  point: Sm2CurvePoint,
  digest: Uint8Array,
  signature: Uint8Array,
  arithmetic: Sm2Arithmetic = scriptArithmetic,
): boolean {
  const value = decodeSignature(signature);
  if (!value) return false;
  const { r, s } = value;
  const t = scalars.add(r, s);
  if (scalars.is0(t)) return false;
  // r = e + x mod n, and x may be n or a little more: p is larger than n.
  const x = scalars.create(r - toInteger(digest));
  const more = x + scalars.ORDER;
  return arithmetic.sumHasX(point, s, t, more < Sm2Point.Fp.ORDER ? [x, more] : [x]);
}
