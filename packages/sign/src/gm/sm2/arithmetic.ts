import { Sm2Point, type Sm2CurvePoint } from './curve.js';

/** What signing and verifying need of the curve: in script, or by a kernel. Results are equal. */
export interface Sm2Arithmetic {
  /** Whether s·G + t·key is a point whose x is one of the candidates. For public numbers. */
  sumHasX(key: Sm2CurvePoint, s: bigint, t: bigint, candidates: readonly bigint[]): boolean;
  /** secret·G, for a secret in [1, n-1]. */
  baseMultiple(secret: bigint): { readonly x: bigint; readonly y: bigint };
}

const uses = new WeakMap<Sm2CurvePoint, number>();

/** How often a key was used. */
export const usesOf = (key: Sm2CurvePoint): number => uses.get(key) ?? 0;

/** Counts one use of a key. */
export function countUse(key: Sm2CurvePoint): void {
  uses.set(key, usesOf(key) + 1);
}

/** Building a table costs as much as some thirty checks without one; a key that came this often will come again. */
const USES_BEFORE_TABLE = 12;

/** Script, on noble's curve. A key that is used often carries a table, which makes checks several times faster. */
export const scriptArithmetic: Sm2Arithmetic = {
  sumHasX: (key, s, t, candidates) => {
    const sum = add(key, s, t);
    return !sum.is0() && candidates.includes(sum.x);
  },
  baseMultiple: (secret) => Sm2Point.BASE.multiply(secret).toAffine(),
};

/** s·G + t·key */
function add(key: Sm2CurvePoint, s: bigint, t: bigint): Sm2CurvePoint {
  if (usesOf(key) < USES_BEFORE_TABLE) return Sm2Point.BASE.mulAddUnsafe(s, key, t);
  if (usesOf(key) === USES_BEFORE_TABLE) key.precompute(6);
  return Sm2Point.BASE.multiplyUnsafe(s).add(key.multiplyUnsafe(t));
}
