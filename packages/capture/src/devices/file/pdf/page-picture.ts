import { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { decodeCcitt } from '../ccitt/decode-ccitt.js';
import { withOrientation } from '../exif-orientation.js';
import { readJpegHeader } from '../headers/jpeg-header.js';
import { checkPictureSize } from '../limits.js';
import { encodePng } from '../png/encode-png.js';
import { upright, type PackedPicture } from '../png/packed-picture.js';
import type { ImagePlace } from './image-place.js';
import type { PdfColour, PdfFilter, PdfImage } from './pdf-image.js';
import { unfilter } from './unfilter.js';

/** Longest JPEG inside a PDF, bytes. */
const MOST_JPEG_BYTES = 64 * 1024 * 1024;
const CHANNELS = { gray: 1, rgb: 3, cmyk: 4 } as const;

/** A PDF whose pages are no plain scans: it goes to the archive as it is. */
export function notAScan(reason: string): AnjuanError {
  return captureError('pdf-not-scanned', { details: { reason } });
}

/** A scan that is coded in a way which neither browsers nor we read. */
export function unsupportedScan(reason: string): AnjuanError {
  return captureError('file-unsupported', { details: { format: 'pdf', reason } });
}

/**
 * The picture of a scanned page: a JPEG as it stands in the PDF, everything else as PNG. Errors: `image-too-large`,
 * `pdf-malformed`, `pdf-not-scanned`, `file-unsupported`.
 */
export async function pagePicture(
  image: PdfImage,
  place: ImagePlace,
  options: { readonly black: boolean },
): Promise<Blob> {
  checkPictureSize(image);
  const last = image.filters.at(-1)?.name;
  if (last === 'DCTDecode') return jpegPicture(image, place);
  if (last === 'JPXDecode') throw unsupportedScan('jpeg2000');
  if (image.isStencil && !options.black) throw notAScan('stencil');
  const decoded = last === 'CCITTFaxDecode' ? faxPicture : last === 'JBIG2Decode' ? jbig2Picture : samplePicture;
  const picture = await decoded(image);
  return encodePng(upright(picture, place.orientation), { dpi: place.dpi });
}

async function jpegPicture(image: PdfImage, place: ImagePlace): Promise<Blob> {
  if (image.colour?.kind === 'indexed' || isInverted(image)) throw unsupportedScan('colours');
  const jpeg = await unfilter(image.data, image.filters.slice(0, -1), MOST_JPEG_BYTES);
  if (!jpeg) throw malformed();
  try {
    checkPictureSize(readJpegHeader(jpeg));
  } catch (error) {
    throw AnjuanError.is(error, 'image-malformed') ? malformed() : error;
  }
  return new Blob([withOrientation(jpeg, place.orientation)], { type: 'image/jpeg' });
}

/** @source ISO 32000-1 7.4.6 */
async function faxPicture(image: PdfImage): Promise<PackedPicture> {
  const { widthPx, heightPx } = image;
  const { parms } = image.filters.at(-1) as PdfFilter;
  const data = await unfilter(image.data, image.filters.slice(0, -1), MOST_JPEG_BYTES);
  const k = Number(parms.K ?? 0);
  const columns = Number(parms.Columns ?? 1728);
  if (columns !== widthPx || image.bits !== 1) throw malformed();
  const rows =
    data &&
    decodeCcitt(data, {
      ...{ widthPx, heightPx, twoDimensional: k > 0, byteAligned: parms.EncodedByteAlign === true },
      scheme: k < 0 ? 'g4' : 'g3',
    });
  if (!rows) throw malformed();
  // Decoded 1 is black; samples of a PDF are 0 for black unless BlackIs1.
  const samples = parms.BlackIs1 === true ? rows : rows.map((byte) => byte ^ 0xff);
  return { widthPx, heightPx, bits: 1, channels: 1, data: asShown(samples, image) };
}

/** @source ISO 32000-1 7.4.7: 0 is black in the samples */
async function jbig2Picture(image: PdfImage): Promise<PackedPicture> {
  const { widthPx, heightPx } = image;
  const data = await unfilter(image.data, image.filters.slice(0, -1), MOST_JPEG_BYTES);
  const { decodeJbig2 } = await import('../jbig2/decode-jbig2.js');
  const result = data && decodeJbig2(data, { widthPx, heightPx });
  if (result?.status === 'unsupported') throw unsupportedScan('jbig2');
  if (result?.status !== 'decoded') throw malformed();
  const samples = result.data.map((byte) => byte ^ 0xff);
  return { widthPx, heightPx, bits: 1, channels: 1, data: asShown(samples, image) };
}

async function samplePicture(image: PdfImage): Promise<PackedPicture> {
  const { widthPx, heightPx, bits, colour } = image;
  const kind = image.isStencil ? 'gray' : colour?.kind;
  if (kind === undefined) throw unsupportedScan('colours');
  const channels = kind === 'indexed' ? 1 : CHANNELS[kind];
  const rowBytes = Math.ceil((widthPx * channels * bits) / 8);
  const samples = await unfilter(image.data, image.filters, rowBytes * heightPx + heightPx + 64);
  if (!samples || samples.length < rowBytes * heightPx) throw malformed();
  if (kind === 'gray' && bits === 1)
    return { widthPx, heightPx, bits: 1, channels: 1, data: asShown(samples.subarray(0, rowBytes * heightPx), image) };
  if (![1, 2, 4, 8].includes(bits) || (bits !== 8 && kind !== 'indexed' && kind !== 'gray'))
    throw unsupportedScan('bits');
  return toPicture(image, kind === 'indexed' ? (colour as PdfColour) : { kind }, { samples, rowBytes, channels });
}

interface Samples {
  readonly samples: Uint8Array;
  readonly rowBytes: number;
  readonly channels: number;
}

function toPicture(image: PdfImage, colour: PdfColour, { samples, rowBytes, channels }: Samples): PackedPicture {
  const { widthPx, heightPx, bits } = image;
  const base = colour.kind === 'indexed' ? colour.base : colour.kind;
  const table = colour.kind === 'indexed' ? colour.table : undefined;
  const out = base === 'gray' ? 1 : 3;
  // The two usual kinds are stored as PNG wants them.
  if (bits === 8 && !table && base !== 'cmyk' && !isInverted(image))
    return { widthPx, heightPx, bits: 8, channels: out, data: samples.subarray(0, rowBytes * heightPx) };
  const most = (1 << bits) - 1;
  const flip = isInverted(image) ? most : 0;
  const data = new Uint8Array(widthPx * heightPx * out);
  for (let y = 0, to = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const one = (channel: number): number => {
        const bit = (x * channels + channel) * bits;
        return (((samples[y * rowBytes + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & most) ^ flip;
      };
      const level = (channel: number): number =>
        table ? (table[one(0) * CHANNELS[base] + channel] ?? 0) : Math.round((one(channel) * 255) / most);
      const key = base === 'cmyk' ? 255 - level(3) : 0;
      for (let channel = 0; channel < out; channel += 1, to += 1)
        data[to] = base === 'cmyk' ? Math.round(((255 - level(channel)) * key) / 255) : level(channel);
    }
  }
  return { widthPx, heightPx, bits: 8, channels: out, data };
}

/** One-bit samples as PNG wants them, 0 black; a stencil paints where samples are 0. */
function asShown(samples: Uint8Array, image: PdfImage): Uint8Array {
  const table = image.colour?.kind === 'indexed' ? image.colour.table : undefined;
  const swapped = table !== undefined && (table[0] ?? 0) > (table[1] ?? 255);
  return isInverted(image) !== swapped ? samples.map((byte) => byte ^ 0xff) : samples;
}

const isInverted = ({ decode }: PdfImage): boolean =>
  decode !== undefined && decode.length >= 2 && (decode[0] ?? 0) > (decode[1] ?? 1);

const malformed = (): AnjuanError => new AnjuanError('pdf-malformed');
