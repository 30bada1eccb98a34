import { AnjuanError } from '@anjuan/core';
import type { PDFDict, PDFRef } from 'pdf-lib';
import { readJpegHeader } from '../devices/file/headers/index.js';
import type { PageImage } from '../recipe/types.js';
import { rounded, type OpenPdf } from './open-pdf.js';

/** What a page shows: its pictures by name and the operators that paint them. */
export interface PaintedImage {
  readonly xObjects: PDFDict;
  readonly operators: string;
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Puts the picture of a page into the file, as large as the page. */
export function addPageImage(
  pdf: OpenPdf,
  { image, widthPt, heightPt }: { readonly image: PageImage; readonly widthPt: number; readonly heightPt: number },
): PaintedImage {
  const layers = image.codec === 'mrc' ? mrcLayers(pdf, image) : [{ ref: singleImage(pdf, image), paint: '' }];
  const names = layers.map((_, index) => `I${index}`);
  const painted = layers.map(({ paint }, index) => `${paint}/I${index} Do\n`).join('');
  return {
    xObjects: pdf.context.obj(Object.fromEntries(layers.map(({ ref }, index) => [names[index] ?? '', ref]))),
    operators: `q\n${rounded(widthPt)} 0 0 ${rounded(heightPt)} 0 0 cm\n${painted}Q\n`,
  };
}

interface Layer {
  readonly ref: PDFRef;
  /** Operators before it is painted. */
  readonly paint: string;
}

/** The paper first, coloured inks on it, black ink on top. */
function mrcLayers(pdf: OpenPdf, image: Extract<PageImage, { codec: 'mrc' }>): readonly Layer[] {
  const ink = (data: Uint8Array, rgb: readonly number[]): Layer => ({
    ref: addImage(pdf, data, { ...image, filter: 'JBIG2Decode', colourSpace: 'stencil' }),
    paint: `${rgb.map((level) => Math.round((level / 255) * 1000) / 1000).join(' ')} rg\n`,
  });
  return [
    { ref: addJpeg(pdf, image.background.data), paint: '' },
    ...image.inks.map(({ stencil, rgb }) => ink(stencil, rgb)),
    ink(image.stencil, [0, 0, 0]),
  ];
}

function singleImage(pdf: OpenPdf, image: Exclude<PageImage, { codec: 'mrc' }>): PDFRef {
  if (image.codec === 'jpeg') return addJpeg(pdf, image.data);
  const { widthPx, heightPx } = image;
  if (image.codec === 'jbig2') {
    return addImage(pdf, image.data, { widthPx, heightPx, filter: 'JBIG2Decode', colourSpace: 'DeviceGray' });
  }
  const parameters = { K: -1, Columns: widthPx, Rows: heightPx };
  return addImage(pdf, image.data, {
    widthPx,
    heightPx,
    filter: 'CCITTFaxDecode',
    colourSpace: 'DeviceGray',
    parameters,
  });
}

/** Size and colours are read from the JPEG itself: what stands in the file must be true. */
function addJpeg(pdf: OpenPdf, data: Uint8Array): PDFRef {
  const { widthPx, heightPx, components } = readJpegHeader(data);
  if (components !== 1 && components !== 3) {
    throw new AnjuanError('image-malformed', { details: { format: 'jpeg', components } });
  }
  return addImage(pdf, data, {
    widthPx,
    heightPx,
    filter: 'DCTDecode',
    colourSpace: components === 1 ? 'DeviceGray' : 'DeviceRGB',
    bits: 8,
  });
}

function addImage(
  { context }: OpenPdf,
  data: Uint8Array,
  {
    widthPx,
    heightPx,
    filter,
    colourSpace,
    bits = 1,
    parameters,
  }: Size & {
    readonly filter: 'DCTDecode' | 'JBIG2Decode' | 'CCITTFaxDecode';
    /** `stencil`: black pixels are painted in the current colour, the others left as they are. */
    readonly colourSpace: 'DeviceGray' | 'DeviceRGB' | 'stencil';
    readonly bits?: 1 | 8;
    readonly parameters?: Readonly<Record<string, number>>;
  },
): PDFRef {
  return context.register(
    context.stream(data, {
      Type: 'XObject',
      Subtype: 'Image',
      Width: widthPx,
      Height: heightPx,
      BitsPerComponent: bits,
      Filter: filter,
      ...(colourSpace === 'stencil' ? { ImageMask: true } : { ColorSpace: colourSpace }),
      ...(parameters === undefined ? {} : { DecodeParms: parameters }),
    }),
  );
}
