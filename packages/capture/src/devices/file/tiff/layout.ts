import type { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { checkPictureSize } from '../limits.js';
import type { Orientation } from '../png/packed-picture.js';
import { malformedTiff, type TiffTags } from './directory.js';

/** One compressed piece of a page. */
export interface TiffPiece {
  readonly offset: number;
  readonly sizeBytes: number;
  /** Where it belongs, pixels. */
  readonly x: number;
  readonly y: number;
}

/** How a page of a TIFF is stored. */
export interface TiffLayout {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Size of a piece; the last strip may have fewer rows. */
  readonly pieceWidthPx: number;
  readonly pieceHeightPx: number;
  readonly tiled: boolean;
  readonly pieces: readonly TiffPiece[];
  readonly compression: number;
  readonly photometric: number;
  readonly bits: number;
  readonly samples: number;
  readonly predictor: number;
  readonly lsbFirst: boolean;
  readonly littleEndian: boolean;
  readonly orientation: Orientation;
  readonly dpi?: number;
}

/** Tag numbers. @source TIFF 6.0, Technical Note 2 */
export const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripSizes: 279,
  xResolution: 282,
  planar: 284,
  faxOptions: 292,
  resolutionUnit: 296,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileSizes: 325,
  jpegTables: 347,
  jpegStart: 513,
  jpegSize: 514,
} as const;

/** Where everything of a page is, checked against the size of the file. Errors: `tiff-malformed`, `image-too-large`. */
export function tiffLayout(
  tags: TiffTags,
  file: { readonly size: number; readonly littleEndian: boolean },
): TiffLayout {
  const one = (tag: number, absent: number): number => tags.get(tag)?.[0] ?? absent;
  const widthPx = one(TAG.width, 0);
  const heightPx = one(TAG.height, 0);
  if (widthPx === 0 || heightPx === 0) throw malformedTiff('size');
  checkPictureSize({ widthPx, heightPx });
  const samples = one(TAG.samples, 1);
  if (one(TAG.planar, 1) === 2 && samples > 1) throw unsupportedTiff({ planar: 2 });
  const tiled = tags.has(TAG.tileWidth);
  const pieceWidthPx = tiled ? one(TAG.tileWidth, 0) : widthPx;
  const pieceHeightPx = tiled ? one(TAG.tileHeight, 0) : Math.min(one(TAG.rowsPerStrip, heightPx), heightPx);
  if (pieceWidthPx === 0 || pieceHeightPx === 0) throw malformedTiff('pieces');
  if (pieceWidthPx > 65_536 || pieceHeightPx > 65_536 * 4) throw malformedTiff('pieces');
  const across = Math.ceil(widthPx / pieceWidthPx);
  const count = across * Math.ceil(heightPx / pieceHeightPx);
  const offsets = tags.get(tiled ? TAG.tileOffsets : TAG.stripOffsets) ?? tags.get(TAG.stripOffsets) ?? [];
  const sizes = tags.get(tiled ? TAG.tileSizes : TAG.stripSizes) ?? tags.get(TAG.stripSizes);
  if (offsets.length < count) throw malformedTiff('pieces');
  const pieces = offsets.slice(0, count).map((offset, index) => {
    // Old writers leave the sizes out: then a piece reaches to the next one.
    const sizeBytes = sizes?.[index] ?? (offsets[index + 1] ?? file.size) - offset;
    if (sizeBytes < 0 || offset + sizeBytes > file.size) throw malformedTiff('pieces');
    return { offset, sizeBytes, x: (index % across) * pieceWidthPx, y: Math.floor(index / across) * pieceHeightPx };
  });
  const turn = one(TAG.orientation, 1);
  const perInch = one(TAG.resolutionUnit, 2) === 3 ? 2.54 : 1;
  const dpi = Math.round(one(TAG.xResolution, 0) * perInch);
  return {
    ...{ widthPx, heightPx, pieceWidthPx, pieceHeightPx, tiled, pieces, samples },
    compression: one(TAG.compression, 1),
    photometric: one(TAG.photometric, 1),
    bits: one(TAG.bits, 1),
    predictor: one(TAG.predictor, 1),
    lsbFirst: one(TAG.fillOrder, 1) === 2,
    littleEndian: file.littleEndian,
    orientation: (turn >= 1 && turn <= 8 ? turn : 1) as Orientation,
    ...(dpi >= 50 && dpi <= 2400 && { dpi }),
  };
}

/** A TIFF of a kind that is not used for scans. */
export function unsupportedTiff(details: Readonly<Record<string, number>>): AnjuanError {
  return captureError('file-unsupported', { details: { format: 'tiff', ...details } });
}
