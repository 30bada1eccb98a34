import { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { RgbaRaster } from '../picture/raster.js';
import { readImageHeader, type ImageHeader } from './image-header.js';
import type { DecodedPicture, PictureCodec } from './picture-codec.js';

/** A4 at 600 dpi has 35 million pixels; more would take more than 160 MB once decoded. */
export const MAX_PIXELS = 40_000_000;
/** Above this the browser hands over a smaller picture: A3 at 300 dpi has 17 million pixels. */
export const MAX_WORK_PIXELS = 20_000_000;
/** JPEG and PNG tell their size in here, also with a colour profile and a preview in front. */
const HEADER_BYTES = 512 * 1024;

/** Decodes and encodes with the browser's own codecs, in a worker. */
export const canvasCodec: PictureCodec = {
  async decode(file: Blob): Promise<DecodedPicture> {
    const header = readImageHeader(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()));
    checkSize(header.widthPx ?? 0, header.heightPx ?? 0);
    const bitmap = await decodeBitmap(file, header);
    try {
      checkSize(bitmap.width, bitmap.height);
      // The header's sides may be swapped by the orientation in EXIF.
      const longer = Math.max(header.widthPx ?? bitmap.width, header.heightPx ?? bitmap.height);
      const scale = Math.max(bitmap.width, bitmap.height) / longer;
      return {
        picture: pixelsOf(bitmap),
        scale,
        ...(header.dpi === undefined ? {} : { dpi: header.dpi }),
      };
    } finally {
      bitmap.close();
    }
  },

  async encodeJpeg({ widthPx, heightPx, data }: RgbaRaster, quality: number): Promise<Blob> {
    const canvas = new OffscreenCanvas(widthPx, heightPx);
    const pixels = new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    contextOf(canvas).putImageData(new ImageData(pixels, widthPx, heightPx), 0, 0);
    return canvas.convertToBlob({ type: 'image/jpeg', quality });
  },
};

/** Pixels of a bitmap or a frame of video, transparent parts white. */
export function pixelsOf(bitmap: ImageBitmap | VideoFrame): RgbaRaster {
  const { widthPx, heightPx } = sizeOf(bitmap);
  const context = contextOf(new OffscreenCanvas(widthPx, heightPx));
  context.fillStyle = 'white';
  context.fillRect(0, 0, widthPx, heightPx);
  context.drawImage(bitmap, 0, 0, widthPx, heightPx);
  return { widthPx, heightPx, data: context.getImageData(0, 0, widthPx, heightPx).data };
}

/** Size as shown. */
export function sizeOf(bitmap: ImageBitmap | VideoFrame): { readonly widthPx: number; readonly heightPx: number } {
  return 'displayWidth' in bitmap
    ? { widthPx: bitmap.displayWidth, heightPx: bitmap.displayHeight }
    : { widthPx: bitmap.width, heightPx: bitmap.height };
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw captureError('feature-missing', { details: { feature: 'canvas' } });
  return context;
}

function checkSize(widthPx: number, heightPx: number): void {
  if (widthPx * heightPx <= MAX_PIXELS) return;
  throw captureError('image-too-large', { details: { pixels: widthPx * heightPx, limit: MAX_PIXELS } });
}

async function decodeBitmap(file: Blob, { widthPx = 0, heightPx = 0 }: ImageHeader): Promise<ImageBitmap> {
  const pixels = widthPx * heightPx;
  const options: ImageBitmapOptions = { premultiplyAlpha: 'none' };
  try {
    if (pixels <= MAX_WORK_PIXELS) return await createImageBitmap(file, options);
    const share = Math.sqrt(MAX_WORK_PIXELS / pixels);
    // Only one side is given: the other follows, whichever way EXIF turns the picture.
    const resizeWidth = Math.floor(widthPx * share);
    return await createImageBitmap(file, { ...options, resizeWidth, resizeQuality: 'high' });
  } catch (cause) {
    throw new AnjuanError('image-malformed', { cause });
  }
}
