import type { RgbaRaster } from '../../picture/raster.js';
import type { PictureCodec } from '../picture-codec.js';

/** Pictures as plain bytes behind their size, so that tests need no browser; "JPEG" is the same. */
export const rawCodec: PictureCodec = {
  async decode(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const [widthPx = 0, heightPx = 0] = new Uint32Array(bytes.buffer.slice(0, 8));
    return { picture: { widthPx, heightPx, data: bytes.slice(8) }, scale: 1 };
  },
  encodeJpeg: (picture) => Promise.resolve(rawFile(picture)),
};

/** A picture as `rawCodec` reads it. */
export function rawFile({ widthPx, heightPx, data }: RgbaRaster): Blob {
  return new Blob([new Uint32Array([widthPx, heightPx]), new Uint8Array(data)]);
}
