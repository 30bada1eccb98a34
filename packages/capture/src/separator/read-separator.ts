import type { BarcodeReaderSource } from '../barcode/load-reader.js';
import { readBarcodes } from '../barcode/read-barcodes.js';
import type { RgbaRaster } from '../picture/raster.js';
import { findPatchCode, type PatchCode } from './patch-code.js';
import { parseSeparator, type SeparatorReading } from './payload.js';

/** How to look for a sheet. */
export interface ReadSeparatorOptions extends BarcodeReaderSource {
  /** `margins`: the upper and lower fifth only, where our own sheets have codes. Default `margins-then-page`. */
  readonly regions?: 'margins' | 'margins-then-page';
  /** Whether patch codes 2, 3 and T of other makers' sheets begin a document, too. Default `read`. */
  readonly patchCodes?: 'read' | 'ignore';
  readonly signal?: AbortSignal;
}

const NOT_OURS: SeparatorReading = { status: 'not-ours' };
const SEPARATING: readonly PatchCode[] = ['2', '3', 'T'];
const MARGIN_SHARE = 0.2;

/**
 * Tells whether a page is a separator or cover sheet. The margins are read first, because a whole page takes five times as
 * long. Turned sheets are read as well. Errors: those of `readBarcodes`.
 */
export async function readSeparator(
  picture: RgbaRaster,
  { regions = 'margins-then-page', patchCodes = 'read', ...options }: ReadSeparatorOptions,
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
  if (damaged) return damaged;
  const patch = patchCodes === 'read' ? findPatchCode(picture) : undefined;
  // T turned round is 3, so these three cannot be told apart for sure.
  return patch && SEPARATING.includes(patch) ? { status: 'separator', separator: { type: 'document' } } : NOT_OURS;
}

/** Some rows of a picture, without copying. */
const rows = ({ widthPx, data }: RgbaRaster, start: number, end: number): RgbaRaster => ({
  widthPx,
  heightPx: end - start,
  data: data.subarray(start * widthPx * 4, end * widthPx * 4),
});
