import type { CryptoEngine } from './algorithms.js';

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
  throw new Error(`not yet ${String(options.wasm)}`);
}
