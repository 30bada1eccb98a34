import { abortError, throwIfAborted } from '@anjuan/core';
import { pdfName, type NewStream } from '../../pdf/objects.js';
import { requireSize } from '../appearance-error.js';
import { inflate, newStream } from '../form/new-stream.js';
import { pictureError } from './picture-error.js';
import { readPng, type PngFile } from './png-file.js';
import { unfilter } from './png-filter.js';
import type { SealPicture } from './seal.js';

/** See `sealFromPng`. */
export async function decodePngSeal(
  bytes: Uint8Array,
  options: {
    /** Width on paper in millimetres; the height follows the picture. */
    readonly widthMm: number;
    readonly signal?: AbortSignal;
  },
): Promise<SealPicture> {
  const { widthMm, signal } = options;
  const png = readPng(bytes);
  const heightMm = (widthMm * png.height) / png.width;
  requireSize(widthMm, heightMm);
  const raw = await pixels(png);
  throwIfAborted(signal);
  const { color, alpha } = split(png, raw);
  const entries = {
    Type: pdfName('XObject'),
    Subtype: pdfName('Image'),
    Width: png.width,
    Height: png.height,
    BitsPerComponent: 8,
  };
  const gray = pdfName('DeviceGray');
  const image = await newStream({ ...entries, ColorSpace: png.gray ? gray : pdfName('DeviceRGB') }, color);
  const mask: NewStream | undefined = alpha && (await newStream({ ...entries, ColorSpace: gray }, alpha));
  if (signal?.aborted) throw abortError(signal);
  const size = { widthMm, heightMm, widthPx: png.width, heightPx: png.height };
  return { kind: 'picture', ...size, image, ...(mask && { mask }) };
}

async function pixels(png: PngFile): Promise<Uint8Array> {
  const expected = png.height * (1 + png.rowBytes);
  const raw = await inflate(png.data, expected).catch((error: unknown) => {
    throw pictureError(error instanceof RangeError ? 'size' : 'compression');
  });
  if (raw.byteLength !== expected) throw pictureError('size');
  return unfilter(raw, png);
}

/** Colour and transparency apart, 8 bits each; no transparency when every pixel is opaque. */
function split(png: PngFile, raw: Uint8Array): { color: Uint8Array; alpha: Uint8Array | undefined } {
  const { width, height, bits, channels, rowBytes, palette, transparent } = png;
  const planes = png.gray ? 1 : 3;
  const color = new Uint8Array(width * height * planes);
  const alpha = new Uint8Array(width * height);
  const top = 2 ** bits - 1;
  const wide = bits === 16 ? 2 : 1;
  let opaque = true;
  for (let y = 0, pixel = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, pixel += 1) {
      const sample = (channel: number): number => {
        if (bits >= 8) return raw[y * rowBytes + (x * channels + channel) * wide] ?? 0;
        const bit = x * bits;
        return ((raw[y * rowBytes + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & top;
      };
      const low = (channel: number): number =>
        bits === 16
          ? (sample(channel) << 8) | (raw[y * rowBytes + (x * channels + channel) * 2 + 1] ?? 0)
          : sample(channel);
      let cover = 255;
      if (palette) {
        const entry = sample(0);
        if (entry * 3 >= palette.length) throw pictureError('palette');
        for (let plane = 0; plane < 3; plane += 1) color[pixel * 3 + plane] = palette[entry * 3 + plane] ?? 0;
        cover = transparent?.[entry] ?? 255;
      } else {
        for (let plane = 0; plane < planes; plane += 1) {
          color[pixel * planes + plane] = bits < 8 ? Math.round((sample(plane) * 255) / top) : sample(plane);
        }
        if (channels > planes) cover = sample(planes);
        else if (transparent && isKey(transparent, planes, low)) cover = 0;
      }
      alpha[pixel] = cover;
      opaque &&= cover === 255;
    }
  }
  return { color, alpha: opaque ? undefined : alpha };
}

/** One colour that counts as transparent: 16 bits a channel. @source PNG 11.3.2.1 tRNS */
function isKey(transparent: Uint8Array, planes: number, low: (channel: number) => number): boolean {
  for (let plane = 0; plane < planes; plane += 1) {
    if (low(plane) !== (((transparent[plane * 2] ?? 0) << 8) | (transparent[plane * 2 + 1] ?? 0))) return false;
  }
  return true;
}
