/** Four bytes a pixel, red green blue alpha, rows from the top, no padding: what ImageData holds. */
export interface RgbaRaster {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `widthPx * heightPx * 4` bytes. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** One byte a pixel, 0 black to 255 white, rows from the top, no padding. */
export interface GrayRaster {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `widthPx * heightPx` bytes. */
  readonly data: Uint8Array;
}

/** One bit a pixel, 1 is black, most significant bit first, each row padded to whole bytes with zeros. */
export interface BilevelRaster {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `Math.ceil(widthPx / 8)`. */
  readonly rowBytes: number;
  /** `rowBytes * heightPx` bytes. */
  readonly data: Uint8Array;
}
