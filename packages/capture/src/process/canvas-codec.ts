import { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { RgbaRaster } from '../picture/raster.js';
import { pictureHeaders } from '../devices/file/headers/index.js';
import { checkPictureSize, MAX_PICTURE_BYTES, type PictureSize } from '../devices/file/limits.js';
import { sniffFormat, SNIFF_BYTES } from '../devices/file/sniff.js';
import type { DecodedPicture, PictureCodec } from './picture-codec.js';

/** Above this the browser hands over a smaller picture: A3 at 300 dpi has 17 million pixels. */
export const MAX_WORK_PIXELS = 20_000_000;
/** Decodes and encodes with the browser's own codecs, in a worker. */
export const canvasCodec: PictureCodec = {
  async decode(file: Blob): Promise<DecodedPicture> {
    const header = await readHeader(file);
    const bitmap = await decodeBitmap(file, header);
    try {
      checkPictureSize({ widthPx: bitmap.width, heightPx: bitmap.height });
      // The header's sides may be swapped by the orientation in EXIF.
      const longer = header ? Math.max(header.widthPx, header.heightPx) : Math.max(bitmap.width, bitmap.height);
      const scale = Math.max(bitmap.width, bitmap.height) / longer;
      return {
        picture: pixelsOf(bitmap),
        scale,
        ...(header?.dpi === undefined ? {} : { dpi: header.dpi }),
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

/** Size by the header, and whether the file is whole; undefined for formats that only the browser knows. */
async function readHeader(file: Blob): Promise<PictureSize | undefined> {
  if (file.size > MAX_PICTURE_BYTES) throw captureError('image-too-large', { details: { sizeBytes: file.size } });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const format = sniffFormat(bytes.subarray(0, SNIFF_BYTES));
  if (format === undefined || format === 'tiff' || format === 'pdf') return undefined;
  const size = pictureHeaders[format](bytes);
  checkPictureSize(size);
  return size;
}

async function decodeBitmap(file: Blob, header: PictureSize | undefined): Promise<ImageBitmap> {
  const pixels = header ? header.widthPx * header.heightPx : 0;
  const options: ImageBitmapOptions = { premultiplyAlpha: 'none' };
  try {
    if (!header || pixels <= MAX_WORK_PIXELS) return await createImageBitmap(file, options);
    const share = Math.sqrt(MAX_WORK_PIXELS / pixels);
    // Only one side is given: the other follows, whichever way EXIF turns the picture.
    const resizeWidth = Math.floor(header.widthPx * share);
    return await createImageBitmap(file, { ...options, resizeWidth, resizeQuality: 'high' });
  } catch (cause) {
    throw new AnjuanError('image-malformed', { cause });
  }
}
