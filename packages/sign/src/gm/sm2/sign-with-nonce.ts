import { scalars, Sm2Point } from './curve.js';
import type { Sm2SignatureValue } from './signature-value.js';

/**
 * The signature for one nonce; undefined when the standard asks for another one (r = 0, r + k = n, s = 0).
 * Not exported from the package: a nonce chosen by a caller gives the key away.
 * @source GB/T 32918.2-2016 6.1 A3-A6
 */
export function signWithNonce(d: bigint, e: bigint, k: bigint): Sm2SignatureValue | undefined {
  const r = scalars.create(e + Sm2Point.BASE.multiply(k).x);
  if (scalars.is0(r) || scalars.is0(scalars.add(r, k))) return undefined;
  const s = scalars.mul(scalars.inv(scalars.add(1n, d)), scalars.sub(k, scalars.mul(r, d)));
  return scalars.is0(s) ? undefined : { r, s };
}
