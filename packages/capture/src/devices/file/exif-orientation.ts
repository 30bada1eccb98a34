import type { Orientation } from './png/packed-picture.js';

const MARK = [0xff, 0xe1, 0x00, 0x22];
const EXIF_HEAD = [0x45, 0x78, 0x69, 0x66, 0, 0];
/** Big-endian TIFF head, one entry: tag 0x0112, short, one value. */
const TIFF_HEAD = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1];

/**
 * The same JPEG, told how it is to be turned: an Exif segment right behind the start mark, where it outranks later ones. No
 * pixel changes. @source Exif 2.32 4.5.4, 4.6.4
 */
export function withOrientation(jpeg: Uint8Array, orientation: Orientation): Uint8Array<ArrayBuffer> {
  if (orientation === 1) return new Uint8Array(jpeg);
  const segment = [...MARK, ...EXIF_HEAD, ...TIFF_HEAD, 0, orientation, 0, 0, 0, 0, 0, 0];
  const turned = new Uint8Array(jpeg.length + segment.length);
  turned.set(jpeg.subarray(0, 2));
  turned.set(segment, 2);
  turned.set(jpeg.subarray(2), 2 + segment.length);
  return turned;
}
