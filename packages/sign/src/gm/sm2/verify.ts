import type { GmKernels } from '../kernels.js';
import { Sm3Hash } from '../sm3/sm3-hash.js';
import { scalars, Sm2Point, toInteger, type Sm2CurvePoint } from './curve.js';
import { zOfPoint, type Sm2Identity } from './digest.js';
import { decodePoint, keyError, sm2PointOfSpki } from './public-key.js';
import { decodeSignature } from './signature-value.js';

/** How many keys keep their tables; a table of the script path is about 300 KB. */
const CACHED_KEYS = 16;

interface CachedKey {
  readonly point: Sm2CurvePoint;
  uses: number;
}

const keys = new Map<string, CachedKey>();

/** The checked point of a key. From its second use on it carries a table, which makes checks several times faster. */
function cachedKey(publicKey: Uint8Array): Sm2CurvePoint {
  const name = String.fromCharCode(...publicKey.subarray(0, 66));
  const known = keys.get(name) ?? { point: decodePoint(publicKey), uses: 0 };
  known.uses += 1;
  if (known.uses === 2) known.point.precompute(6);
  keys.delete(name);
  keys.set(name, known);
  const [oldest] = keys.keys();
  if (keys.size > CACHED_KEYS && oldest !== undefined) keys.delete(oldest);
  return known.point;
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
  return holds(point, hash.digest(), options.signature);
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
  return holds(point, options.digest, options.signature);
}

/** {@link sm2Verify} with a SubjectPublicKeyInfo. Errors: `gm-malformed`, `der-malformed`. @source GM/T 0015-2023 5.2 */
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

function holds(point: Sm2CurvePoint, digest: Uint8Array, signature: Uint8Array): boolean {
  const value = decodeSignature(signature);
  if (!value) return false;
  const { r, s } = value;
  const t = scalars.add(r, s);
  if (scalars.is0(t)) return false;
  const sum = Sm2Point.BASE.multiplyUnsafe(s).add(point.multiplyUnsafe(t));
  return !sum.is0() && scalars.create(toInteger(digest) + sum.x) === r;
}
