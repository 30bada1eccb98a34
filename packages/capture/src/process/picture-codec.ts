import type { RgbaRaster } from '../picture/raster.js';

/** A decoded master. */
export interface DecodedPicture {
  readonly picture: RgbaRaster;
  /** Pixels of `picture` for one pixel of the master; below 1 for very large masters. */
  readonly scale: number;
  /** From the file's header, when it says something that can be true of a scanner. */
  readonly dpi?: number;
}

/** What the browser does for us: reading and writing picture files. */
export interface PictureCodec {
  /** Errors: `image-malformed`, `image-too-large`. */
  decode(file: Blob): Promise<DecodedPicture>;
  /** `quality` 0 to 1. */
  encodeJpeg(picture: RgbaRaster, quality: number): Promise<Blob>;
}
