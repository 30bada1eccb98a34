import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { degrees, PDFDocument, PDFName, rgb, type PDFPage, type PDFRef } from 'pdf-lib';
import sharp from 'sharp';
import { importFile } from '../devices/file/import-file.js';
import { encodeCcittG4, encodeJbig2 } from '../encode/index.js';
import type { ImportedPage } from '../worker/protocol.js';
import { assemblePdf } from './assemble-pdf.js';

const A4 = { widthPt: 595, heightPt: 842 };
const SIZE = { width: 413, height: 585 };

/** A page with a mark in one corner, so that turns are seen. */
const drawing = (): ReturnType<typeof sharp> =>
  sharp({ create: { ...SIZE, channels: 3, background: '#f4f1e8' } }).composite([
    { input: { create: { width: 90, height: 40, channels: 3, background: '#c01818' } }, left: 10, top: 12 },
  ]);

async function pagesOf(bytes: Uint8Array, maxPages = 100): Promise<readonly ImportedPage[]> {
  const pages: ImportedPage[] = [];
  await importFile(new Blob([new Uint8Array(bytes)]), { maxPages }, async (page) => void pages.push(page));
  return pages;
}

async function failure(work: Promise<unknown>): Promise<AnjuanError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(AnjuanError.is(error), String(error));
  return error;
}

const bytesOf = async (page: ImportedPage | undefined): Promise<Buffer> =>
  Buffer.from((await page?.bytes.arrayBuffer()) ?? new ArrayBuffer(0));

/** Three bytes a pixel. */
const rawOf = async (page: ImportedPage): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp(await bytesOf(page))
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer(),
  );

/** A PDF with one page for each drawing. */
async function pdfOf(
  ...draw: readonly ((page: PDFPage, pdf: PDFDocument) => Promise<void> | void)[]
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (const one of draw) await one(pdf.addPage([A4.widthPt, A4.heightPt]), pdf);
  return pdf.save();
}

/** Paints an image XObject over the whole page. */
function paint(page: PDFPage, image: PDFRef, operators = 'q 595 0 0 842 0 0 cm /Im0 Do Q'): void {
  page.node.setXObject(PDFName.of('Im0'), image);
  page.node.set(PDFName.of('Contents'), page.doc.context.register(page.doc.context.stream(operators)));
}

const fullJpeg = async (page: PDFPage, pdf: PDFDocument): Promise<void> => {
  page.drawImage(await pdf.embedJpg(await drawing().jpeg().toBuffer()), { x: 0, y: 0, width: 595, height: 842 });
};

test('a scan that is a JPEG comes out as that JPEG, byte for byte, with its resolution', async () => {
  const jpeg = await drawing().jpeg().toBuffer();
  const pdf = await pdfOf(async (page, document) => {
    page.drawImage(await document.embedJpg(jpeg), { x: 0, y: 0, width: 595, height: 842 });
  });
  const [page] = await pagesOf(pdf);
  assert.deepEqual(await bytesOf(page), jpeg);
  assert.equal(page?.bytes.type, 'image/jpeg');
  assert.equal(page?.dpi, 50);
});

test('our own documents come back: the JPEG page under its invisible text', async () => {
  const jpeg = await drawing().jpeg().toBuffer();
  const image = {
    codec: 'jpeg',
    data: new Uint8Array(jpeg),
    widthPx: SIZE.width,
    heightPx: SIZE.height,
    gray: false,
  } as const;
  const lines = [{ text: '出院小结 page 1', x: 50, y: 60, width: 200, height: 12 }];
  const pdf = await assemblePdf({
    title: 'test',
    createdOn: '2026-01-05T08:00:00Z',
    documentId: '00000000-0000-4000-8000-000000000001',
    pages: [
      { image, ...A4, lines },
      { image, ...A4 },
    ],
  });
  const pages = await pagesOf(pdf);
  assert.equal(pages.length, 2);
  assert.deepEqual(await bytesOf(pages[0]), jpeg);
});

