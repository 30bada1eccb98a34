export {
  barcodeFormats,
  readBarcode,
  readBarcodes,
  type BarcodeFormat,
  type ReadBarcodesOptions,
} from './read-barcodes.js';
export type { BarcodeReaderSource } from './load-reader.js';
