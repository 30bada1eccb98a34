import { scriptArithmetic, type Sm2Arithmetic } from './arithmetic.js';
import { scalars } from './curve.js';
import type { Sm2SignatureValue } from './signature-value.js';

/**
 * The signature for one nonce; undefined when the standard asks for another one (r = 0, r + k = n, s = 0).
 * Not exported from the package: a nonce chosen by a caller gives the key away.
 * @source GB/T 32918.2-2016 6.1 A3-A6
 */
export function signWithNonce(
  d: bigint,
  e: bigint,
  k: bigint,
  arithmetic: Sm2Arithmetic = scriptArithmetic,
): Sm2SignatureValue | undefined {
  const r = scalars.create(e + arithmetic.baseMultiple(k).x);
  if (scalars.is0(r) || scalars.is0(scalars.add(r, k))) return undefined;
  // The inversion takes a time that depends on its operand: (1 + d)·k is as random as k.
  const inverse = scalars.mul(scalars.inv(scalars.mul(scalars.add(1n, d), k)), k);
  const s = scalars.mul(inverse, scalars.sub(k, scalars.mul(r, d)));
  return scalars.is0(s) ? undefined : { r, s };
}
