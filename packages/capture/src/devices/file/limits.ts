import { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';

/** What phones call 50 megapixels. More does not fit the memory of a ward computer beside the browser (201 MB as RGBA). */
export const MAX_PICTURE_PIXELS = 8192 * 6144;
/** Larger files are no single picture; bytes. */
export const MAX_PICTURE_BYTES = 256 * 1024 * 1024;
/** Resolutions below are made up by cameras and screens (72, 96), not measured by a scanner. */
const LEAST_DPI = 100;
const MOST_DPI = 2400;

/** Size of a picture as its header says. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of a scanner; absent when the file has none or one that cannot be true. */
  readonly dpi?: number;
}

/** Stops before anything is decoded. Errors: `image-malformed`, `image-too-large`. */
export function checkPictureSize({ widthPx, heightPx }: PictureSize): void {
  if (!(widthPx > 0 && heightPx > 0)) throw new AnjuanError('image-malformed', { details: { widthPx, heightPx } });
  if (widthPx * heightPx > MAX_PICTURE_PIXELS)
    throw captureError('image-too-large', { details: { widthPx, heightPx } });
}

/** The size with its resolution, when that may be true. */
export function sizeWithDpi(widthPx: number, heightPx: number, dpi: number | undefined): PictureSize {
  const rounded = Math.round(dpi ?? 0);
  return { widthPx, heightPx, ...(rounded >= LEAST_DPI && rounded <= MOST_DPI && { dpi: rounded }) };
}

/** A damaged picture. */
export function malformedPicture(format: string): AnjuanError {
  return new AnjuanError('image-malformed', { details: { format } });
}
