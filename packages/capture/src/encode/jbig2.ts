import type { Kernels } from '../kernels/kernels.js';
import type { BilevelRaster } from '../picture/raster.js';
import { checkBilevel } from './check-bilevel.js';
import { codeGenericRegion } from './jbig2-generic.js';

const PAGE_INFORMATION = 48;
const IMMEDIATE_LOSSLESS_GENERIC_REGION = 39;
/** Template 0, typical prediction on. @source ITU-T T.88 7.4.6.2 */
const REGION_FLAGS = 0x08;
/** The nominal adaptive pixels (3,-1) (-3,-1) (2,-2) (-2,-2). @source ITU-T T.88 6.2.5.3 figure 3 */
const ADAPTIVE_PIXELS = [3, -1, -3, -1, 2, -2, -2, -2];

/**
 * A black-and-white picture as a JBIG2 stream for `/JBIG2Decode`, lossless: page information and one generic region,
 * without file header, end segments and globals. In the PDF's samples 0 is black, after the filter.
 * Errors: `invalid-argument` for bytes that do not fit the size.
 * @source ISO 32000-1 7.4.7; ITU-T T.88 7.2, 7.4.6, 7.4.8
 */
export function encodeJbig2(kernels: Kernels, picture: BilevelRaster): Uint8Array<ArrayBuffer> {
  checkBilevel(picture);
  const { widthPx, heightPx } = picture;
  const data = codeGenericRegion(kernels, picture);
  const bytes = new Uint8Array(30 + 37 + data.length);
  const view = new DataView(bytes.buffer);
  writeSegmentHeader(view, 0, { number: 0, type: PAGE_INFORMATION, sizeBytes: 19 });
  view.setUint32(11, widthPx);
  view.setUint32(15, heightPx);
  // Resolution unknown. Flags: lossless for sure, default pixel white. No striping.
  view.setUint8(27, 1);
  writeSegmentHeader(view, 30, { number: 1, type: IMMEDIATE_LOSSLESS_GENERIC_REGION, sizeBytes: 26 + data.length });
  view.setUint32(41, widthPx);
  view.setUint32(45, heightPx);
  view.setUint8(58, REGION_FLAGS);
  for (const [index, value] of ADAPTIVE_PIXELS.entries()) view.setInt8(59 + index, value);
  bytes.set(data, 67);
  return bytes;
}

function writeSegmentHeader(
  view: DataView,
  at: number,
  { number, type, sizeBytes }: { readonly number: number; readonly type: number; readonly sizeBytes: number },
): void {
  view.setUint32(at, number);
  view.setUint8(at + 4, type);
  // No referred-to segments; page 1.
  view.setUint8(at + 6, 1);
  view.setUint32(at + 7, sizeBytes);
}
