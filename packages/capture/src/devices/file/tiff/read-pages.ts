import { throwIfAborted } from '@anjuan/core';
import type { ImportedPage } from '../../../worker/protocol.js';
import { BlobWindow } from '../blob-window.js';
import { withOrientation } from '../exif-orientation.js';
import { encodePng } from '../png/encode-png.js';
import { upright } from '../png/packed-picture.js';
import { malformedTiff, readTiffDirectory, readTiffTags, type TiffTags } from './directory.js';
import { tiffLayout, type TiffLayout } from './layout.js';
import { tiffJpeg } from './tiff-jpeg.js';
import { tiffPicture } from './to-picture.js';
import { undoPredictor } from './predictor.js';
import { checkGrowth, unpackPiece } from './unpack.js';

/**
 * Pages of a TIFF one after the other; memory for one page, however many there are. The chain of pages is counted first, so that
 * a file with too many brings none. Errors: `tiff-malformed`, `too-many-pages`, `image-too-large`, `file-unsupported`.
 */
export async function* readTiffPages(
  blob: Blob,
  options: { readonly maxPages: number; readonly signal?: AbortSignal },
): AsyncGenerator<ImportedPage> {
  const file = new BlobWindow(blob);
  const { littleEndian, pages } = await readTiffDirectory(file, options);
  if (pages.length === 0) throw malformedTiff('pages');
  for (const place of pages) {
    throwIfAborted(options.signal);
    const tags = await readTiffTags(file, place, littleEndian);
    const layout = tiffLayout(tags, { size: file.size, littleEndian });
    const dpi = layout.dpi;
    const jpeg = await tiffJpeg(file, layout, tags);
    const bytes = jpeg
      ? new Blob([withOrientation(jpeg, layout.orientation)], { type: 'image/jpeg' })
      : await decodedPage(file, layout, tags);
    yield { bytes, ...(dpi !== undefined && { dpi }) };
  }
}

async function decodedPage(file: BlobWindow, layout: TiffLayout, tags: TiffTags): Promise<Blob> {
  const rows = await readRows(file, layout, tags);
  const picture = upright(tiffPicture(rows, layout, tags), layout.orientation);
  return encodePng(picture, layout.dpi === undefined ? {} : { dpi: layout.dpi });
}

/** All rows of a page, each padded to whole bytes. */
async function readRows(file: BlobWindow, layout: TiffLayout, tags: TiffTags): Promise<Uint8Array> {
  const pixelBits = layout.bits * layout.samples;
  const rowBytes = Math.ceil((layout.widthPx * pixelBits) / 8);
  const pieceRowBytes = Math.ceil((layout.pieceWidthPx * pixelBits) / 8);
  checkGrowth(layout, rowBytes * layout.heightPx);
  const rows = new Uint8Array(rowBytes * layout.heightPx);
  for (const { offset, sizeBytes, x, y } of layout.pieces) {
    const heightPx = layout.tiled ? layout.pieceHeightPx : Math.min(layout.pieceHeightPx, layout.heightPx - y);
    const packed = await file.read(offset, sizeBytes);
    if (!packed) throw malformedTiff('pieces');
    const size = { widthPx: layout.pieceWidthPx, heightPx, sizeBytes: pieceRowBytes * heightPx };
    const piece = undoPredictor(await unpackPiece(packed, layout, size, tags), layout, pieceRowBytes);
    if (!layout.tiled) rows.set(piece, y * rowBytes);
    else {
      const left = Math.floor((x * pixelBits) / 8);
      const width = Math.min(pieceRowBytes, rowBytes - left);
      for (let row = 0; row < Math.min(heightPx, layout.heightPx - y); row += 1)
        rows.set(piece.subarray(row * pieceRowBytes, row * pieceRowBytes + width), (y + row) * rowBytes + left);
    }
  }
  return rows;
}
