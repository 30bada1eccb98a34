// Readers that a computer may have: poppler, MuPDF, qpdf. Where one is missing, its test says so and is skipped.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { loadKernels } from '../kernels/kernels.js';
import { encodeCcittG4, encodeJbig2 } from '../encode/index.js';
import { numbers, rasterOf } from '../encode/testing/bilevel-arbitrary.js';
import type { PageImage } from '../recipe/types.js';
import { assemblePdf } from './assemble-pdf.js';
import { hardLines, sampleImages, samplePage, sampleRequest } from './testing/samples.js';

const folder = mkdtempSync(join(tmpdir(), 'anjuan-readers-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a reader on a file; undefined when it is not installed, which skips the test. */
function ask(t: TestContext, command: string, args: readonly string[]): string | undefined {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error !== undefined) {
    t.skip(`${command} is not installed`);
    return undefined;
  }
  assert.equal(status, 0, stderr);
  return stdout;
}

async function writeSample(name: string, pages = sampleRequest().pages): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, await assemblePdf(sampleRequest({ pages })));
  return path;
}

const filled = (text: string): readonly string[] => text.split(/[\n\f]/).filter((line) => line !== '');

test('readers: poppler copies the text exactly', async (t) => {
  const path = await writeSample('poppler.pdf');
  const text = ask(t, 'pdftotext', ['-l', '1', path, '-']);
  if (text !== undefined) assert.deepEqual(filled(text), hardLines);
});

test('readers: words of widely set lines stay in one line', async (t) => {
  const line = { text: '出院 记录 2026 ABC', x: 40, y: 40, width: 400, height: 16 };
  const [page] = sampleRequest().pages;
  assert.ok(page);
  const path = await writeSample('wide.pdf', [{ ...page, lines: [line] }]);
  for (const [command, ...args] of [
    ['pdftotext', path, '-'],
    ['mutool', 'draw', '-q', '-F', 'txt', path],
  ] as const) {
    const text = ask(t, command, args);
    if (text === undefined) return;
    assert.deepEqual(filled(text), [line.text]);
  }
});

test('readers: MuPDF copies the text exactly', async (t) => {
  const path = await writeSample('mupdf.pdf');
  const text = ask(t, 'mutool', ['draw', '-q', '-F', 'txt', path, '1']);
  if (text !== undefined) assert.deepEqual(filled(text), hardLines);
});

test('readers: qpdf finds no error in any kind of page', async (t) => {
  for (const [name, image] of Object.entries(sampleImages())) {
    const path = await writeSample(`qpdf-${name}.pdf`, [samplePage(image, hardLines), samplePage(image)]);
    const report = ask(t, 'qpdf', ['--check', path]);
    if (report === undefined) return;
    assert.match(report, /No syntax or stream encoding errors found/);
  }
});

const next = numbers(11);
const noisy = rasterOf(
  Array.from({ length: 211 }, (_, y) => Array.from({ length: 333 }, (_, x) => next() < (x * y > 20000 ? 0.5 : 0.03))),
);

/** The same picture as JBIG2 and as Group 4, a page each, one point a pixel. */
async function writePixels(name: string): Promise<string> {
  const kernels = await loadKernels();
  const size = { widthPx: noisy.widthPx, heightPx: noisy.heightPx };
  const pictures: readonly PageImage[] = [
    { codec: 'jbig2', data: encodeJbig2(kernels, noisy), ...size },
    { codec: 'ccitt-g4', data: encodeCcittG4(kernels, noisy), ...size },
  ];
  return writeSample(
    name,
    pictures.map((image) => ({ image, widthPt: size.widthPx, heightPt: size.heightPx })),
  );
}

test('readers: poppler gives every black-and-white pixel back', async (t) => {
  const path = await writePixels('poppler-pixels.pdf');
  if (ask(t, 'pdfimages', [path, join(folder, 'pixels')]) === undefined) return;
  for (const name of ['pixels-000.pbm', 'pixels-001.pbm']) {
    const file = readFileSync(join(folder, name));
    // PBM: 1 is black, rows padded to bytes.
    assert.match(file.toString('latin1', 0, 11), /^P4\n333 211\n$/);
    // poppler fills the 3 bits after the 333 pixels of a row with ones.
    const pixels = Uint8Array.from(file.subarray(11), (byte, i) => (i % 42 === 41 ? byte & 0xf8 : byte));
    assert.deepEqual(pixels, noisy.data);
  }
});

test('readers: MuPDF gives every black-and-white pixel back', async (t) => {
  const path = await writePixels('mupdf-pixels.pdf');
  for (const page of ['1', '2']) {
    const out = join(folder, `pixels-${page}.pgm`);
    if (ask(t, 'mutool', ['draw', '-q', '-A', '0', '-r', '72', '-c', 'gray', '-o', out, path, page]) === undefined)
      return;
    const levels = readFileSync(out).subarray(-333 * 211);
    const rows = Array.from({ length: 211 }, (_, y) =>
      Array.from(levels.subarray(y * 333, y * 333 + 333), (v) => v < 128),
    );
    assert.deepEqual(rasterOf(rows), noisy);
  }
});

test('readers: seal and blue ink are painted in their colours over the paper, black on top', async (t) => {
  const dot = (x: number) => rasterOf([[0, 1, 2, 3].map((at) => at === x)]);
  const kernels = await loadKernels();
  const { seal } = sampleImages();
  if (seal.codec !== 'mrc') assert.fail('the sample has layers');
  const image: PageImage = {
    ...seal,
    widthPx: 4,
    heightPx: 1,
    stencil: encodeJbig2(kernels, dot(0)),
    inks: [
      { stencil: encodeJbig2(kernels, dot(1)), rgb: [200, 30, 40] },
      { stencil: encodeJbig2(kernels, dot(2)), rgb: [20, 40, 180] },
    ],
  };
  const path = await writeSample('seal.pdf', [{ image, widthPt: 96, heightPt: 24 }]);
  if (ask(t, 'pdftoppm', ['-r', '72', '-singlefile', path, join(folder, 'seal')]) === undefined) return;
  const file = readFileSync(join(folder, 'seal.ppm'));
  const pixels = file.subarray(file.length - 96 * 24 * 3);
  const at = (x: number): number[] => [...pixels.subarray((12 * 96 + x) * 3, (12 * 96 + x) * 3 + 3)];
  assert.deepEqual(
    [at(12), at(36), at(60)],
    [
      [0, 0, 0],
      [200, 30, 40],
      [20, 40, 180],
    ],
  );
  assert.ok(
    at(84).every((level) => level > 150),
    `${at(84)}`,
  );
});
