import { imageModes } from './report-ids.js';

/** Pixels as RGBA, row by row; an `ImageData` fits. */
export interface PadPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Bytes of a picture as the tablet wants them, and the mode that says so. */
export interface EncodedPicture {
  readonly mode: number;
  readonly bytes: Uint8Array;
}

/** The richest encoding that the tablet has: 24 bits only when it has no 16, for half the bytes over the wire. */
export async function encodePicture(picture: PadPicture, encodingFlag: number): Promise<EncodedPicture> {
  if ((encodingFlag & 4) !== 0) return { mode: imageModes.rgb565, bytes: rgb565(picture) };
  if ((encodingFlag & 8) !== 0) return { mode: imageModes.rgb24, bytes: rgb24(picture) };
  const bits = oneBit(picture);
  if ((encodingFlag & 1) === 0) return { mode: imageModes.bits, bytes: bits };
  const packed = new Blob([bits]).stream().pipeThrough(new CompressionStream('deflate'));
  return { mode: imageModes.bitsZlib, bytes: new Uint8Array(await new Response(packed).arrayBuffer()) };
}

/** One bit a pixel, leftmost highest, 1 is white, rows filled up to whole bytes. */
export function oneBit({ width, height, data }: PadPicture): Uint8Array<ArrayBuffer> {
  const row = Math.ceil(width / 8);
  const bits = new Uint8Array(row * height).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const light = ((data[at] ?? 0) * 3 + (data[at + 1] ?? 0) * 6 + (data[at + 2] ?? 0)) / 10;
      const byte = y * row + (x >> 3);
      if (light < 128) bits[byte] = (bits[byte] ?? 0) & ~(0x80 >> (x & 7));
    }
  }
  return bits;
}

/** Five, six, five bits, low byte first. */
export function rgb565({ width, height, data }: PadPicture): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(width * height * 2);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 4, pixel * 4 + 3);
    const word = ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3);
    out.set([word & 255, word >> 8], pixel * 2);
  }
  return out;
}

/** Three bytes a pixel: blue, green, red, as colours in other reports. */
export function rgb24({ width, height, data }: PadPicture): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 4, pixel * 4 + 3);
    out.set([blue, green, red], pixel * 3);
  }
  return out;
}

/** Pieces that fit into one report each. */
export function* blocksOf(bytes: Uint8Array, blockBytes: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += blockBytes) yield bytes.subarray(at, at + blockBytes);
}
