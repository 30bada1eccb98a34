import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { hmac } from '@noble/hashes/hmac.js';

/** Hashes that a MAC may use. */
export type MacHash = 'sha-256' | 'sha-384' | 'sha-512';

const hashes = { 'sha-256': sha256, 'sha-384': sha384, 'sha-512': sha512 } as const;

/** Password as BMPString with its end. @source RFC 7292 B.1 */
function bmpPassword(password: string): Uint8Array {
  const bytes = new Uint8Array(password.length * 2 + 2);
  for (let index = 0; index < password.length; index += 1) {
    const unit = password.charCodeAt(index);
    bytes[index * 2] = unit >> 8;
    bytes[index * 2 + 1] = unit & 0xff;
  }
  return bytes;
}

/** `source` again and again, up to a multiple of `blockBytes`; empty stays empty. */
function repeated(source: Uint8Array, blockBytes: number): Uint8Array {
  const bytes = new Uint8Array(blockBytes * Math.ceil(source.byteLength / blockBytes));
  for (let at = 0; at < bytes.byteLength; at += 1) bytes[at] = source[at % source.byteLength] ?? 0;
  return bytes;
}

/** HMAC of the file, keyed by the password (purpose 3; one block, because key and hash have the same length). @source RFC 7292 B.2, C */
export function pkcs12Mac(
  data: Uint8Array,
  parameters: {
    readonly hash: MacHash;
    readonly salt: Uint8Array;
    readonly iterations: number;
    readonly password: string;
  },
): Uint8Array {
  const hash = hashes[parameters.hash];
  const diversifier = new Uint8Array(hash.blockLen).fill(3);
  const salt = repeated(parameters.salt, hash.blockLen);
  const secret = repeated(bmpPassword(parameters.password), hash.blockLen);
  let key = hash.create().update(diversifier).update(salt).update(secret).digest();
  for (let round = 1; round < parameters.iterations; round += 1) key = hash(key);
  return hmac(hash, key, data);
}