test('pictures without loss become PNG of the same pixels: colour, gray, palette, one bit', async () => {
  const rgbPixels = await drawing().removeAlpha().raw().toBuffer();
  const gray = await drawing().grayscale().toColourspace('b-w').raw().toBuffer();
  const context = (pdf: PDFDocument, data: Uint8Array, dict: object): PDFRef =>
    pdf.context.register(
      pdf.context.flateStream(data, {
        ...{ Type: 'XObject', Subtype: 'Image', Width: SIZE.width, Height: SIZE.height, BitsPerComponent: 8 },
        ...dict,
      }),
    );
  const rowBytes = Math.ceil(SIZE.width / 8);
  const bits = new Uint8Array(rowBytes * SIZE.height).map((_none, index) => (index * 37) & 0xff);
  const palette = Uint8Array.from({ length: SIZE.width * SIZE.height }, (_none, index) => index % 2);
  const pdf = await pdfOf(
    (page, document) => paint(page, context(document, rgbPixels, { ColorSpace: 'DeviceRGB' })),
    (page, document) => paint(page, context(document, gray, { ColorSpace: 'DeviceGray' })),
    (page, document) =>
      paint(
        page,
        context(document, palette, {
          ColorSpace: [
            'Indexed',
            'DeviceRGB',
            1,
            document.context.register(document.context.stream(Uint8Array.of(9, 8, 7, 200, 100, 50))),
          ],
        }),
      ),
    (page, document) => paint(page, context(document, bits, { ColorSpace: 'DeviceGray', BitsPerComponent: 1 })),
    (page, document) =>
      paint(page, context(document, bits, { ColorSpace: 'DeviceGray', BitsPerComponent: 1, Decode: [1, 0] })),
    (page, document) => paint(page, context(document, bits, { ImageMask: true, BitsPerComponent: 1 })),
  );
  const raws = await Promise.all((await pagesOf(pdf)).map(rawOf));
  assert.deepEqual(raws[0], new Uint8Array(rgbPixels));
  assert.deepEqual(
    raws[1]?.filter((_none, index) => index % 3 === 0),
    new Uint8Array(gray),
  );
  assert.deepEqual([...(raws[2]?.subarray(0, 6) ?? [])], [9, 8, 7, 200, 100, 50]);
  const bit = (x: number): number => ((bits[x >> 3] ?? 0) >> (7 - (x & 7))) & 1;
  for (let x = 0; x < 100; x += 1) {
    assert.equal(raws[3]?.[x * 3], bit(x) * 255);
    assert.equal(raws[4]?.[x * 3], 255 - bit(x) * 255);
    assert.equal(raws[5]?.[x * 3], bit(x) * 255, 'a stencil paints black where samples are 0');
  }
});

test('fax pages come out black on white', async () => {
  const rowBytes = Math.ceil(SIZE.width / 8);
  const data = new Uint8Array(rowBytes * SIZE.height);
  data.fill(0xff, 0, rowBytes * 10);
  const fax = encodeCcittG4({ kind: 'script' }, { widthPx: SIZE.width, heightPx: SIZE.height, rowBytes, data });
  const dict = {
    ...{ Type: 'XObject', Subtype: 'Image', Width: SIZE.width, Height: SIZE.height, BitsPerComponent: 1 },
    ...{ ColorSpace: 'DeviceGray', Filter: 'CCITTFaxDecode' },
    DecodeParms: { K: -1, Columns: SIZE.width, Rows: SIZE.height },
  };
  const pdf = await pdfOf((page, document) =>
    paint(page, document.context.register(document.context.stream(fax, dict))),
  );
  const pixels = await sharp(await bytesOf((await pagesOf(pdf))[0]))
    .raw()
    .toBuffer();
  assert.equal(pixels[5], 0);
  assert.equal(pixels[(SIZE.width * 11 + 5) * 3], 255);
});

