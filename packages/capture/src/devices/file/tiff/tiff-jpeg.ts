import { AnjuanError } from '@anjuan/core';
import type { BlobWindow } from '../blob-window.js';
import { readJpegHeader } from '../headers/jpeg-header.js';
import { malformedTiff, type TiffTags } from './directory.js';
import { TAG, unsupportedTiff, type TiffLayout } from './layout.js';
import { COMPRESSION } from './unpack.js';

/** Adobe segment with transform 0: the three components are red, green and blue, not luma and chroma. */
const RGB_MARK = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0];

/**
 * The JPEG of a page that is stored as one, without loss: tables and data joined. Undefined for other pages. Errors:
 * `file-unsupported` for a page in several JPEG pieces.
 * @source TIFF Technical Note 2 (tags 347, compression 7), TIFF 6.0 clause 22 (tags 513, 514)
 */
export async function tiffJpeg(
  file: BlobWindow,
  layout: TiffLayout,
  tags: TiffTags,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (layout.compression === COMPRESSION.oldJpeg) return checked(await oldJpeg(file, tags));
  if (layout.compression !== COMPRESSION.jpeg) return undefined;
  const [piece, second] = layout.pieces;
  if (!piece || second) throw unsupportedTiff({ compression: layout.compression, pieces: layout.pieces.length });
  const data = await file.read(piece.offset, piece.sizeBytes);
  if (!data || data.length < 4) throw malformedTiff('jpeg');
  const tables = tags.get(TAG.jpegTables) ?? [];
  // Both are whole JPEG streams: start mark of the data and end mark of the tables go.
  const middle = tables.length > 4 ? tables.slice(2, -2) : [];
  const mark = layout.photometric === 2 && layout.samples === 3 ? RGB_MARK : [];
  const joined = new Uint8Array(data.length + middle.length + mark.length);
  joined.set(data.subarray(0, 2));
  joined.set(mark, 2);
  joined.set(middle, 2 + mark.length);
  joined.set(data.subarray(2), 2 + mark.length + middle.length);
  return checked(joined);
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
