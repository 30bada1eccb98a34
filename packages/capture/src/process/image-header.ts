import { AnjuanError } from '@anjuan/core';

/** What the first bytes of a picture file say. */
export interface ImageHeader {
  readonly format: 'jpeg' | 'png' | 'other';
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly dpi?: number;
  /** Colour components of a JPEG: 1 gray, 3 colour. */
  readonly components?: number;
}

/** Cameras write 72 or 96 for "unknown". */
const LOWEST_TRUE_DPI = 100;
const HIGHEST_TRUE_DPI = 2400;

/** Reads size and resolution without decoding. Errors: `image-malformed` when a JPEG or PNG ends before its size. */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 4 && view.getUint16(0) === 0xffd8) return readJpeg(view);
  if (bytes.length >= 8 && view.getUint32(0) === 0x89504e47) return readPng(view);
  return { format: 'other' };
}

/** @source ITU-T T.81 B.1.1.3, B.2.2; JFIF 1.02 APP0 */
function readJpeg(view: DataView): ImageHeader {
  let dpi: number | undefined;
  for (let at = 2; at + 4 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) break;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame && at + 10 <= view.byteLength) {
      const size = { heightPx: view.getUint16(at + 5), widthPx: view.getUint16(at + 7) };
      if (size.widthPx === 0 || size.heightPx === 0) break;
      return { format: 'jpeg', ...size, components: view.getUint8(at + 9), ...(dpi === undefined ? {} : { dpi }) };
    }
    if (marker === 0xe0 && length >= 14 && at + 14 <= view.byteLength && view.getUint32(at + 4) === 0x4a464946) {
      const factor = [0, 1, 2.54][view.getUint8(at + 11)] ?? 0;
      dpi = trueDpi(view.getUint16(at + 12) * factor);
    }
    if (marker === 0xda || length < 2) break;
    at += 2 + length;
  }
  throw new AnjuanError('image-malformed');
}

/** @source ISO/IEC 15948 11.2.2, 11.3.5.3 */
function readPng(view: DataView): ImageHeader {
  if (view.byteLength < 24) throw new AnjuanError('image-malformed');
  const size = { widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
  if (size.widthPx === 0 || size.heightPx === 0) throw new AnjuanError('image-malformed');
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) !== 0x70485973 || at + 17 > view.byteLength || view.getUint8(at + 16) !== 1) continue;
    const dpi = trueDpi(view.getUint32(at + 8) * 0.0254);
    return { format: 'png', ...size, ...(dpi === undefined ? {} : { dpi }) };
  }
  return { format: 'png', ...size };
}

function trueDpi(dpi: number): number | undefined {
  return dpi >= LOWEST_TRUE_DPI && dpi <= HIGHEST_TRUE_DPI ? Math.round(dpi) : undefined;
}
