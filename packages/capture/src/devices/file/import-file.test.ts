import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import sharp from 'sharp';
import { encodeCcittG4 } from '../../encode/index.js';
import { writeTiff, type TiffPageData } from '../../testing/tiff-writer.js';
import type { ImportedPage } from '../../worker/protocol.js';
import { importFile } from './import-file.js';

const A5 = { width: 583, height: 827 };

/** A page with text-like marks: enough structure for every codec, odd width so that rows need padding. */
function drawing({ width, height }: typeof A5 = A5): ReturnType<typeof sharp> {
  const lines = Array.from(
    { length: 24 },
    (_none, index) => `<rect x="60" y="${60 + index * 28}" width="${300 + ((index * 37) % 150)}" height="9"/>`,
  );
  const seal = '<circle cx="420" cy="690" r="60" fill="none" stroke="#d00" stroke-width="7"/>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fefefa"/>${lines.join('')}${seal}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#fff' }).removeAlpha();
}

const bilevel = (): ReturnType<typeof sharp> => drawing().grayscale().threshold().toColourspace('b-w');

async function pagesOf(bytes: Uint8Array, maxPages = 1000): Promise<readonly ImportedPage[]> {
  const pages: ImportedPage[] = [];
  const count = await importFile(
    new Blob([new Uint8Array(bytes)]),
    { maxPages },
    async (page) => void pages.push(page),
  );
  assert.equal(count, pages.length);
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

const raw = async (bytes: Uint8Array | ArrayBuffer): Promise<{ data: Buffer; width: number; height: number }> => {
  const { data, info } = await sharp(Buffer.from(bytes as ArrayBuffer))
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
};

const bytesOf = async (page: ImportedPage | undefined): Promise<Uint8Array> =>
  new Uint8Array((await page?.bytes.arrayBuffer()) ?? new ArrayBuffer(0));

test('JPEG, PNG and WebP pass byte for byte, BMP too; the resolution of a scanner is kept', async () => {
  const files = {
    'image/jpeg': await drawing().withMetadata({ density: 300 }).jpeg().toBuffer(),
    'image/png': await drawing().withMetadata({ density: 300 }).png().toBuffer(),
    'image/webp': await drawing().webp().toBuffer(),
    'image/bmp': bmp(20, 10),
  };
  for (const [type, file] of Object.entries(files)) {
    const [page] = await pagesOf(file);
    assert.equal(page?.bytes.type, type);
    assert.deepEqual(await bytesOf(page), new Uint8Array(file));
    assert.equal(page?.dpi, type === 'image/webp' || type === 'image/bmp' ? undefined : 300);
  }
  const lossless = await drawing().webp({ lossless: true }).toBuffer();
  assert.equal((await pagesOf(lossless)).length, 1);
});

function bmp(width: number, height: number): Uint8Array {
  const rowBytes = Math.ceil((width * 24) / 32) * 4;
  const bytes = new Uint8Array(54 + rowBytes * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  return bytes;
}

test('every way scanners pack a TIFF gives the very pixels that libtiff gives', async () => {
  const variants: readonly (readonly [string, Buffer])[] = [
    ['none', await drawing().tiff({ compression: 'none' }).toBuffer()],
    ['lzw', await drawing().tiff({ compression: 'lzw', predictor: 'none' }).toBuffer()],
    ['lzw + predictor', await drawing().tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer()],
    ['deflate', await drawing().tiff({ compression: 'deflate', predictor: 'horizontal' }).toBuffer()],
    ['packbits gray', await drawing().grayscale().tiff({ compression: 'packbits' }).toBuffer()],
    ['g4', await bilevel().tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer()],
    ['1 bit lzw', await bilevel().tiff({ compression: 'lzw', predictor: 'none', bitdepth: 1 }).toBuffer()],
    [
      'white is zero',
      await bilevel().tiff({ compression: 'lzw', predictor: 'none', bitdepth: 1, miniswhite: true }).toBuffer(),
    ],
    ['4 bit', await drawing().grayscale().tiff({ compression: 'lzw', predictor: 'none', bitdepth: 4 }).toBuffer()],
    ['tiles', await drawing().tiff({ compression: 'deflate', tile: true, tileWidth: 128, tileHeight: 64 }).toBuffer()],
    ['cmyk', await drawing().toColourspace('cmyk').tiff({ compression: 'lzw' }).toBuffer()],
  ];
  for (const [name, file] of variants) {
    const [page] = await pagesOf(file);
    const [ours, theirs] = [await raw(await bytesOf(page)), await raw(file)];
    assert.deepEqual([ours.width, ours.height], [A5.width, A5.height], name);
    let worst = 0;
    for (let at = 0; at < theirs.data.length; at += 1)
      worst = Math.max(worst, Math.abs((ours.data[at] ?? 0) - (theirs.data[at] ?? 0)));
    if (name === 'cmyk') assert.ok(worst < 200, `${name} ${worst}`);
    else assert.equal(worst, 0, name);
  }
});

test('a TIFF page that is a JPEG inside comes out as JPEG without a second loss, in one piece or in strips', async () => {
  const tall = { width: 583, height: 2100 };
  const variants = [
    await drawing().tiff({ compression: 'jpeg', quality: 80 }).toBuffer(),
    await drawing(tall).tiff({ compression: 'jpeg', quality: 80 }).toBuffer(),
    await drawing(tall).grayscale().toColourspace('b-w').tiff({ compression: 'jpeg', quality: 70 }).toBuffer(),
  ];
  for (const [index, file] of variants.entries()) {
    const [page] = await pagesOf(file);
    assert.equal(page?.bytes.type, 'image/jpeg');
    const [ours, theirs] = [await raw(await bytesOf(page)), await raw(file)];
    assert.deepEqual([ours.width, ours.height], [theirs.width, theirs.height]);
    const off = theirs.data.reduce((sum, value, at) => sum + Math.abs(value - (ours.data[at] ?? 0)), 0);
    assert.ok(off / theirs.data.length < 0.5, `variant ${index}: ${off / theirs.data.length}`);
  }
  const tiles = await drawing().tiff({ compression: 'jpeg', tile: true, tileWidth: 128, tileHeight: 128 }).toBuffer();
  assert.equal((await failure(pagesOf(tiles))).code, 'file-unsupported');
});

/** A page in one strip of fax Group 4. */
function g4Page(
  width: number,
  height: number,
  extra: TiffPageData['tags'] = {},
  ink: (index: number) => number = (index) => (index * 31) & 0xff,
): TiffPageData {
  const rowBytes = Math.ceil(width / 8);
  const data = new Uint8Array(rowBytes * height).map((_none, index) => ink(index));
  const strip = encodeCcittG4({ kind: 'script' }, { widthPx: width, heightPx: height, rowBytes, data });
  const tags = { 256: [width], 257: [height], 258: [1], 259: [4], 262: [0], 277: [1], 278: [height], ...extra };
  return { tags, strips: [strip] };
}

test('pages of a TIFF come in order, either byte order, with resolution and turn', async () => {
  for (const littleEndian of [true, false]) {
    const file = writeTiff([g4Page(80, 40), g4Page(48, 64), g4Page(16, 8, { 274: [6] })], { littleEndian });
    const pages = await pagesOf(file);
    const sizes = await Promise.all(pages.map(async (page) => sharp(await bytesOf(page)).metadata()));
    assert.deepEqual(
      sizes.map(({ width, height }) => [width, height]),
      [
        [80, 40],
        [48, 64],
        [8, 16],
      ],
    );
  }
});

test('turns pages as their orientation says, in all eight ways', async () => {
  const marked = await sharp({ create: { width: 3, height: 2, channels: 3, background: '#fff' } })
    .raw()
    .toBuffer();
  const pixels = marked.map((_none, index) => index * 10);
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    const tags = { 256: [3], 257: [2], 258: [8], 259: [1], 262: [2], 277: [3], 278: [2], 274: [orientation] };
    const [page] = await pagesOf(writeTiff([{ tags, strips: [new Uint8Array(pixels)] }]));
    const ours = await raw(await bytesOf(page));
    const png = await sharp(pixels, { raw: { width: 3, height: 2, channels: 3 } })
      .withMetadata({ orientation })
      .png()
      .toBuffer();
    const theirs = await raw(await sharp(png).autoOrient().png().toBuffer());
    assert.deepEqual([...ours.data], [...theirs.data], `orientation ${orientation}`);
  }
});

test('a TIFF of 5,000 pages comes page by page with the memory of one, or not at all over the limit', async () => {
  // Every 64th byte has ink: a strip of some kilobytes.
  const one = g4Page(1654, 2339, {}, (index) => (index % 64 === 0 ? 0x3c : 0));
  const file = new Blob([writeTiff(Array.from({ length: 5000 }, () => one))]);
  const started = process.memoryUsage().arrayBuffers;
  let read = 0;
  let most = 0;
  const controller = new AbortController();
  const ended = await failure(
    importFile(file, { maxPages: 5000, signal: controller.signal }, async () => {
      read += 1;
      most = Math.max(most, process.memoryUsage().arrayBuffers - started);
      if (read === 40) controller.abort();
    }),
  );
  assert.equal(ended.code, 'aborted');
  assert.ok(most < 64 * 1024 * 1024, `${Math.round(most / 1048576)} MiB`);
  let given = 0;
  const error = await failure(importFile(file, { maxPages: 4999 }, async () => void (given += 1)));
  assert.equal(error.code, 'too-many-pages');
  assert.equal(given, 0, 'no half import');
});

test('pictures over 50 megapixels are refused by their header, before anything is decoded', async () => {
  const small = await drawing().jpeg().toBuffer();
  const huge = Buffer.from(small);
  const frame = huge.indexOf(Buffer.from([0xff, 0xc0]));
  huge.writeUInt16BE(6200, frame + 5);
  huge.writeUInt16BE(8200, frame + 7);
  assert.equal((await failure(pagesOf(huge))).code, 'image-too-large');
  const tiff = writeTiff([g4Page(16, 8, { 256: [100_000], 257: [100_000] })]);
  assert.equal((await failure(pagesOf(tiff))).code, 'image-too-large');
  assert.equal((await failure(pagesOf(bmpWithSize(30_000, 30_000)))).code, 'image-malformed', 'its rows are missing');
});

function bmpWithSize(width: number, height: number): Uint8Array {
  const bytes = bmp(4, 4);
  const view = new DataView(bytes.buffer);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  return bytes;
}

test('files that are cut off, changed, empty or something else have a code of their own', async () => {
  const jpeg = await drawing().jpeg().toBuffer();
  const png = await drawing().png().toBuffer();
  const webp = await drawing().webp().toBuffer();
  const flipped = Buffer.from(png);
  flipped[400] = (flipped[400] ?? 0) ^ 0xff;
  const g4 = writeTiff([g4Page(400, 300)]);
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['half a JPEG', jpeg.subarray(0, jpeg.length / 2), 'image-malformed'],
    ['only the start of a JPEG', jpeg.subarray(0, 4), 'image-malformed'],
    ['half a PNG', png.subarray(0, png.length / 2), 'image-malformed'],
    ['a PNG with a changed byte', flipped, 'image-malformed'],
    ['half a WebP', webp.subarray(0, webp.length / 2), 'image-malformed'],
    ['a short BMP', bmp(20, 10).subarray(0, 100), 'image-malformed'],
    ['half a TIFF', g4.subarray(0, g4.length / 2), 'tiff-malformed'],
    ['a TIFF head', Uint8Array.of(0x49, 0x49, 42, 0, 8, 0), 'tiff-malformed'],
    ['pages in a circle', writeTiff([g4Page(8, 8), g4Page(8, 8)], { linkBackTo: 0 }), 'tiff-malformed'],
    [
      'fax data that end early',
      writeTiff([{ ...g4Page(400, 300), strips: [Uint8Array.of(0x26, 0xa0)] }]),
      'tiff-malformed',
    ],
    ['a strange compression', writeTiff([g4Page(8, 8, { 259: [50000] })]), 'file-unsupported'],
    ['a big TIFF', Uint8Array.of(0x49, 0x49, 43, 0, 8, 0, 0, 0, 16, 0, 0, 0), 'tiff-malformed'],
    ['a text', new TextEncoder().encode('hello, this is no picture'), 'file-unsupported'],
    ['nothing', new Uint8Array(0), 'document-empty'],
  ];
  for (const [name, bytes, code] of cases) assert.equal((await failure(pagesOf(bytes))).code, code, name);
});
