import type { HashAlgorithm, StreamHash } from './algorithms.js';

interface NodeHash {
  update(bytes: Uint8Array): unknown;
  copy(): NodeHash;
  digest(): Uint8Array;
}

/** Makes hashes of Node's OpenSSL. */
export type NodeHashes = (name: string) => NodeHash;

/** Node's hashes; undefined elsewhere. Reached without an import, so that no bundler sees a Node module. */
export function nodeHashes(): NodeHashes | undefined {
  const host = globalThis as {
    process?: { getBuiltinModule?: (name: string) => { createHash: NodeHashes } | undefined };
  };
  return host.process?.getBuiltinModule?.('node:crypto')?.createHash;
}

/** A hash of Node as a streaming hash. */
export function nodeStreamHash(algorithm: HashAlgorithm, hash: NodeHash): StreamHash {
  return {
    algorithm,
    update: (bytes) => void hash.update(bytes),
    fork: () => nodeStreamHash(algorithm, hash.copy()),
    digest: () => new Uint8Array(hash.digest()),
  };
}
