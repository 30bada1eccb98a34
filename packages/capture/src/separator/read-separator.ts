import type { BarcodeReaderSource } from '../barcode/load-reader.js';
import { readBarcodes } from '../barcode/read-barcodes.js';
import type { RgbaRaster } from '../picture/raster.js';
import { parseSeparator, type SeparatorReading } from './payload.js';

/** How to look for a sheet. */
export interface ReadSeparatorOptions extends BarcodeReaderSource {
  /** `margins`: the upper and lower fifth only, where our own sheets have codes. Default `margins-then-page`. */
  readonly regions?: 'margins' | 'margins-then-page';
  readonly signal?: AbortSignal;
}

const NOT_OURS: SeparatorReading = { status: 'not-ours' };
const MARGIN_SHARE = 0.2;

/**
 * Tells whether a page is a separator or cover sheet. The margins are read first, because a whole page takes five times as
 * long. Turned sheets are read as well. Errors: those of `readBarcodes`.
 */
export async function readSeparator(
  picture: RgbaRaster,
  { regions = 'margins-then-page', ...options }: ReadSeparatorOptions,
): Promise<SeparatorReading> {
  const band = Math.ceil(picture.heightPx * MARGIN_SHARE);
  const margins = [rows(picture, 0, band), rows(picture, picture.heightPx - band, picture.heightPx)];
  let damaged: SeparatorReading | undefined;
  for (const region of regions === 'margins' ? margins : [...margins, picture]) {
    const codes = await readBarcodes(region, { ...options, formats: ['QRCode'], effort: 'fast' });
    const readings = codes.map(({ text }) => parseSeparator(text));
    const good = readings.find(({ status }) => status === 'separator');
    if (good) return good;
    damaged ??= readings.find(({ status }) => status === 'damaged');
  }
  return damaged ?? NOT_OURS;
}

/** Some rows of a picture, without copying. */
const rows = ({ widthPx, data }: RgbaRaster, start: number, end: number): RgbaRaster => ({
  widthPx,
  heightPx: end - start,
  data: data.subarray(start * widthPx * 4, end * widthPx * 4),
});
