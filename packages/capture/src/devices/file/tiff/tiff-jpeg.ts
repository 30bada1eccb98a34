import { AnjuanError } from '@anjuan/core';
import type { BlobWindow } from '../blob-window.js';
import { readJpegHeader } from '../headers/jpeg-header.js';
import { malformedTiff, type TiffTags } from './directory.js';
import { TAG, unsupportedTiff, type TiffLayout } from './layout.js';
import { joinJpegStrips } from './jpeg-strips.js';
import { COMPRESSION } from './unpack.js';

/** Adobe segment with transform 0: the three components are red, green and blue, not luma and chroma. */
const RGB_MARK = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0];

/**
 * The JPEG of a page that is stored as one, without loss: tables and data joined. Undefined for other pages. Errors:
 * `tiff-malformed`, `file-unsupported` for tiles.
 * @source TIFF Technical Note 2 (tags 347, compression 7), TIFF 6.0 clause 22 (tags 513, 514)
 */
export async function tiffJpeg(
  file: BlobWindow,
  layout: TiffLayout,
  tags: TiffTags,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (layout.compression === COMPRESSION.oldJpeg) return checked(await oldJpeg(file, tags));
  if (layout.compression !== COMPRESSION.jpeg) return undefined;
  const { pieces, tiled, widthPx, heightPx } = layout;
  // Tiles reach over the edges of the page and lie side by side, which no JPEG can say.
  if (tiled && (layout.pieceWidthPx !== widthPx || layout.pieceHeightPx !== heightPx))
    throw unsupportedTiff({ compression: layout.compression, tiles: pieces.length });
  const tables = tags.get(TAG.jpegTables) ?? [];
  const mark = layout.photometric === 2 && layout.samples === 3 ? RGB_MARK : [];
  const strips: Uint8Array[] = [];
  for (const piece of pieces) {
    const data = await file.read(piece.offset, piece.sizeBytes);
    if (!data || data.length < 4) throw malformedTiff('jpeg');
    strips.push(
      withTables(data, strips.length === 0 ? [...mark, ...(tables.length > 4 ? tables.slice(2, -2) : [])] : []),
    );
  }
  const [whole, second] = strips;
  if (!whole) throw malformedTiff('jpeg');
  return checked(
    second ? joinJpegStrips(strips, { widthPx, heightPx, stripHeightPx: layout.pieceHeightPx }) : new Uint8Array(whole),
  );
}

/** Both are whole JPEG streams; what lies between the marks of the tables goes behind the start mark of the data. */
function withTables(data: Uint8Array, middle: readonly number[]): Uint8Array {
  const joined = new Uint8Array(data.length + middle.length);
  joined.set(data.subarray(0, 2));
  joined.set(middle, 2);
  joined.set(data.subarray(2), 2 + middle.length);
  return joined;
}

async function oldJpeg(file: BlobWindow, tags: TiffTags): Promise<Uint8Array<ArrayBuffer>> {
  const start = tags.get(TAG.jpegStart)?.[0];
  if (start === undefined) throw unsupportedTiff({ compression: COMPRESSION.oldJpeg });
  const bytes = await file.read(start, tags.get(TAG.jpegSize)?.[0] ?? file.size - start);
  if (!bytes) throw malformedTiff('jpeg');
  return new Uint8Array(bytes);
}

function checked(jpeg: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  try {
    readJpegHeader(jpeg);
  } catch (error) {
    throw AnjuanError.is(error, 'image-malformed') ? malformedTiff('jpeg') : error;
  }
  return jpeg;
}
