import type { Sm2Arithmetic } from '../sm2/arithmetic.js';
import type { Sm3Compress } from '../sm3/sm3-hash.js';
import type { KernelExports } from './kernel-exports.js';
import { KernelArithmetic } from './kernel-arithmetic.js';
import { kernelCompress } from './kernel-compress.js';

/** Compiled code that does the same as the script, faster. Opaque to callers. */
export interface GmKernels {
  readonly sm3Compress: Sm3Compress;
  readonly sm2: Sm2Arithmetic;
}

let loading: Promise<GmKernels | undefined> | undefined;

/**
 * Compiles the GM kernels once; undefined where WebAssembly or its SIMD is missing or forbidden (CSP without
 * `wasm-unsafe-eval`), and then everything runs in script with equal results.
 */
export function loadGmKernels(): Promise<GmKernels | undefined> {
  loading ??= load();
  return loading;
}

async function load(): Promise<GmKernels | undefined> {
  try {
    const { kernelsWasm } = await import('./kernels.data.js');
    const bytes = Uint8Array.from(atob(kernelsWasm), (character) => character.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(bytes, {});
    const kernel = instance.exports as unknown as KernelExports;
    return { sm3Compress: kernelCompress(kernel), sm2: new KernelArithmetic(kernel) };
  } catch {
    return undefined;
  }
}
