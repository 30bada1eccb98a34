import { AnjuanError } from '@anjuan/core';
import { readDer, tags, type DerNode } from '../../der/read.js';
import { isUniversal, readInteger, readOctets } from '../../der/values.js';
import { Sm2Point, toBytes32 } from './curve.js';
import { decodePoint, keyError } from './public-key.js';

/** What SM2 encryption gives. @source GM/T 0009-2012 7.2 */
export interface Sm2Ciphertext {
  /** The 65-byte point C1, on the curve. */
  readonly point: Uint8Array;
  /** C3, 32 bytes. */
  readonly hash: Uint8Array;
  /** C2. */
  readonly data: Uint8Array;
}

/**
 * Reads the parts of an SM2 ciphertext, for example of an enveloped key; decrypting is the key device's work.
 * Errors: `gm-malformed`.
 * @source GM/T 0009-2012 7.2
 */
export function parseSm2Ciphertext(der: Uint8Array): Sm2Ciphertext {
  try {
    const node = readDer(der);
    const [x, y, hash, data, ...more] = node.children;
    if (!isUniversal(node, tags.sequence) || !x || !y || !hash || !data || more.length > 0) {
      throw keyError('ciphertext-structure');
    }
    const point = Uint8Array.of(4, ...coordinate(x), ...coordinate(y));
    decodePoint(point);
    const parts = { point, hash: readOctets(hash), data: readOctets(data) };
    if (parts.hash.byteLength !== 32) throw keyError('ciphertext-hash-length');
    return parts;
  } catch (error) {
    if (error instanceof AnjuanError && error.code === 'der-malformed') throw keyError('ciphertext-structure');
    throw error;
  }
}

function coordinate(node: DerNode): Uint8Array {
  const value = isUniversal(node, tags.integer) ? readInteger(node) : -1n;
  if (!Sm2Point.Fp.isValid(value)) throw keyError('point-not-on-curve');
  return toBytes32(value);
}
