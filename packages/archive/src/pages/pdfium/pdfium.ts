import type { WrappedPdfiumModule } from '@embedpdf/pdfium';

/** PDFium in WebAssembly with a typed view on its heap. One per worker thread. */
export interface Pdfium {
  readonly api: WrappedPdfiumModule;
  /** Fetch anew after every call that may grow the heap. */
  heap(): Uint8Array;
  allocate(sizeBytes: number): number;
  release(pointer: number): void;
  /** Calls `use` with `count` zeroed floats and returns them when it says true. */
  floats(count: number, use: (pointer: number) => boolean): readonly number[] | undefined;
}
