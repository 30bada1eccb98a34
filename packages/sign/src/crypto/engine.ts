import { signError } from '../errors/sign-codes.js';
import type { CryptoEngine, HashAlgorithm, StreamHash, VerifyRequest } from './algorithms.js';
import { verifyEcdsa, verifyEd25519, wrongKey } from './curves.js';
import { KernelSha256 } from './kernel-sha256.js';
import { loadKernels, type SignKernels } from './kernels/kernels.js';
import { nodeHashes, nodeStreamHash, type NodeHashes } from './node-hash.js';
import { readPublicKey } from './public-key.js';
import { verifyRsa } from './rsa.js';
import { scriptHash } from './script-hash.js';

/** What the engine may use; for tests and for pages that know better. */
export interface CryptoEngineOptions {
  /** WebCrypto to use. Default: the page's own, where it has one; `none` for script only. */
  readonly subtle?: SubtleCrypto | 'none';
  /** False: no WebAssembly. Default true, where the page's policy allows it. */
  readonly wasm?: boolean;
  /** False: not Node's hashes. Default true, in Node. */
  readonly node?: boolean;
}

/** Picks the fastest ways to compute that this page may use; results are equal everywhere. */
export async function openCryptoEngine(options: CryptoEngineOptions = {}): Promise<CryptoEngine> {
  // Plain http pages have `crypto` without `subtle`.
  const own = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  const subtle = options.subtle === 'none' ? undefined : (options.subtle ?? own);
  const node = options.node === false ? undefined : nodeHashes();
  const kernels = options.wasm === false || node ? undefined : await loadKernels();
  return new Engine(subtle, node, kernels, options.wasm !== false);
}

class Engine implements CryptoEngine {
  readonly backend: CryptoEngine['backend'];
  readonly #subtle: SubtleCrypto | undefined;
  readonly #node: NodeHashes | undefined;
  readonly #kernels: SignKernels | undefined;
  readonly #wasm: boolean;

  constructor(
    subtle: SubtleCrypto | undefined,
    node: NodeHashes | undefined,
    kernels: SignKernels | undefined,
    wasm: boolean,
  ) {
    this.backend = { subtle: subtle !== undefined, wasm: kernels !== undefined, node: node !== undefined };
    this.#subtle = subtle;
    this.#node = node;
    this.#kernels = kernels;
    this.#wasm = wasm;
  }

  async hasher(algorithm: HashAlgorithm): Promise<StreamHash> {
    if (algorithm === 'sm3') {
      const gm = await import('../gm/index.js');
      return gm.sm3Hasher(this.#wasm ? await gm.loadGmKernels() : undefined);
    }
    if (this.#node) return nodeStreamHash(algorithm, this.#node(algorithm.replace('-', '')));
    if (this.#kernels && algorithm === 'sha-256') return new KernelSha256(this.#kernels);
    return scriptHash(algorithm);
  }

  async digest(algorithm: HashAlgorithm, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#subtle && !this.#node && algorithm !== 'sm3')
      return new Uint8Array(await this.#subtle.digest(algorithm, bytes as Uint8Array<ArrayBuffer>));
    const hash = await this.hasher(algorithm);
    hash.update(bytes);
    return hash.digest();
  }

  async verify({ algorithm, publicKey: spki, signature, data }: VerifyRequest): Promise<boolean> {
    const key = readPublicKey(spki);
    if (key.info.kind === 'unknown') throw signError('crypto-unsupported', { details: { oid: key.info.oid } });
    const check = { subtle: this.#subtle, key, spki, signature, data };
    switch (algorithm.kind) {
      case 'rsa-pkcs1':
      case 'rsa-pss':
        return verifyRsa(this, key, algorithm, signature, data);
      case 'ecdsa': {
        const { hash } = algorithm;
        return verifyEcdsa({ ...check, hash, digest: () => this.digest(hash, data) });
      }
      case 'ed25519':
        return verifyEd25519(check);
      case 'sm2': {
        if (key.info.kind !== 'sm2') throw wrongKey();
        const gm = await import('../gm/index.js');
        const kernels = this.#wasm ? await gm.loadGmKernels() : undefined;
        const { userId } = algorithm;
        return gm.sm2VerifySpki(spki, { data, signature, kernels, ...(userId && { userId }) });
      }
    }
  }
}
