import { kernelsWasm } from './kernels.data.js';

/** What the compiled module exports; addresses are byte offsets into `memory`. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  reserve(sizeBytes: number): number;
  release(): void;
  toGray(rgba: number, gray: number, count: number): void;
  shrinkToPlanes(rgba: number, rgbaWidth: number, planes: number, width: number, height: number, factor: number): void;
  closeDark(plane: number, work: number, width: number, height: number, radius: number): void;
  findEdges(
    planes: number,
    work: number,
    target: number,
    width: number,
    height: number,
    threshold: number,
    limit: number,
  ): number;
  warpRgba(
    source: number,
    sourceWidth: number,
    sourceHeight: number,
    target: number,
    width: number,
    height: number,
    matrix: number,
  ): void;
  warpGray(
    source: number,
    sourceWidth: number,
    sourceHeight: number,
    target: number,
    width: number,
    height: number,
    matrix: number,
  ): void;
  halveRgba(source: number, width: number, height: number, target: number): void;
  halveGray(source: number, width: number, height: number, target: number): void;
  flattenRgba(pixels: number, width: number, height: number, gains: number, columns: number): void;
  flattenGray(pixels: number, width: number, height: number, gains: number, columns: number): void;
  binarize(gray: number, width: number, height: number, bits: number, radius: number, k: number, work: number): void;
  jbig2Generic(pixels: number, widthPx: number, heightPx: number, states: number): number;
}

/** How pixels are worked on: WebAssembly with SIMD, or TypeScript where the page's policy forbids it. Results are equal. */
export type Kernels = { readonly kind: 'wasm'; readonly arena: Arena } | { readonly kind: 'script' };

/** Memory of one operation at a time. */
export class Arena {
  readonly exports: KernelExports;

  constructor(exports: KernelExports) {
    this.exports = exports;
  }

  /** Runs one operation and gives its memory back. Not re-entrant. */
  use<T>(work: (exports: KernelExports, arena: Arena) => T): T {
    try {
      return work(this.exports, this);
    } finally {
      this.exports.release();
    }
  }

  /** Copies bytes in; the address holds until the operation ends. */
  put(bytes: Uint8Array | Uint8ClampedArray): number {
    const address = this.exports.reserve(bytes.byteLength);
    new Uint8Array(this.exports.memory.buffer, address, bytes.byteLength).set(bytes);
    return address;
  }

  /** Copies bytes out. */
  take(address: number, sizeBytes: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.exports.memory.buffer, address, sizeBytes).slice();
  }
}

/** Compiles the kernels; `script` where WebAssembly or its SIMD is missing or forbidden (CSP without `wasm-unsafe-eval`). */
export async function loadKernels(): Promise<Kernels> {
  try {
    const bytes = Uint8Array.from(atob(kernelsWasm), (character) => character.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(bytes, {});
    return { kind: 'wasm', arena: new Arena(instance.exports as unknown as KernelExports) };
  } catch {
    return { kind: 'script' };
  }
}
