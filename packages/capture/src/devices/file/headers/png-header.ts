import { malformedPicture, sizeWithDpi, type PictureSize } from '../limits.js';
import { crc32 } from '../png/crc32.js';

const METRE_IN_INCHES = 39.37;

/** Size of a PNG; checks that all chunks are there and unchanged. Errors: `image-malformed`. @source W3C PNG 5.3, 11.2 */
export function readPngHeader(bytes: Uint8Array): PictureSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let widthPx = 0;
  let heightPx = 0;
  let dpi: number | undefined;
  let hasData = false;
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) throw malformedPicture('png');
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) throw malformedPicture('png');
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (view.getUint32(at + 8 + length) !== crc32(bytes.subarray(at + 4, at + 8 + length)))
      throw malformedPicture('png');
    if (type === 'IHDR' && length === 13) {
      widthPx = view.getUint32(at + 8);
      heightPx = view.getUint32(at + 12);
    } else if (type === 'pHYs' && length === 9 && bytes[at + 16] === 1) dpi = view.getUint32(at + 8) / METRE_IN_INCHES;
    else if (type === 'IDAT') hasData = true;
    else if (type === 'IEND') break;
    at += 12 + length;
  }
  if (!hasData) throw malformedPicture('png');
  return sizeWithDpi(widthPx, heightPx, dpi);
}
