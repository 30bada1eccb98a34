import { AnjuanError } from '@anjuan/core';

/** What the frame header of a JPEG says. */
export interface JpegHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 1 gray, 3 colour. */
  readonly components: 1 | 3;
}

/** Frame headers of baseline, extended and progressive Huffman JPEG. @source ITU-T T.81 table B.1 */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2];

/** Reads the frame header. Errors: `image-malformed` for anything but an 8-bit gray or three-component JPEG. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) throw malformed('start');
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (FRAMES.includes(marker)) return readFrame(view, at + 4);
    if (marker === 0xda) break;
    at += 2 + view.getUint16(at + 2);
  }
  throw malformed('frame');
}

function readFrame(view: DataView, at: number): JpegHeader {
  const [heightPx, widthPx] = [view.getUint16(at + 1), view.getUint16(at + 3)];
  const components = view.getUint8(at + 5);
  if (view.getUint8(at) !== 8 || widthPx === 0 || heightPx === 0) throw malformed('frame');
  if (components !== 1 && components !== 3) throw malformed('components');
  return { widthPx, heightPx, components };
}

function malformed(part: string): AnjuanError {
  return new AnjuanError('image-malformed', { details: { format: 'jpeg', part } });
}
