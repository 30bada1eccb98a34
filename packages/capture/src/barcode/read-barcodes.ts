import { AnjuanError, throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { ReadInputBarcodeFormat, ReadResult } from 'zxing-wasm/reader';
import type { RgbaRaster } from '../picture/raster.js';
import type { FoundBarcode } from '../worker/protocol.js';
import { loadBarcodeReader, type BarcodeReaderSource } from './load-reader.js';

/** Symbologies of hospital paper and wristbands; fewer formats mean fewer false readings and less time. */
export const barcodeFormats = [
  'Code128',
  'Code39',
  'ITF',
  'QRCode',
  'DataMatrix',
  'PDF417',
  'Aztec',
] as const satisfies readonly ReadInputBarcodeFormat[];

/** One of `barcodeFormats`. */
export type BarcodeFormat = (typeof barcodeFormats)[number];

/** How to look for barcodes. */
export interface ReadBarcodesOptions extends BarcodeReaderSource {
  /** Default: all of `barcodeFormats`. */
  readonly formats?: readonly BarcodeFormat[];
  /** `thorough` also tries turned, small and inverted codes. Default `thorough`. */
  readonly effort?: 'thorough' | 'fast';
  /** Upper limit of codes in one picture. Default 32. */
  readonly maxCodes?: number;
  readonly signal?: AbortSignal;
}

/**
 * Barcodes of a picture, in the order found; none is an empty list. Works in a worker, without the DOM.
 * The texts may be patient data: never log them.
 * Errors: `image-malformed`, `assets-missing` (no `capture/zxing_reader.wasm` below assetsUrl), `feature-missing`
 * (WebAssembly forbidden by policy), `aborted`.
 */
export async function readBarcodes(
  picture: RgbaRaster | Blob,
  options: ReadBarcodesOptions,
): Promise<readonly FoundBarcode[]> {
  const { formats = barcodeFormats, effort = 'thorough', maxCodes = 32, signal } = options;
  throwIfAborted(signal);
  const read = await loadBarcodeReader(options);
  throwIfAborted(signal);
  const thorough = effort === 'thorough';
  const results = await read(await inputOf(picture), {
    formats: [...formats],
    maxNumberOfSymbols: maxCodes,
    tryHarder: thorough,
    tryRotate: thorough,
    tryInvert: thorough,
    tryDownscale: true,
  }).catch((cause: unknown) => {
    throw new AnjuanError('image-malformed', { cause });
  });
  throwIfAborted(signal);
  // A file that cannot be decoded comes back as one result without a format.
  if (results.some(({ format, error }) => !format && error)) throw new AnjuanError('image-malformed');
  return results.filter((result) => result.isValid).map(toFound);
}

/** The first barcode, for callers that cannot go on without one. Errors: those of `readBarcodes`, `barcode-not-found`. */
export async function readBarcode(picture: RgbaRaster | Blob, options: ReadBarcodesOptions): Promise<FoundBarcode> {
  const [first] = await readBarcodes(picture, { maxCodes: 1, ...options });
  if (!first) throw captureError('barcode-not-found');
  return first;
}

/** JPEG starts with FF D8, PNG with 89 50: what the reader itself decodes. Other types go through the browser. */
async function inputOf(picture: RgbaRaster | Blob): Promise<Blob | ImageData> {
  if (!('size' in picture)) return imageData(picture);
  const [first, second] = new Uint8Array(await picture.slice(0, 2).arrayBuffer());
  if ((first === 0xff && second === 0xd8) || (first === 0x89 && second === 0x50)) return picture;
  return decode(picture);
}

async function decode(picture: Blob): Promise<ImageData> {
  try {
    const bitmap = await createImageBitmap(picture);
    try {
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
      if (!context) throw captureError('feature-missing');
      context.drawImage(bitmap, 0, 0);
      return context.getImageData(0, 0, bitmap.width, bitmap.height);
    } finally {
      bitmap.close();
    }
  } catch (cause) {
    if (AnjuanError.is(cause)) throw cause;
    throw new AnjuanError('image-malformed', { cause });
  }
}

/** The reader only takes width, height and data; a real ImageData does not exist in every place that it runs. */
const imageData = ({ widthPx, heightPx, data }: RgbaRaster): ImageData =>
  ({ width: widthPx, height: heightPx, data, colorSpace: 'srgb' }) as ImageData;

const toFound = ({ format, text, position }: ReadResult): FoundBarcode => ({
  format,
  text,
  quad: [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft],
});
