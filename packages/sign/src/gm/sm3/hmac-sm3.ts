import { Sm3Hash } from './sm3-hash.js';

/** HMAC over SM3 of the pieces. @source RFC 2104 2; GB/T 15852.2 */
export function hmacSm3(key: Uint8Array, ...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(64);
  block.set(key.byteLength > 64 ? hash([key]) : key);
  return hash([block.map((byte) => byte ^ 0x5c), hash([block.map((byte) => byte ^ 0x36), ...pieces])]);
}

function hash(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const hasher = new Sm3Hash();
  for (const piece of pieces) hasher.update(piece);
  return hasher.digest();
}
