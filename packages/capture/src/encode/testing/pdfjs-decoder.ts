import type { BilevelRaster } from '../../picture/raster.js';

interface BilevelDecoder {
  decode(
    bytes: Uint8Array,
    widthPx: number,
    heightPx: number,
    globals: Uint8Array | null,
    fax?: Readonly<Record<string, number | boolean>>,
  ): Promise<Uint8ClampedArray>;
}

interface DecoderModule {
  readonly Jbig2Image: {
    readonly instance: BilevelDecoder;
    setOptions(options: Readonly<Record<string, unknown>>): void;
  };
}

/** pdf.js wants it; Node has it from version 22 on. */
function addWithResolvers(): void {
  const promises: { withResolvers?: unknown } = Promise as { withResolvers?: unknown };
  promises.withResolvers ??= () => {
    let settle: object = {};
    const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
    return { promise, ...settle };
  };
}

async function openDecoder(): Promise<BilevelDecoder> {
  addWithResolvers();
  const name = 'pdfjs-dist/legacy/image_decoders/pdf.image_decoders.mjs';
  const { Jbig2Image } = (await import(name)) as DecoderModule;
  const folder = new URL('../../wasm/', import.meta.resolve(name));
  // Without WebAssembly it loads in Node too, where fetch reads no files.
  Jbig2Image.setOptions({ useWasm: false, useWorkerFetch: true, wasmUrl: folder.href });
  return Jbig2Image.instance;
}

const decoder = openDecoder();

/** A JBIG2 stream as pdf.js reads it. */
export async function decodeJbig2(bytes: Uint8Array, widthPx: number, heightPx: number): Promise<BilevelRaster> {
  const data = await (await decoder).decode(bytes, widthPx, heightPx, null);
  return blackIsOne({ widthPx, heightPx, data });
}

/** A Group 4 stream as pdf.js reads it. */
export async function decodeCcittG4(bytes: Uint8Array, widthPx: number, heightPx: number): Promise<BilevelRaster> {
  const fax = { K: -1, EndOfLine: false, EncodedByteAlign: false, BlackIs1: false, Columns: widthPx, Rows: heightPx };
  const data = await (await decoder).decode(bytes, widthPx, heightPx, null, fax);
  return blackIsOne({ widthPx, heightPx, data });
}

/** The PDF's samples, 0 for black, turned into a raster with clean padding. */
function blackIsOne({
  widthPx,
  heightPx,
  data,
}: {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8ClampedArray;
}): BilevelRaster {
  const rowBytes = Math.ceil(widthPx / 8);
  const padding = rowBytes * 8 - widthPx;
  const bytes = Uint8Array.from(data.subarray(0, rowBytes * heightPx), (byte, i) =>
    i % rowBytes === rowBytes - 1 ? ((byte ^ 0xff) >> padding) << padding : byte ^ 0xff,
  );
  return { widthPx, heightPx, rowBytes, data: bytes };
}
