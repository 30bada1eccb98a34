import { decodeCcitt } from '../ccitt/decode-ccitt.js';
import { malformedTiff, type TiffTags } from './directory.js';
import { inflate } from './inflate.js';
import { TAG, unsupportedTiff, type TiffLayout } from './layout.js';
import { unpackLzw } from './lzw.js';

/** Compression numbers. @source TIFF 6.0 clauses 9 to 13, Technical Note 2, RFC 2306 */
export const COMPRESSION = {
  none: 1,
  mh: 2,
  g3: 3,
  g4: 4,
  oldJpeg: 6,
  jpeg: 7,
  deflate: 8,
  packBits: 32773,
  oldDeflate: 32946,
  lzw: 5,
};

/** What one packed byte can become at most: a piece that claims more is damaged, and its memory is never taken. */
const MOST_GROWTH: Readonly<Record<number, number>> = {
  [COMPRESSION.none]: 1,
  [COMPRESSION.packBits]: 64,
  [COMPRESSION.lzw]: 1400,
  [COMPRESSION.deflate]: 1100,
  [COMPRESSION.oldDeflate]: 1100,
};

/** Errors: `tiff-malformed` when so few packed bytes cannot be a page of that size. */
export function checkGrowth(layout: TiffLayout, unpackedBytes: number): void {
  const packedBytes = layout.pieces.reduce((sum, piece) => sum + piece.sizeBytes, 0);
  // Fax: at least one bit a row.
  const isFax = layout.compression >= COMPRESSION.mh && layout.compression <= COMPRESSION.g4;
  const most = isFax
    ? packedBytes * 8 * Math.ceil(layout.widthPx / 8)
    : packedBytes * (MOST_GROWTH[layout.compression] ?? 1);
  if (most < unpackedBytes) throw malformedTiff('data');
}

/** Size of an unpacked piece. */
export interface PieceSize {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly sizeBytes: number;
}

/** The unpacked bytes of one piece: never more than it should have. Errors: `tiff-malformed`, `file-unsupported`. */
export async function unpackPiece(
  packed: Uint8Array,
  layout: TiffLayout,
  { widthPx, heightPx, sizeBytes }: PieceSize,
  tags: TiffTags,
): Promise<Uint8Array> {
  const data = layout.lsbFirst ? reversedBits(packed) : packed;
  const fax = (scheme: 'mh' | 'g3' | 'g4'): Uint8Array | undefined => {
    if (layout.samples * layout.bits !== 1) throw malformedTiff('bits');
    const twoDimensional = scheme === 'g3' && ((tags.get(TAG.faxOptions)?.[0] ?? 0) & 1) === 1;
    return decodeCcitt(data, { widthPx, heightPx, scheme, twoDimensional });
  };
  const unpacked = await unpackBy(layout.compression, data, sizeBytes, fax);
  if (!unpacked || unpacked.length < sizeBytes) throw malformedTiff('data');
  return unpacked.subarray(0, sizeBytes);
}

async function unpackBy(
  compression: number,
  data: Uint8Array,
  sizeBytes: number,
  fax: (scheme: 'mh' | 'g3' | 'g4') => Uint8Array | undefined,
): Promise<Uint8Array | undefined> {
  switch (compression) {
    case COMPRESSION.none:
      return data;
    case COMPRESSION.mh:
      return fax('mh');
    case COMPRESSION.g3:
      return fax('g3');
    case COMPRESSION.g4:
      return fax('g4');
    case COMPRESSION.lzw:
      return unpackLzw(data, sizeBytes);
    case COMPRESSION.deflate:
    case COMPRESSION.oldDeflate:
      return inflate(data, sizeBytes);
    case COMPRESSION.packBits:
      return unpackBits(data, sizeBytes);
    default:
      throw unsupportedTiff({ compression });
  }
}

/** @source TIFF 6.0 clause 9 */
function unpackBits(data: Uint8Array, sizeBytes: number): Uint8Array | undefined {
  const out = new Uint8Array(sizeBytes);
  let to = 0;
  for (let at = 0; at < data.length && to < sizeBytes;) {
    const head = data[at] ?? 0;
    at += 1;
    if (head === 128) continue;
    if (head < 128) {
      const piece = data.subarray(at, Math.min(at + head + 1, at + sizeBytes - to));
      out.set(piece, to);
      to += piece.length;
      at += head + 1;
    } else {
      const end = Math.min(sizeBytes, to + 257 - head);
      out.fill(data[at] ?? 0, to, end);
      to = end;
      at += 1;
    }
  }
  return to === sizeBytes ? out : undefined;
}

/** Fill order 2: the least significant bit comes first. */
function reversedBits(data: Uint8Array): Uint8Array {
  return data.map((byte) => {
    const pairs = ((byte & 0xf0) >> 4) | ((byte & 0x0f) << 4);
    const twos = ((pairs & 0xcc) >> 2) | ((pairs & 0x33) << 2);
    return ((twos & 0xaa) >> 1) | ((twos & 0x55) << 1);
  });
}
