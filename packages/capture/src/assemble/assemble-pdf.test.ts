import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import fc from 'fast-check';
import type { PageImage } from '../recipe/types.js';
import type { AssembleRequest } from '../worker/protocol.js';
import { assemblePdf } from './assemble-pdf.js';
import { readWithPdfjs } from './testing/pdfjs-reader.js';
import { hardLines, sampleImages, samplePage, sampleRequest } from './testing/samples.js';

const images = sampleImages();

test('assemble: pages have the size of the paper, in order', async () => {
  const sizes = [
    [595.276, 841.89],
    [419.528, 595.276],
    [242.65, 153.07],
  ] as const;
  const pages = sizes.map(([widthPt, heightPt]) => ({ image: images.jbig2, widthPt, heightPt }));
  const read = await readWithPdfjs(await assemblePdf(sampleRequest({ pages })));
  assert.deepEqual(
    read.pages.map(({ sizePt }) => sizePt),
    sizes,
  );
});

test('assemble: text is copied exactly, rare names and signs too', async () => {
  const read = await readWithPdfjs(await assemblePdf(sampleRequest()));
  assert.deepEqual(read.pages[0]?.lines, hardLines);
  assert.deepEqual(read.pages[1]?.lines, []);
});

test('assemble: any mix of characters of all planes is copied exactly', async () => {
  const character = fc.oneof(
    fc.integer({ min: 0x4e00, max: 0x9fa5 }),
    fc.integer({ min: 0x20000, max: 0x2a6df }),
    fc.integer({ min: 0x30, max: 0x39 }),
    fc.integer({ min: 0xe000, max: 0xf8ff }),
  );
  const line = fc.array(character, { minLength: 1, maxLength: 12 }).map((points) => String.fromCodePoint(...points));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 5 }), async (lines) => {
      const read = await readWithPdfjs(await assemblePdf(sampleRequest({ pages: [samplePage(images.jbig2, lines)] })));
      assert.deepEqual(read.pages[0]?.lines, lines);
    }),
    { numRuns: 25 },
  );
});

test('assemble: text lies where the print is, however wide or narrow that is', async () => {
  const lines = [0.4, 1, 1.4, 2.5, 4].map((stretch, index) => {
    return { text: '出院2026', x: 40 + index, y: 50 * index, width: 64 * stretch, height: 16 };
  });
  const [page] = (
    await readWithPdfjs(await assemblePdf(sampleRequest({ pages: [{ ...samplePage(images.jbig2), lines }] })))
  ).pages;
  assert.equal(page?.runs.length, lines.length);
  for (const [index, run] of (page?.runs ?? []).entries()) {
    const line = lines[index];
    assert.ok(line);
    assert.ok(Math.abs(run.x - line.x) < 0.01 && Math.abs(run.width - line.width) < 0.1, `${run.x} ${run.width}`);
    // The baseline is in the lower half of the line's box.
    const below = 841.89 - run.y - line.y;
    assert.ok(below > 8 && below < 16, `${below}`);
  }
});

test('assemble: halves of pairs and controls in recognised text do no harm', async () => {
  const lines = ['a\ud83db', 'c\u0000\td', '\ufeffe\uffff', '   '];
  const read = await readWithPdfjs(await assemblePdf(sampleRequest({ pages: [samplePage(images.jbig2, lines)] })));
  assert.deepEqual(read.pages[0]?.lines, ['a\ufffdb', 'c d', 'e\ufffd']);
});

test('assemble: title, date and language stand in the file', async () => {
  const { info } = await readWithPdfjs(await assemblePdf(sampleRequest()));
  assert.equal(info['Title'], '知情同意书 <1> & “样本”');
  assert.equal(info['CreationDate'], "D:20260304050607+08'00'");
  assert.equal(info['Language'], 'zh-CN');
});

test('assemble: equal requests give equal bytes, other ids and dates others', async () => {
  const first = await assemblePdf(sampleRequest());
  assert.deepEqual(await assemblePdf(sampleRequest()), first);
  for (const change of [{ documentId: '7f1c2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f' }, { createdOn: '2026-03-05' }]) {
    assert.notDeepEqual(await assemblePdf(sampleRequest(change)), first);
  }
});

test('assemble: 500 pages come out in order and share one font and one colour profile', async () => {
  const pages = Array.from({ length: 500 }, (_, index) => samplePage(images.gray, [`第 ${index + 1} 页`]));
  const bytes = await assemblePdf(sampleRequest({ pages }));
  const read = await readWithPdfjs(bytes);
  assert.deepEqual(
    read.pages.map(({ lines }) => lines[0]),
    pages.map((_, index) => `第 ${index + 1} 页`),
  );
  const file = new TextDecoder('latin1').decode(bytes);
  assert.equal(file.split('/FontFile2').length - 1, 1);
  assert.equal(file.split('/DestOutputProfile').length - 1, 1);
});

const nowhere = { text: '张三', x: Number.NaN, y: 0, width: 9, height: 9 };

const refusals: readonly (readonly [what: string, change: Partial<AssembleRequest>, code: string])[] = [
  ['no page', { pages: [] }, 'document-empty'],
  ['an id that is no UUID', { documentId: 'ZY-2026-001' }, 'invalid-argument'],
  ['a date in words', { createdOn: 'yesterday' }, 'invalid-argument'],
  ['a month 13', { createdOn: '2026-13-01T00:00:00Z' }, 'invalid-argument'],
  ['a page without height', { pages: [{ image: images.gray, widthPt: 595, heightPt: 0 }] }, 'invalid-argument'],
  ['a page without size', { pages: [{ image: images.gray, widthPt: Number.NaN, heightPt: 9 }] }, 'invalid-argument'],
  ['a page of 6 metres', { pages: [{ image: images.gray, widthPt: 595, heightPt: 17000 }] }, 'invalid-argument'],
  ['a line without a place', { pages: [{ ...samplePage(images.gray), lines: [nowhere] }] }, 'invalid-argument'],
  ['a JPEG cut off', { pages: [samplePage(jpeg((data) => data.slice(0, 30)))] }, 'image-malformed'],
  ['bytes that are no JPEG', { pages: [samplePage(jpeg(() => new Uint8Array(64)))] }, 'image-malformed'],
  ['nothing', { pages: [samplePage(jpeg(() => new Uint8Array(0)))] }, 'image-malformed'],
];

for (const [what, change, code] of refusals) {
  test(`assemble: ${what} is refused without a word of the title`, async () => {
    await assert.rejects(assemblePdf(sampleRequest({ title: '张三', ...change })), (error: unknown) => {
      assert.ok(error instanceof AnjuanError);
      assert.equal(error.code, code);
      assert.doesNotMatch(`${error.message} ${JSON.stringify(error.details)}`, /张三|yesterday|ZY-2026/);
      return true;
    });
  });
}

function jpeg(change: (data: Uint8Array) => Uint8Array): PageImage {
  const { colour } = images;
  return colour.codec === 'jpeg' ? { ...colour, data: change(colour.data) } : colour;
}
