import { malformedPicture, sizeWithDpi, type PictureSize } from '../limits.js';

const METRE_IN_INCHES = 39.37;

/** Size of a BMP whose rows are all there. Errors: `image-malformed`. @source BITMAPFILEHEADER, BITMAPINFOHEADER */
export function readBmpHeader(bytes: Uint8Array): PictureSize {
  if (bytes.length < 30) throw malformedPicture('bmp');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(14, true);
  if (headerBytes === 12) return { widthPx: view.getUint16(18, true), heightPx: view.getUint16(20, true) };
  if (headerBytes < 40 || bytes.length < 14 + headerBytes) throw malformedPicture('bmp');
  const widthPx = view.getInt32(18, true);
  const heightPx = Math.abs(view.getInt32(22, true));
  const bits = view.getUint16(28, true);
  const plain = view.getUint32(30, true) === 0;
  const needed = view.getUint32(10, true) + Math.ceil((widthPx * bits) / 32) * 4 * heightPx;
  if (widthPx <= 0 || (plain && needed > bytes.length)) throw malformedPicture('bmp');
  return sizeWithDpi(widthPx, heightPx, view.getInt32(38, true) / METRE_IN_INCHES);
}
