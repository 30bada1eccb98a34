import { AnjuanError, throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { PDFDict, PDFDocument, PDFObject, PDFPage, PDFRawStream } from 'pdf-lib';
import { paintedThings, type Painted } from '../devices/file/pdf/content-stream.js';
import { imagePlace, type Box, type ImagePlace } from '../devices/file/pdf/image-place.js';
import { notAScan, pagePicture, unsupportedScan } from '../devices/file/pdf/page-picture.js';
import { multiply, type Matrix, type PdfColour, type PdfFilter, type PdfImage } from '../devices/file/pdf/pdf-image.js';
import { unfilter } from '../devices/file/pdf/unfilter.js';
import type { ImportedPage } from '../worker/protocol.js';

type Library = typeof import('pdf-lib');

/** Larger files are refused before they are read, bytes. */
const MOST_PDF_BYTES = 512 * 1024 * 1024;
const MOST_CONTENT_BYTES = 16 * 1024 * 1024;
/** A scan covers its page but for a small border. */
const LEAST_SHARE = 0.85;
const MOST_DEPTH = 4;
/** Remarks that paint nothing of the page. */
const INVISIBLE_REMARKS = new Set(['Link', 'Popup']);

/**
 * Pages of a scanned PDF in order, each as the picture it consists of. All pages are looked at before the first is given, so that
 * a PDF with a page that is no plain scan brings none. Errors: `pdf-malformed`, `pdf-encrypted`, `pdf-too-large`, `too-many-pages`,
 * `document-empty`, `pdf-not-scanned` (text, several pictures, stamps), `file-unsupported` (JPEG 2000, JBIG2 with symbols),
 * `image-too-large`; `details.page` tells where.
 */
export async function* readPdfPages(
  file: Blob,
  { maxPages, signal }: { readonly maxPages: number; readonly signal?: AbortSignal },
): AsyncGenerator<ImportedPage> {
  if (file.size > MOST_PDF_BYTES) throw new AnjuanError('pdf-too-large', { details: { sizeBytes: file.size } });
  const library = await import('pdf-lib');
  const pages = await pagesOf(library, new Uint8Array(await file.arrayBuffer()));
  if (pages.length === 0) throw new AnjuanError('document-empty');
  if (pages.length > maxPages) throw captureError('too-many-pages', { details: { limit: maxPages } });
  const scans: ScannedPage[] = [];
  for (const [index, page] of pages.entries()) {
    throwIfAborted(signal);
    scans.push(await scannedPage(library, page).catch((error: unknown) => throwFor(index, error)));
  }
  for (const [index, { image, place, black }] of scans.entries()) {
    throwIfAborted(signal);
    const bytes = await pagePicture(image(), place, { black }).catch((error: unknown) => throwFor(index, error));
    yield { bytes, ...(place.dpi >= 50 && { dpi: place.dpi }) };
  }
}

async function pagesOf(library: Library, bytes: Uint8Array): Promise<readonly PDFPage[]> {
  try {
    const options = { updateMetadata: false, throwOnInvalidObject: true, ignoreEncryption: true };
    const document: PDFDocument = await library.PDFDocument.load(bytes, options);
    if (document.isEncrypted) throw new AnjuanError('pdf-encrypted');
    return document.getPages();
  } catch (cause) {
    if (AnjuanError.is(cause)) throw cause;
    // Encrypted object streams cannot even be read; the trailer is always plain.
    throw new AnjuanError(namesEncryption(bytes) ? 'pdf-encrypted' : 'pdf-malformed', { cause });
  }
}

function namesEncryption(bytes: Uint8Array): boolean {
  const key = [...'/Encrypt'].map((letter) => letter.charCodeAt(0));
  for (let at = bytes.indexOf(0x2f); at >= 0; at = bytes.indexOf(0x2f, at + 1))
    if (key.every((code, index) => bytes[at + index] === code)) return true;
  return false;
}

function throwFor(index: number, error: unknown): never {
  const known = AnjuanError.is(error) ? error : new AnjuanError('pdf-malformed', { cause: error });
  const { code, message, retryable } = known;
  throw new AnjuanError(code, { message, retryable, details: { ...known.details, page: index + 1 }, cause: error });
}

interface ScannedPage {
  readonly image: () => PdfImage;
  readonly place: ImagePlace;
  readonly black: boolean;
}

async function scannedPage(library: Library, page: PDFPage): Promise<ScannedPage> {
  const { left, bottom, right, top } = boxOf(page);
  const box: Box = [left, bottom, right, top];
  for (const remark of page.node.Annots()?.asArray() ?? []) {
    const subtype = nameOf(
      library,
      (page.doc.context.lookup(remark) as PDFDict | undefined)?.get?.(library.PDFName.of('Subtype')),
    );
    if (subtype === undefined || !INVISIBLE_REMARKS.has(subtype)) throw notAScan('annotation');
  }
  const contents = page.node.Contents();
  const streams = contents instanceof library.PDFArray ? contents.asArray() : contents ? [contents] : [];
  const content = await joined(library, page, streams);
  const painted = await paintedImages(library, page, { content, resources: page.node.Resources(), depth: 0 });
  // What lies below a picture that covers the page is not seen.
  const thing = painted.at(-1);
  if (thing?.kind !== 'image') throw notAScan(thing?.kind ?? 'empty');
  const place = imagePlace(thing.matrix, { box, rotationDeg: page.getRotation().angle }, thing.size);
  if (place.share < LEAST_SHARE) throw notAScan('small picture');
  return { image: thing.image, place, black: thing.black };
}

function boxOf(page: PDFPage): { left: number; bottom: number; right: number; top: number } {
  const { x, y, width, height } = page.getCropBox();
  if (!(width > 0 && height > 0)) throw new AnjuanError('pdf-malformed');
  return { left: x, bottom: y, right: x + width, top: y + height };
}

type PaintedImage =
  | Exclude<Painted, { kind: 'object' }>
  | {
      readonly kind: 'image';
      readonly matrix: Matrix;
      readonly black: boolean;
      readonly size: { readonly widthPx: number; readonly heightPx: number };
      readonly image: () => PdfImage;
    };

interface Layer {
  readonly content: Uint8Array;
  readonly resources: PDFDict | undefined;
  readonly depth: number;
  readonly matrix?: Matrix;
}

/** What a page paints, with the contents of its forms in their place. */
async function paintedImages(library: Library, page: PDFPage, layer: Layer): Promise<readonly PaintedImage[]> {
  const { PDFDict, PDFName, PDFRawStream } = library;
  const all: PaintedImage[] = [];
  for (const thing of paintedThings(layer.content, layer.matrix)) {
    if (thing.kind !== 'object') {
      all.push(thing);
      continue;
    }
    const objects = layer.resources?.lookupMaybe(PDFName.of('XObject'), PDFDict);
    const stream = objects?.lookup(PDFName.of(thing.name));
    if (!(stream instanceof PDFRawStream)) throw new AnjuanError('pdf-malformed');
    const kind = nameOf(library, stream.dict.lookup(PDFName.of('Subtype')));
    if (kind === 'Image') {
      const size = { widthPx: numberOf(stream, library, 'Width'), heightPx: numberOf(stream, library, 'Height') };
      all.push({
        kind: 'image',
        matrix: thing.matrix,
        black: thing.black,
        size,
        image: () => imageOf(library, stream),
      });
    } else if (kind === 'Form' && layer.depth < MOST_DEPTH) {
      const own = numbersOf(library, stream.dict.lookup(PDFName.of('Matrix')));

      all.push(
        ...(await paintedImages(library, page, {
          content: await joined(library, page, [stream]),
          resources: stream.dict.lookupMaybe(PDFName.of('Resources'), PDFDict) ?? layer.resources,
          depth: layer.depth + 1,
          matrix: own?.length === 6 ? multiply(own as unknown as Matrix, thing.matrix) : thing.matrix,
        })),
      );
    } else throw notAScan('object');
  }
  return all;
}

async function joined(library: Library, page: PDFPage, streams: readonly PDFObject[]): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const one of streams) {
    const stream = page.doc.context.lookup(one);
    if (!(stream instanceof library.PDFRawStream)) throw new AnjuanError('pdf-malformed');
    const part = await unfilter(stream.contents, filtersOf(library, stream), MOST_CONTENT_BYTES);
    if (!part) throw new AnjuanError('pdf-malformed');
    parts.push(new Uint8Array(part), Uint8Array.of(10));
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function imageOf(library: Library, stream: PDFRawStream): PdfImage {
  const get = (key: string): PDFObject | undefined => stream.dict.lookup(library.PDFName.of(key));
  if (get('SMask') || (get('Mask') && get('Mask') !== library.PDFNull)) throw unsupportedScan('transparency');
  const isStencil = get('ImageMask') === library.PDFBool.True;
  const colour = colourOf(library, stream, get('ColorSpace'));
  const decode = numbersOf(library, get('Decode'));
  return {
    widthPx: numberOf(stream, library, 'Width'),
    heightPx: numberOf(stream, library, 'Height'),
    bits: isStencil ? 1 : numberOf(stream, library, 'BitsPerComponent'),
    ...(colour && { colour }),
    filters: filtersOf(library, stream),
    data: stream.contents,
    ...(decode && { decode }),
    isStencil,
  };
}

function filtersOf(library: Library, stream: PDFRawStream): readonly PdfFilter[] {
  const { PDFArray, PDFDict, PDFName, PDFNumber, PDFBool } = library;
  const listOf = (key: string): readonly (PDFObject | undefined)[] => {
    const value = stream.dict.lookup(PDFName.of(key));
    if (value instanceof PDFArray) return Array.from({ length: value.size() }, (_none, index) => value.lookup(index));
    return value === undefined ? [] : [value];
  };
  const parms = listOf('DecodeParms');
  return listOf('Filter').map((filter, index) => {
    const given = parms[index];
    const entries = given instanceof PDFDict ? given.entries() : [];
    const plain = entries.flatMap(([key, raw]): [string, number | boolean][] => {
      const value = stream.dict.context.lookup(raw);
      if (value instanceof PDFNumber) return [[key.decodeText(), value.asNumber()]];
      return value instanceof PDFBool ? [[key.decodeText(), value.asBoolean()]] : [];
    });
    return { name: nameOf(library, filter) ?? '', parms: Object.fromEntries(plain) };
  });
}

/** @source ISO 32000-1 8.6 */
function colourOf(library: Library, stream: PDFRawStream, space: PDFObject | undefined): PdfColour | undefined {
  const { PDFArray, PDFRawStream, PDFName, PDFString, PDFHexString } = library;
  const simple: Readonly<Record<string, 'gray' | 'rgb' | 'cmyk'>> = {
    ...{ DeviceGray: 'gray', CalGray: 'gray', DeviceRGB: 'rgb', CalRGB: 'rgb', DeviceCMYK: 'cmyk' },
  };
  const kind = simple[nameOf(library, space) ?? ''];
  if (kind) return { kind };
  if (!(space instanceof PDFArray)) return undefined;
  const part = (index: number): PDFObject | undefined => (index < space.size() ? space.lookup(index) : undefined);
  const family = nameOf(library, part(0)) ?? '';
  if (simple[family]) return { kind: simple[family] };
  const second = part(1);
  if (family === 'ICCBased' && second instanceof PDFRawStream) {
    const count = Number(second.dict.lookup(PDFName.of('N'))?.toString());
    return count === 1 ? { kind: 'gray' } : count === 3 ? { kind: 'rgb' } : count === 4 ? { kind: 'cmyk' } : undefined;
  }
  if (family !== 'Indexed') return undefined;
  const base = colourOf(library, stream, second);
  const lookup = part(3);
  if (base?.kind === undefined || base.kind === 'indexed') return undefined;
  if (lookup instanceof PDFString || lookup instanceof PDFHexString)
    return { kind: 'indexed', base: base.kind, table: lookup.asBytes() };
  if (!(lookup instanceof PDFRawStream) || filtersOf(library, lookup).length > 0) return undefined;
  return { kind: 'indexed', base: base.kind, table: lookup.contents };
}

function nameOf(library: Library, value: PDFObject | undefined): string | undefined {
  return value instanceof library.PDFName ? value.decodeText() : undefined;
}

function numberOf(stream: PDFRawStream, library: Library, key: string): number {
  const value = stream.dict.lookup(library.PDFName.of(key));
  return value instanceof library.PDFNumber ? value.asNumber() : 0;
}

function numbersOf(library: Library, value: PDFObject | undefined): readonly number[] | undefined {
  if (!(value instanceof library.PDFArray)) return undefined;
  return Array.from({ length: value.size() }, (_none, index) => {
    const number = value.lookup(index);
    return number instanceof library.PDFNumber ? number.asNumber() : 0;
  });
}
