import type { HashAlgorithm, StreamHash } from './algorithms.js';

interface NobleHash {
  update(bytes: Uint8Array): unknown;
  clone(): NobleHash;
  digest(): Uint8Array;
}

const wrap = (algorithm: HashAlgorithm, hash: NobleHash): StreamHash => ({
  algorithm,
  update: (bytes) => void hash.update(bytes),
  fork: () => wrap(algorithm, hash.clone()),
  digest: () => new Uint8Array(hash.digest()),
});

/** A hash in plain script, loaded when it is needed. */
export async function scriptHash(algorithm: Exclude<HashAlgorithm, 'sm3'>): Promise<StreamHash> {
  if (algorithm === 'sha-1') return wrap(algorithm, (await import('@noble/hashes/legacy.js')).sha1.create());
  const sha2 = await import('@noble/hashes/sha2.js');
  const makers = { 'sha-256': sha2.sha256, 'sha-384': sha2.sha384, 'sha-512': sha2.sha512 };
  return wrap(algorithm, makers[algorithm].create());
}