test('our own black-and-white documents come back, bit for bit; foreign JBIG2 and JPEG 2000 are named', async () => {
  const size = { widthPx: SIZE.width, heightPx: SIZE.height };
  const rowBytes = Math.ceil(SIZE.width / 8);
  const data = new Uint8Array(rowBytes * SIZE.height).map(
    (_none, index) => (index % rowBytes < 40 ? index * 7 : 0) & 0xff,
  );
  const picture = { ...size, rowBytes, data };
  const request = {
    title: 'test',
    createdOn: '2026-01-05T08:00:00Z',
    documentId: '00000000-0000-4000-8000-000000000001',
  };
  const images = [
    { codec: 'jbig2', data: encodeJbig2({ kind: 'script' }, picture), ...size },
    { codec: 'ccitt-g4', data: encodeCcittG4({ kind: 'script' }, picture), ...size },
  ] as const;
  const pages = await pagesOf(await assemblePdf({ ...request, pages: images.map((image) => ({ image, ...A4 })) }));
  assert.equal(pages.length, 2);
  for (const page of pages) {
    const pixels = await rawOf(page);
    for (let x = 0; x < SIZE.width; x += 1) {
      const bit = ((data[rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
      assert.equal(pixels[(SIZE.width + x) * 3], bit === 1 ? 0 : 255);
    }
  }
  for (const [filter, reason, bytes] of [
    ['JBIG2Decode', 'jbig2', Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0)],
    ['JPXDecode', 'jpeg2000', Uint8Array.of(1, 2, 3)],
  ] as const) {
    const dict = {
      Subtype: 'Image',
      Width: 16,
      Height: 16,
      BitsPerComponent: 1,
      ColorSpace: 'DeviceGray',
      Filter: filter,
    };
    const pdf = await pdfOf((page, document) =>
      paint(page, document.context.register(document.context.stream(bytes, dict))),
    );
    const error = await failure(pagesOf(pdf));
    assert.equal(error.code, 'file-unsupported');
    assert.deepEqual(error.details, { format: 'pdf', reason, page: 1 });
  }
});

test('pages that are turned in the PDF are turned in the picture', async () => {
  const jpeg = await drawing().jpeg().toBuffer();
  const png = await drawing().removeAlpha().png().toBuffer();
  for (const angle of [0, 90, 180, 270]) {
    const pdf = await pdfOf(
      async (page, document) => {
        page.drawImage(await document.embedJpg(jpeg), { x: 0, y: 0, width: 595, height: 842 });
        page.setRotation(degrees(angle));
      },
      async (page, document) => {
        page.drawImage(await document.embedPng(png), { x: 0, y: 0, width: 595, height: 842 });
        page.setRotation(degrees(angle));
      },
    );
    const expected = await sharp(await drawing().png().toBuffer())
      .rotate(angle)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const page of await pagesOf(pdf)) {
      const { data, info } = await sharp(await bytesOf(page))
        .autoOrient()
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.width, info.height], [expected.info.width, expected.info.height]);
      const mark = (pixels: Buffer): number => pixels.findIndex((value, index) => index % 3 === 1 && value < 90);
      assert.ok(Math.abs(mark(data) - mark(expected.data)) <= 3 * 12, `${angle}`);
    }
  }
});

test('a PDF that is no scan is refused as a whole, with its page and reason', async () => {
  const text = (page: PDFPage): void => page.drawText('Discharge summary');
  const cases: readonly (readonly [string, Uint8Array, Record<string, unknown>])[] = [
    ['text', await pdfOf(fullJpeg, text), { reason: 'text', page: 2 }],
    [
      'a stamp over the scan',
      await pdfOf(async (page, pdf) => {
        await fullJpeg(page, pdf);
        page.drawCircle({ x: 300, y: 300, size: 40, borderColor: rgb(1, 0, 0), borderWidth: 3 });
      }),
      { reason: 'shape', page: 1 },
    ],
    [
      'a small picture',
      await pdfOf(async (page, pdf) => {
        page.drawImage(await pdf.embedJpg(await drawing().jpeg().toBuffer()), {
          x: 50,
          y: 50,
          width: 200,
          height: 300,
        });
      }),
      { reason: 'small picture', page: 1 },
    ],
    ['an empty page', await pdfOf(() => undefined), { reason: 'empty', page: 1 }],
  ];
  for (const [name, bytes, details] of cases) {
    let given = 0;
    const error = await failure(
      importFile(new Blob([new Uint8Array(bytes)]), { maxPages: 9 }, async () => void (given += 1)),
    );
    assert.equal(error.code, 'pdf-not-scanned', name);
    assert.deepEqual(error.details, details, name);
    assert.equal(given, 0, 'no half import');
  }
  const below = await pdfOf(async (page, pdf) => {
    text(page);
    await fullJpeg(page, pdf);
  });
  assert.equal((await pagesOf(below)).length, 1, 'text below the picture is not seen');
});

test('broken, encrypted and long PDFs have codes of their own', async () => {
  const pdf = await pdfOf(fullJpeg, fullJpeg, fullJpeg);
  assert.equal((await failure(pagesOf(pdf, 2))).code, 'too-many-pages');
  const text = new TextEncoder();
  assert.equal((await failure(pagesOf(text.encode('%PDF-1.7\nnothing else')))).code, 'pdf-malformed');
  assert.equal((await failure(pagesOf(pdf.subarray(0, pdf.length / 3)))).code, 'pdf-malformed');
  const encrypted = await PDFDocument.create();
  encrypted.addPage();
  encrypted.context.trailerInfo.Encrypt = encrypted.context.register(
    encrypted.context.obj({ Filter: 'Standard', V: 1, R: 2 }),
  );
  assert.equal((await failure(pagesOf(await encrypted.save()))).code, 'pdf-encrypted');
  const huge = await pdfOf((page, document) =>
    paint(
      page,
      document.context.register(
        document.context.flateStream(new Uint8Array(8), {
          ...{
            Type: 'XObject',
            Subtype: 'Image',
            Width: 90_000,
            Height: 90_000,
            BitsPerComponent: 8,
            ColorSpace: 'DeviceGray',
          },
        }),
      ),
    ),
  );
  assert.equal((await failure(pagesOf(huge))).code, 'image-too-large');
});
