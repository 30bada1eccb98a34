import { protocolError } from './json.js';

/** Largest picture that a service may send in one message. */
export const MAX_PICTURE_BYTES = 64 * 1024 * 1024;

/** A picture as a service sent it. */
export interface ServicePicture {
  readonly bytes: Blob;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Decodes base64, bare or as a data URL; `device-protocol` for anything else or more than `MAX_PICTURE_BYTES`. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const start = text.startsWith('data:') ? text.indexOf(',') + 1 : 0;
  if ((text.length - start) * 0.75 > MAX_PICTURE_BYTES + 3) throw protocolError('picture-too-large');
  try {
    const bare = start === 0 ? text : text.slice(start);
    return native?.call(Uint8Array, bare) ?? decodeByHand(bare);
  } catch {
    throw protocolError('base64');
  }
}

/** Faster, where the browser has it (Chromium 140), so that a large picture does not hold up the page. */
const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;

function decodeByHand(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** The JPEG or PNG in the base64 text with its size; `device-protocol` when it is neither. */
export function pictureFromBase64(value: unknown): ServicePicture {
  if (typeof value !== 'string' || value === '') throw protocolError('picture');
  return pictureFromBytes(decodeBase64(value));
}

/** The JPEG or PNG with its size; `device-protocol` when it is neither. */
export function pictureFromBytes(bytes: Uint8Array<ArrayBuffer>): ServicePicture {
  const size = jpegSize(bytes) ?? pngSize(bytes);
  if (!size) throw protocolError('picture-type');
  return { bytes: new Blob([bytes], { type: size.mime }), widthPx: size.widthPx, heightPx: size.heightPx };
}

interface Size {
  readonly mime: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** @source ITU-T T.81 B.2.2: SOFn carries height and width; 0xC4, 0xC8 and 0xCC are no frames. */
function jpegSize(bytes: Uint8Array): Size | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return undefined;
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { mime: 'image/jpeg', heightPx: word(bytes, at + 5), widthPx: word(bytes, at + 7) };
    const length = word(bytes, at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** @source ISO/IEC 15948 11.2.2: IHDR is first and starts with width and height. */
function pngSize(bytes: Uint8Array): Size | undefined {
  if (bytes.length < 24 || PNG.some((byte, index) => bytes[index] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { mime: 'image/png', widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
}

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
