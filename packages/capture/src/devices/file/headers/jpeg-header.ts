import { captureError } from '@anjuan/core/outbox';
import { malformedPicture, sizeWithDpi, type PictureSize } from '../limits.js';

/** What a JPEG says of itself. */
export interface JpegHeader extends PictureSize {
  readonly components: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;

/**
 * Walks all segments to the end mark, so that a file that was cut off is found before it is shown half grey. Decodes nothing.
 * Errors: `image-malformed`; `file-unsupported` for lossless, arithmetic and hierarchical JPEG, which browsers cannot show.
 * @source ITU-T T.81 annex B
 */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: { widthPx: number; heightPx: number; components: number } | undefined;
  let dpi: number | undefined;
  let at = 2;
  let scans = 0;
  if (bytes[1] !== SOI) throw malformedPicture('jpeg');
  for (;;) {
    at = nextMarker(bytes, at);
    const marker = bytes[at] ?? 0;
    at += 1;
    if (marker === EOI) break;
    if (at + 2 > bytes.length) throw malformedPicture('jpeg');
    const length = view.getUint16(at);
    if (length < 2 || at + length > bytes.length) throw malformedPicture('jpeg');
    if (isFrame(marker)) {
      if (marker > 0xc2) throw captureError('file-unsupported', { details: { format: 'jpeg', marker } });
      if (length < 8) throw malformedPicture('jpeg');
      frame ??= {
        heightPx: view.getUint16(at + 3),
        widthPx: view.getUint16(at + 5),
        components: bytes[at + 7] ?? 0,
      };
    } else if (marker === APP0) dpi ??= jfifDpi(bytes.subarray(at + 2, at + length));
    else if (marker === APP1) dpi ??= exifDpi(bytes.subarray(at + 2, at + length));
    else if (marker === SOS) scans += 1;
    at += length;
  }
  if (!frame || scans === 0 || frame.widthPx === 0 || frame.heightPx === 0) throw malformedPicture('jpeg');
  return { ...sizeWithDpi(frame.widthPx, frame.heightPx, dpi), components: frame.components };
}

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Index of the next marker's code, over coded data, restarts and fill bytes. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code !== undefined && code !== 0 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7) && code !== 0x01)
      return at + 1;
  }
  throw malformedPicture('jpeg');
}

/** @source JFIF 1.02: units 1 is dots per inch, 2 dots per centimetre */
function jfifDpi(segment: Uint8Array): number | undefined {
  if (segment.length < 12 || String.fromCharCode(...segment.subarray(0, 4)) !== 'JFIF') return undefined;
  const density = ((segment[8] ?? 0) << 8) | (segment[9] ?? 0);
  return segment[7] === 1 ? density : segment[7] === 2 ? density * 2.54 : undefined;
}

/** @source Exif 2.32 4.6.4: XResolution 0x011a, ResolutionUnit 0x0128 (3 is centimetres) */
function exifDpi(segment: Uint8Array): number | undefined {
  if (segment.length < 22 || String.fromCharCode(...segment.subarray(0, 4)) !== 'Exif') return undefined;
  const view = new DataView(segment.buffer, segment.byteOffset + 6, segment.length - 6);
  const little = view.getUint16(0) === 0x4949;
  const start = view.getUint32(4, little);
  if (start + 2 > view.byteLength) return undefined;
  let resolution: number | undefined;
  let unit = 2;
  for (let index = 0; index < view.getUint16(start, little); index += 1) {
    const entry = start + 2 + index * 12;
    if (entry + 12 > view.byteLength) return undefined;
    const tag = view.getUint16(entry, little);
    if (tag === 0x0128) unit = view.getUint16(entry + 8, little);
    const place = view.getUint32(entry + 8, little);
    if (tag === 0x011a && place + 8 <= view.byteLength)
      resolution = view.getUint32(place, little) / view.getUint32(place + 4, little);
  }
  return resolution === undefined ? undefined : unit === 3 ? resolution * 2.54 : resolution;
}
