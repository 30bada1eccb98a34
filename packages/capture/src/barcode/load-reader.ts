import { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type * as Zxing from 'zxing-wasm/reader';

/** Where the WebAssembly of the barcode reader comes from; never from a CDN. */
export interface BarcodeReaderSource {
  /** Folder of the product's assets with a slash at the end; the reader is `capture/zxing_reader.wasm` in it. */
  readonly assetsUrl: string;
  /** The WebAssembly itself, where it is already at hand (tests, bundlers). Then nothing is fetched. */
  readonly wasmBinary?: ArrayBuffer;
}

type Read = typeof Zxing.readBarcodes;

let loading: { readonly from: string; readonly reader: Promise<Read> } | undefined;

/**
 * Loads the barcode reader (about 1 MB) on the first call; later calls share it. A failed load is tried again.
 * Errors: `assets-missing`, `feature-missing`.
 */
export function loadBarcodeReader({ assetsUrl, wasmBinary }: BarcodeReaderSource): Promise<Read> {
  const wasmUrl = `${assetsUrl}capture/zxing_reader.wasm`;
  if (loading?.from === wasmUrl) return loading.reader;
  const started = { from: wasmUrl, reader: load(wasmUrl, wasmBinary) };
  started.reader.catch(() => {
    if (loading === started) loading = undefined;
  });
  loading = started;
  return started.reader;
}

async function load(wasmUrl: string, wasmBinary: ArrayBuffer | undefined): Promise<Read> {
  if (typeof WebAssembly === 'undefined') throw captureError('feature-missing', { details: { feature: 'wasm' } });
  const { prepareZXingModule, purgeZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  try {
    const overrides = wasmBinary ? { wasmBinary } : { wasmBinary: await fetchWasm(wasmUrl) };
    await prepareZXingModule({
      // Silent: what the module would print may hold more than is safe for a console.
      overrides: { ...overrides, locateFile: () => wasmUrl, print: () => undefined, printErr: () => undefined },
      fireImmediately: true,
    });
    return readBarcodes;
  } catch (cause) {
    purgeZXingModule();
    if (AnjuanError.is(cause)) throw cause;
    throw captureError('feature-missing', { cause, details: { feature: 'wasm' } });
  }
}

/** Fetched here rather than by the module itself, so that a missing file and a forbidden WebAssembly are told apart. */
async function fetchWasm(wasmUrl: string): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(wasmUrl);
  } catch (cause) {
    throw new AnjuanError('assets-missing', { cause, retryable: true });
  }
  if (!response.ok) throw new AnjuanError('assets-missing', { details: { status: response.status } });
  return response.arrayBuffer();
}
