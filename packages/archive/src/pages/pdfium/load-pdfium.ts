import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { installFallbackFonts } from './fallback-fonts.js';
import type { Pdfium } from './pdfium.js';

/** Loads the engine from the installed package; nothing is fetched. */
export async function loadPdfium(): Promise<Pdfium> {
  const require = createRequire(import.meta.url);
  const [{ init }, wasm] = await Promise.all([
    import('@embedpdf/pdfium'),
    readFile(require.resolve('@embedpdf/pdfium/pdfium.wasm')),
  ]);
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer;
  const api = await init({ wasmBinary, print: () => undefined, printErr: () => undefined });
  const pdfium = wrap(api);
  api.PDFiumExt_Init();
  installFallbackFonts(pdfium);
  return pdfium;
}

/** The package's types leave the memory view out. */
interface WithHeap {
  readonly HEAPU8: Uint8Array;
}

function wrap(api: WrappedPdfiumModule): Pdfium {
  const module = api.pdfium as typeof api.pdfium & WithHeap;
  return {
    api,
    heap: () => module.HEAPU8,
    allocate: (sizeBytes) => module.wasmExports.malloc(sizeBytes),
    release: (pointer) => module.wasmExports.free(pointer),
    floats(count, use) {
      const pointer = module.wasmExports.malloc(count * 4);
      try {
        module.HEAPU8.fill(0, pointer, pointer + count * 4);
        if (!use(pointer)) return undefined;
        return Array.from({ length: count }, (_, index) => module.getValue(pointer + index * 4, 'float'));
      } finally {
        module.wasmExports.free(pointer);
      }
    },
  };
}
