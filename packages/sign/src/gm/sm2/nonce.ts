import { hmacSm3 } from '../sm3/hmac-sm3.js';
import { scalars, toBytes32, toInteger } from './curve.js';

const EMPTY = new Uint8Array(0);

/**
 * Nonces in [1, n-1], one after the other, from private key and digest; with extra entropy they differ on each call.
 * @source RFC 6979 3.2, 3.6, with HMAC-SM3
 */
export function* nonceCandidates(options: {
  readonly privateKey: Uint8Array;
  readonly digest: Uint8Array;
  readonly extraEntropy?: Uint8Array;
}): Generator<bigint> {
  const seed = [
    options.privateKey,
    toBytes32(scalars.create(toInteger(options.digest))),
    options.extraEntropy ?? EMPTY,
  ];
  let value: Uint8Array = new Uint8Array(32).fill(1);
  let key: Uint8Array = new Uint8Array(32);
  for (const mark of [0, 1]) {
    key = hmacSm3(key, value, Uint8Array.of(mark), ...seed);
    value = hmacSm3(key, value);
  }
  for (;;) {
    value = hmacSm3(key, value);
    const k = toInteger(value);
    if (scalars.isValidNot0(k)) yield k;
    key = hmacSm3(key, value, Uint8Array.of(0));
    value = hmacSm3(key, value);
  }
}
