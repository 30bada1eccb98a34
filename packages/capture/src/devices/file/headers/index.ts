import type { PictureSize } from '../limits.js';
import { readBmpHeader } from './bmp-header.js';
import { readJpegHeader } from './jpeg-header.js';
import { readPngHeader } from './png-header.js';
import { readWebpHeader } from './webp-header.js';

/** Formats that browsers decode by themselves. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'bmp';

/** Reads the size without decoding, and checks that the file is whole. */
export const pictureHeaders: Readonly<Record<PictureFormat, (bytes: Uint8Array) => PictureSize>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  bmp: readBmpHeader,
};

export { readJpegHeader } from './jpeg-header.js';
