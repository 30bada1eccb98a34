import type { Sm3Compress } from './sm3/sm3-hash.js';

/** Compiled code that does the same as the script, faster. */
export interface GmKernels {
  readonly sm3Compress: Sm3Compress;
}

/**
 * Compiles the GM kernels; undefined where WebAssembly is missing or forbidden (CSP without `wasm-unsafe-eval`), and
 * then everything runs in script with equal results.
 */
export function loadGmKernels(): Promise<GmKernels | undefined> {
  return Promise.resolve(undefined);
}
