import type { SealPicture } from './seal.js';

/**
 * A seal from a PNG picture: gray, palette, RGB, each with or without transparency, 1 to 16 bits; not interlaced, at most 4 megapixels.
 * Errors: `seal-picture-unsupported` with details.reason, `aborted`.
 */
export async function sealFromPng(
  bytes: Uint8Array,
  options: {
    /** Width on paper in millimetres; the height follows the picture. */
    readonly widthMm: number;
    readonly signal?: AbortSignal;
  },
): Promise<SealPicture> {
  return (await import('./decode-png.js')).decodePngSeal(bytes, options);
}
