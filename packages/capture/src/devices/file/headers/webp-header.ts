import { malformedPicture, type PictureSize } from '../limits.js';

/** Size of a WebP that is all there. Errors: `image-malformed`. @source RFC 9649 2.3 to 2.7, RFC 6386 9.1 */
export function readWebpHeader(bytes: Uint8Array): PictureSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30 || view.getUint32(4, true) + 8 > bytes.length) throw malformedPicture('webp');
  const kind = String.fromCharCode(...bytes.subarray(12, 16));
  const u24 = (at: number): number => view.getUint16(at, true) | ((bytes[at + 2] ?? 0) << 16);
  if (kind === 'VP8X') return { widthPx: u24(24) + 1, heightPx: u24(27) + 1 };
  if (kind === 'VP8L' && bytes[20] === 0x2f) {
    const packed = view.getUint32(21, true);
    return { widthPx: (packed & 0x3fff) + 1, heightPx: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (kind === 'VP8 ' && u24(23) === 0x2a019d)
    return { widthPx: view.getUint16(26, true) & 0x3fff, heightPx: view.getUint16(28, true) & 0x3fff };
  throw malformedPicture('webp');
}
