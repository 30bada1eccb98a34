import { joinBytes } from '../../bytes/byte-source.js';
import { pictureError } from './picture-error.js';

/** Largest picture: 4 megapixels are a round seal of 40 mm at more than 1200 dpi. */
const MAX_PIXELS = 4_000_000;
const MAX_FILE_BYTES = 32_000_000;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What a PNG file says before its pixels are unpacked. */
export interface PngFile {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** Samples a pixel; 1 with a palette. */
  readonly channels: number;
  readonly gray: boolean;
  /** Bytes of one row without its filter byte. */
  readonly rowBytes: number;
  readonly palette?: Uint8Array;
  readonly transparent?: Uint8Array;
  readonly data: Uint8Array;
}

/** Samples and allowed depths by colour type. @source PNG (third edition) table 8 */
const kinds: Readonly<Record<number, readonly [channels: number, bits: readonly number[]]>> = {
  0: [1, [1, 2, 4, 8, 16]],
  2: [3, [8, 16]],
  3: [1, [1, 2, 4, 8]],
  4: [2, [8, 16]],
  6: [4, [8, 16]],
};

/** Reads header, palette and data chunks. Errors: `seal-picture-unsupported`. */
export function readPng(bytes: Uint8Array): PngFile {
  if (bytes.byteLength > MAX_FILE_BYTES) throw pictureError('size');
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) throw pictureError('not-png');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: DataView | undefined;
  let palette: Uint8Array | undefined;
  let transparent: Uint8Array | undefined;
  const data: Uint8Array[] = [];
  for (let at = 8; ;) {
    if (at + 12 > bytes.byteLength) throw pictureError('cut-off');
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (length > bytes.byteLength - at - 12) throw pictureError('cut-off');
    const chunk = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR' && length === 13) header ??= new DataView(view.buffer, chunk.byteOffset, 13);
    else if (type === 'PLTE') palette = chunk;
    else if (type === 'tRNS') transparent = chunk;
    else if (type === 'IDAT') data.push(chunk);
    else if (type === 'IEND') break;
    at += 12 + length;
  }
  if (!header) throw pictureError('header');
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  const [bits, type] = [header.getUint8(8), header.getUint8(9)];
  const [channels, depths] = kinds[type] ?? [0, []];
  if (!depths.includes(bits) || header.getUint16(10) !== 0) throw pictureError('header');
  if (header.getUint8(12) !== 0) throw pictureError('interlaced');
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) throw pictureError('size');
  if (type === 3 && (!palette || palette.length % 3 !== 0)) throw pictureError('palette');
  return {
    ...{ width, height, bits, channels, gray: type === 0 || type === 4 },
    rowBytes: Math.ceil((width * channels * bits) / 8),
    ...(type === 3 && palette && { palette }),
    ...(transparent && type < 4 && { transparent }),
    data: joinBytes(data),
  };
}
