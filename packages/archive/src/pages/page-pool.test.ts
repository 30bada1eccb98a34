import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import sharp from 'sharp';
import { plainPdf } from '../testing/plain-pdf.js';
import { PagePool } from './page-pool.js';
import type { SniffedMime } from './sniff.js';
import type { PageTask, ResultOf } from './worker/protocol.js';

const pool = new PagePool({ size: 1 });
after(() => pool.close());

/** A task without its source. */
type Ask =
  | { readonly kind: 'measure' }
  | { readonly kind: 'text'; readonly from: number; readonly to: number }
  | { readonly kind: 'render'; readonly pageIndex: number; readonly widthsPx: readonly number[] };

function ask<A extends Ask>(
  bytes: Uint8Array,
  what: A,
  { mime = 'application/pdf', on = pool }: { mime?: SniffedMime; on?: PagePool } = {},
) {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const task = { ...what, source: { digest, mime } } as unknown as Extract<PageTask, { kind: A['kind'] }>;
  return on.run(task, { read: () => Promise.resolve(bytes) }) as Promise<
    ResultOf<Extract<PageTask, { kind: A['kind'] }>>
  >;
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: unknown) => AnjuanError.from(error).code,
  );

/** One page with a signature field whose appearance is a black square; nothing else is on the page. */
function signedPdf(): Uint8Array {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[4 0 R]>>',
    '<</Type/Annot/Subtype/Widget/FT/Sig/T(s)/F 132/Rect[20 20 80 80]/P 3 0 R/V<</Type/Sig/Filter/X>>/AP<</N 5 0 R>>>>',
    '<</Type/XObject/Subtype/Form/BBox[0 0 60 60]/Length 18>>stream\n0 g 0 0 60 60 re f\nendstream',
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj${body}endobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 6\n0000000000 65535 f \n${offsets.join('')}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

describe('PagePool', () => {
  it('draws signatures and seals, which are fields of a form', async () => {
    const { images } = await ask(signedPdf(), { kind: 'render', pageIndex: 0, widthsPx: [160] });
    const { data, info } = await sharp(images[0]?.jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
    const level = (x: number, y: number): number => data[y * info.width + x] ?? -1;
    assert.ok(level(80, 80) < 30, 'ink inside the field');
    assert.ok(level(8, 8) > 225, 'paper beside it');
  });

  it('gives sizes before rotation, cut to the crop box', async () => {
    const bytes = plainPdf([
      {},
      { rotate: 90 },
      { rotate: 270, mediaBox: [0, 0, 842, 1191] },
      { mediaBox: [0, 0, 842, 595], cropBox: [50, 50, 700, 500] },
      { mediaBox: [0, 0, 14400, 14400] },
      { mediaBox: [0, 0, 0, 0] },
    ]);
    const { pages } = await ask(bytes, { kind: 'measure' });
    assert.deepEqual(
      pages.map(({ widthPt, heightPt, rotationDeg }) => [widthPt, heightPt, rotationDeg]),
      [
        [595, 842, 0],
        [595, 842, 90],
        [842, 1191, 270],
        [650, 450, 0],
        [14400, 14400, 0],
        [612, 792, 0],
      ],
    );
  });

  it('reads Chinese text that needs a font of the system, with boxes where the reader sees it', async () => {
    const texts = [{ x: 72, y: 700, text: '出院诊断：急性心肌梗死', size: 20 }];
    const { texts: read } = await ask(plainPdf([{ texts }, { texts, rotate: 90 }]), { kind: 'text', from: 0, to: 2 });
    assert.equal(read[0]?.text, '出院诊断：急性心肌梗死');
    const [upright, turned] = read.map(({ runs }) => runs[0]);
    assert.ok(upright && turned);
    assert.ok(Math.abs(upright.x - 72) < 1 && Math.abs(upright.y - (842 - 700 - 18)) < 2);
    assert.ok(Math.abs(upright.width - 11 * 20) < 2 && upright.height < 30);
    // A quarter turn clockwise: the line runs down the right part of the displayed page.
    assert.ok(Math.abs(turned.y - 72) < 1 && turned.height > turned.width);
    assert.equal(turned.text, upright.text);
  });

  it('keeps table cells apart and lines together', async () => {
    const texts = [
      { x: 72, y: 700, text: '白细胞计数' },
      { x: 300, y: 700, text: '13.08' },
      { x: 72, y: 680, text: '血红蛋白' },
    ];
    const { texts: read } = await ask(plainPdf([{ texts }]), { kind: 'text', from: 0, to: 1 });
    assert.deepEqual(
      read[0]?.runs.map(({ text }) => text),
      ['白细胞计数', '13.08', '血红蛋白'],
    );
    assert.equal(read[0]?.text, '白细胞计数 13.08\n血红蛋白');
  });

  it('draws every wanted width upright, with ink where the text is', async () => {
    const bytes = plainPdf([{ rotate: 90, texts: [{ x: 72, y: 700, text: '住院病案首页', size: 40 }] }]);
    const { images } = await ask(bytes, { kind: 'render', pageIndex: 0, widthsPx: [160, 480, 1000, 1600, 2400] });
    for (const { widthPx, jpeg } of images) {
      const { width, height, format } = await sharp(jpeg).metadata();
      assert.deepEqual([width, height, format], [widthPx, Math.round((widthPx * 595) / 842), 'jpeg']);
    }
    const { channels } = await sharp(images[2]?.jpeg).stats();
    assert.ok((channels[0]?.min ?? 255) < 60, 'Chinese glyphs were drawn');
    assert.equal(channels[0]?.max, 255);
  });

  it('names what is wrong with a file, and goes on', async () => {
    const good = plainPdf([{ texts: [{ x: 72, y: 700, text: '正常' }] }]);
    assert.equal(await codeOf(ask(new Uint8Array(), { kind: 'measure' })), 'document-empty');
    assert.equal(await codeOf(ask(good.slice(0, 900), { kind: 'measure' })), 'pdf-malformed');
    assert.equal(await codeOf(ask(new TextEncoder().encode('%PDF-1.7 nothing'), { kind: 'measure' })), 'pdf-malformed');
    const cut = (
      await sharp({ create: { width: 900, height: 900, channels: 3, background: '#888' } })
        .png()
        .toBuffer()
    ).subarray(0, 400);
    assert.equal(await codeOf(ask(cut, { kind: 'measure' }, { mime: 'image/png' })), 'image-malformed');
    assert.equal(await codeOf(ask(good, { kind: 'render', pageIndex: 9, widthsPx: [160] })), 'page-not-found');
    assert.equal(await codeOf(ask(good, { kind: 'measure' })), 'ok');
  });

  it('replaces a thread that hangs; the next task works', async () => {
    const hasty = new PagePool({ size: 1, timeoutMs: 1 });
    try {
      assert.equal(await codeOf(ask(plainPdf([{}]), { kind: 'measure' }, { on: hasty })), 'render-failed');
    } finally {
      hasty.close();
    }
    assert.equal(await codeOf(ask(plainPdf([{}]), { kind: 'measure' })), 'ok');
  });

  it('measures ten thousand pages without drawing one', async () => {
    const { pages } = await ask(plainPdf(Array.from({ length: 10_000 }, () => ({}))), { kind: 'measure' });
    assert.equal(pages.length, 10_000);
    const tooMany = plainPdf(Array.from({ length: 20_001 }, () => ({})));
    assert.equal(await codeOf(ask(tooMany, { kind: 'measure' })), 'pdf-too-large');
  });

  it('shows photographs upright by their EXIF orientation', async () => {
    const image = sharp({ create: { width: 400, height: 200, channels: 3, background: '#c33' } });
    const bytes = await image.jpeg().withMetadata({ orientation: 6, density: 200 }).toBuffer();
    const measured = await ask(bytes, { kind: 'measure' }, { mime: 'image/jpeg' });
    assert.deepEqual(measured.pages, [{ widthPt: 72, heightPt: 144, rotationDeg: 0 }]);
    const { images } = await ask(bytes, { kind: 'render', pageIndex: 0, widthsPx: [160] }, { mime: 'image/jpeg' });
    const { width, height } = await sharp(images[0]?.jpeg).metadata();
    assert.deepEqual([width, height], [160, 320]);
  });

  it('starts no thread once it is closed, even for a file that was still being read', async () => {
    const closing = new PagePool({ size: 1 });
    const task = { kind: 'measure', source: { digest: 'late', mime: 'application/pdf' } } as const;
    const read = (): Promise<Uint8Array> => {
      closing.close();
      return Promise.resolve(plainPdf([{}]));
    };
    assert.equal(await codeOf(closing.run(task, { read })), 'aborted');
  });
});
