/** What the compiled module exports; addresses are byte offsets into `memory`. */
export interface SignKernels {
  readonly memory: WebAssembly.Memory;
  reserve(sizeBytes: number): number;
  release(): void;
  /** Works `count` blocks of 64 bytes into the 8 words at `state`. */
  sha256Blocks(state: number, data: number, count: number): void;
}

let loading: Promise<SignKernels | undefined> | undefined;

async function load(): Promise<SignKernels | undefined> {
  try {
    const { kernelsWasm } = await import('./kernels.data.js');
    const bytes = Uint8Array.from(atob(kernelsWasm), (character) => character.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(bytes, {});
    return instance.exports as unknown as SignKernels;
  } catch {
    return undefined;
  }
}

/** The kernels, compiled once; undefined where WebAssembly is missing or forbidden (CSP without `wasm-unsafe-eval`). */
export function loadKernels(): Promise<SignKernels | undefined> {
  loading ??= load();
  return loading;
}
