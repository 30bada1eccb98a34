import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { serialize } from '../pdf/write/index.js';
import {
  isArray,
  isDict,
  isRef,
  pdfDict,
  pdfName,
  pdfRef,
  type NewObject,
  type PdfDict,
  type PdfObject,
  type PdfRef,
} from '../pdf/objects.js';
import { fitText } from './fit-text.js';
import {
  loadSignatureFont,
  openSignatureFont,
  POINTS_PER_MM,
  rotateAppearance,
  sealAppearance,
  sealDrawing,
  sealFromSvgPath,
  sealSvg,
  SIGNATURE_FONT_PATH,
  signatureAppearance,
  visibleSignature,
  type FormAppearance,
} from './index.js';

const require = createRequire(import.meta.url);
const fontFile = readFileSync(
  join(require.resolve('@embedpdf/fonts-sc'), '../../fonts', SIGNATURE_FONT_PATH.split('/').pop() ?? ''),
);
const font = await openSignatureFont(fontFile);
const words = {
  name: '王小明',
  meaning: '审核',
  reason: '出院记录审核后确认无误，同意归档',
  time: '2026-03-02T09:12:33+08:00',
};
const code = (expected: string, reason?: string) => (error: unknown) =>
  AnjuanError.is(error) && error.code === expected && (reason === undefined || error.details['reason'] === reason);

/** A one-page file that shows the drawing at its size, whole page. */
function asPdf(drawing: FormAppearance): Uint8Array {
  const objects: NewObject[] = [null, null, null, null, ...drawing.parts, drawing.form];
  const moved = (value: PdfObject): PdfObject => {
    if (isRef(value)) return value.number < 0 ? pdfRef(4 - value.number) : value;
    if (isArray(value)) return value.map(moved);
    return isDict(value) ? movedDict(value) : value;
  };
  const movedDict = (dict: PdfDict): PdfDict => ({
    type: 'dict',
    entries: new Map([...dict.entries].map(([key, value]) => [key, moved(value)])),
  });
  const box = [0, 0, drawing.widthPt, drawing.heightPt];
  const ref: PdfRef = pdfRef(objects.length);
  objects[0] = pdfDict({ Type: pdfName('Catalog'), Pages: pdfRef(2) });
  objects[1] = pdfDict({ Type: pdfName('Pages'), Kids: [pdfRef(3)], Count: 1 });
  const annotation = pdfDict({
    Type: pdfName('Annot'),
    Subtype: pdfName('Stamp'),
    F: 4,
    Rect: box,
    AP: pdfDict({ N: ref }),
  });
  objects[2] = pdfDict({ Type: pdfName('Page'), Parent: pdfRef(2), MediaBox: box, Annots: [pdfRef(4)] });
  objects[3] = annotation;
  let text = '%PDF-1.7\n';
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(text.length);
    const isNew = typeof object === 'object' && object !== null && 'type' in object && object.type === 'new-stream';
    const whole = isNew ? { ...object, dict: movedDict(object.dict) } : moved(object as PdfObject);
    text += `${index + 1} 0 obj\n${Buffer.from(serialize(whole)).toString('latin1')}\nendobj\n`;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'anjuan-appearance-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of the oracle tier on the file; undefined when it is not installed. */
function oracle(drawing: FormAppearance, program: string, args: (path: string) => string[]): Buffer | undefined {
  const path = join(folder, 'drawing.pdf');
  writeFileSync(path, asPdf(drawing));
  const { status, stdout, error } = spawnSync(program, args(path), { maxBuffer: 1 << 26 });
  if (error) return undefined;
  assert.equal(status, 0, `${program} refuses the file`);
  return stdout;
}

/** Grey pixels of the drawing, one byte each. */
function shown(drawing: FormAppearance, program: 'pdftoppm' | 'mutool'): { width: number; pixels: Buffer } | undefined {
  const args = { pdftoppm: ['-gray', '-r', '72'], mutool: ['draw', '-q', '-c', 'gray', '-r', '72', '-F', 'pgm'] };
  const image = oracle(drawing, program, (path) =>
    program === 'mutool' ? [...args.mutool, '-o', '-', path] : [...args.pdftoppm, path],
  );
  if (!image) return undefined;
  const [head = ''] = /^P5\s(?:#[^\n]*\n)?\d+\s+\d+\s+\d+\s/.exec(image.toString('latin1', 0, 100)) ?? [];
  const [width = 0] = (/(\d+)\s+\d+\s+255/.exec(head) ?? []).slice(1).map(Number);
  return { width, pixels: image.subarray(head.length) };
}

const inked = (pixels: Uint8Array): number => pixels.filter((pixel) => pixel < 200).length;

describe('visible signatures', () => {
  it('give their text to whoever searches or copies, character for character', async (t) => {
    const drawing = await signatureAppearance({ widthMm: 70, heightMm: 25, text: words, testMark: false, font });
    const pdftotext = oracle(drawing, 'pdftotext', (path) => [path, '-'])?.toString();
    if (pdftotext === undefined) return t.skip('pdftotext is not installed');
    const said = pdftotext.replace(/\s+/g, '');
    for (const part of ['王小明', '含义：审核', '原因：出院记录审核后确认无误，同意归档', '时间：2026-03-0209:12']) {
      assert.ok(said.includes(part), `${part} in ${said}`);
    }
    const mutool = oracle(drawing, 'mutool', (path) => ['draw', '-q', '-F', 'txt', path])?.toString();
    if (mutool !== undefined) assert.ok(mutool.includes('王小明'));
  });

  it('embed every font they use, and stay small', async (t) => {
    const drawing = await signatureAppearance({ widthMm: 70, heightMm: 25, text: words, testMark: true, font });
    const sizes = drawing.parts.map((part) => serialize(part).byteLength);
    assert.ok(sizes.reduce((sum, size) => sum + size, serialize(drawing.form).byteLength) < 15_000);
    const fonts = oracle(drawing, 'pdffonts', (path) => [path])?.toString();
    if (fonts === undefined) return t.skip('pdffonts is not installed');
    const [, , ...rows] = fonts.trim().split('\n');
    assert.ok(rows.every((row) => /CID Type 0C\s+Identity-H\s+yes yes yes/.test(row)));
  });

  for (const program of ['pdftoppm', 'mutool'] as const) {
    it(`look like something in ${program}, and like nothing when there is nothing to show`, async (t) => {
      const size = { widthMm: 60, heightMm: 20, font };
      const full = shown(await signatureAppearance({ ...size, text: words, testMark: false }), program);
      if (!full) return t.skip(`${program} is not installed`);
      assert.ok(inked(full.pixels) > 200);
      const empty = shown(await signatureAppearance({ ...size, text: { name: ' \n' }, testMark: false }), program);
      assert.equal(inked(empty?.pixels ?? Buffer.from([0])), 0);
    });
  }

  it('draw handwriting inside their box, the right way up, also on a page that is turned', async (t) => {
    // A thick stroke in the upper left and a thin one in the lower right of the pad.
    const rectangle = (left: number, top: number, right: number, bottom: number): readonly [number, number][] => [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ];
    const inkOutlines = [rectangle(0, 0, 2000, 600), rectangle(3800, 1990, 4000, 2000)];
    const upright = await signatureAppearance({ widthMm: 40, heightMm: 20, inkOutlines, testMark: false });
    const turned = rotateAppearance(upright, 90);
    assert.equal(rotateAppearance(upright, 0), upright);
    assert.deepEqual([turned.widthPt, turned.heightPt], [upright.heightPt, upright.widthPt]);
    const [image, left] = [shown(upright, 'pdftoppm'), shown(turned, 'pdftoppm')];
    if (!image || !left) return t.skip('pdftoppm is not installed');
    const half = image.pixels.length / 2;
    assert.ok(inked(image.pixels.subarray(0, half)) > 10 * inked(image.pixels.subarray(half)));
    const heavy = left.pixels.filter((_, at) => at % left.width < left.width / 2);
    assert.ok(inked(heavy) > 10 * (inked(left.pixels) - inked(heavy)));
  });

  it('draw the ink of the pad as vectors', async (t) => {
    const samples = Array.from({ length: 50 }, (_, index) => ({
      ...{ x: 500 + index * 100, y: 1500 + Math.round(800 * Math.sin(index / 4)), t: index * 5000, f: 40_000 },
    }));
    const ink = {
      ...{ schema: 'ink/1' as const, width: 6000, height: 3000, device: { kind: 'pen' as const } },
      strokes: [{ samples }],
    };
    const drawing = await signatureAppearance({ widthMm: 50, heightMm: 20, ink, testMark: false });
    assert.deepEqual(drawing.parts, []);
    const image = shown(drawing, 'mutool');
    if (!image) return t.skip('mutool is not installed');
    assert.ok(inked(image.pixels) > 100);
  });

  it('say visibly that a key is a test key, in both languages', async (t) => {
    const size = { widthMm: 50, heightMm: 20, font };
    const said = oracle(await signatureAppearance({ ...size, testMark: true }), 'pdftotext', (path) => [
      '-raw',
      path,
      '-',
    ]);
    if (!said) return t.skip('pdftotext is not installed');
    assert.match(said.toString().replace(/\s+/g, ''), /测试TEST/);
  });

  it('never show a time as if it were local, and refuse what is no time', async (t) => {
    const at = (time: string) =>
      signatureAppearance({ widthMm: 70, heightMm: 10, text: { time }, testMark: false, font });
    const read = async (time: string) => oracle(await at(time), 'pdftotext', (path) => [path, '-'])?.toString();
    await assert.rejects(at('tomorrow'), code('invalid-argument', 'time'));
    const utc = await read('2026-03-02T01:12:33Z');
    if (utc === undefined) return t.skip('pdftotext is not installed');
    assert.match(utc, /2026-03-02 01:12 UTC/);
    assert.match((await read('2026-03-02')) ?? '', /2026-03-02\s/);
    assert.doesNotMatch((await read('2026-03-02T09:12+08:00')) ?? '', /\+/);
  });

  it('are drawn while signing: name and time of the signature, upright on turned pages, test keys marked', async (t) => {
    const draw = visibleSignature({ font, meaning: '审核' });
    const context = {
      subjectName: '王小明',
      time: Date.UTC(2026, 2, 2, 1, 12),
      widthPt: 60,
      heightPt: 180,
      rotate: 90,
    };
    const drawing = await draw({ ...context, identity: { test: false } });
    assert.deepEqual([Math.round(drawing.widthPt), Math.round(drawing.heightPt)], [60, 180]);
    const marked = await draw({ ...context, rotate: 0, identity: { test: true } });
    const read = (one: FormAppearance) => oracle(one, 'pdftotext', (path) => ['-raw', path, '-'])?.toString();
    const said = read(drawing)?.replace(/\s+/g, '');
    if (said === undefined) return t.skip('pdftotext is not installed');
    for (const part of ['王小明', '审核', '2026-03-0209:12']) assert.ok(said.includes(part), `${part} in ${said}`);
    assert.doesNotMatch(said, /TEST/);
    assert.match(read(marked) ?? '', /测/);
    const elsewhere = visibleSignature({ font, offsetMinutes: -210 });
    const far = await elsewhere({ ...context, widthPt: 200, heightPt: 60, rotate: 0, identity: { test: false } });
    assert.match(read(far) ?? '', /2026-03-01 21:42 -03:30/);
  });

  it('refuse sizes that are none and text without a font', async () => {
    const nothing = { text: words, testMark: false };
    await assert.rejects(
      signatureAppearance({ widthMm: 0, heightMm: 5, ...nothing }),
      code('invalid-argument', 'size'),
    );
    await assert.rejects(
      signatureAppearance({ widthMm: NaN, heightMm: 5, ...nothing }),
      code('invalid-argument', 'size'),
    );
    await assert.rejects(
      signatureAppearance({ widthMm: 9, heightMm: 5, ...nothing }),
      code('invalid-argument', 'font-needed'),
    );
  });
});

describe('text in a box', () => {
  const width = (text: string): number => [...text].reduce((sum, one) => sum + (one < '\u2000' ? 0.55 : 1), 0);

  it('never crosses it, whatever the words and the size', () => {
    const texts = ['王', '王小明', 'A very long English reason for signing', '原因：'.repeat(30), ''];
    for (const first of texts) {
      for (const second of texts) {
        for (const [widthMm, heightMm] of [
          [2, 2],
          [10, 3],
          [30, 8],
          [60, 20],
          [15, 60],
        ] as const) {
          // prettier-ignore
          const lines = [first, second].filter(Boolean).map((text) => ({ text, ratio: text === first ? 1.35 : 1 }));
          for (const line of fitText(lines, { widthMm, heightMm }, width)) {
            assert.ok(width(line.text) * line.sizeMm <= widthMm + 1e-6, `${line.text} in ${widthMm}`);
            assert.ok(line.yMm - 0.12 * line.sizeMm >= -1e-6 && line.yMm + 0.88 * line.sizeMm <= heightMm + 1e-6);
          }
        }
      }
    }
  });

  it('keeps all words where there is room, and marks what it left out where there is none', () => {
    const lines = [{ text: '出院记录审核后确认无误同意归档', ratio: 1 }];
    const roomy = fitText(lines, { widthMm: 20, heightMm: 12 }, width);
    assert.equal(roomy.map((line) => line.text).join(''), lines[0]?.text);
    assert.ok(roomy.length > 1);
    const tight = fitText(lines, { widthMm: 12, heightMm: 3 }, width);
    assert.equal(tight.length, 1);
    assert.match(tight[0]?.text ?? '', /^出院.*…$/);
  });
});

describe('the font', () => {
  const serve = (status: number, body: Uint8Array) => () =>
    Promise.resolve(new Response(new Uint8Array(body), { status }));

  it('is loaded once from the assets, and its absence has a name', async () => {
    const asked: string[] = [];
    const fetch = (url: RequestInfo | URL) => {
      asked.push(String(url));
      return serve(200, fontFile)();
    };
    const first = await loadSignatureFont({ assetsUrl: 'https://host/assets/', fetch });
    assert.equal(await loadSignatureFont({ assetsUrl: 'https://host/assets/', fetch }), first);
    assert.deepEqual(asked, [`https://host/assets/${SIGNATURE_FONT_PATH}`]);
    const absent = { assetsUrl: 'https://host/absent/' };
    await assert.rejects(loadSignatureFont({ ...absent, fetch: serve(404, Buffer.from('')) }), code('assets-missing'));
    await assert.rejects(
      loadSignatureFont({ ...absent, fetch: serve(200, Buffer.from('<html>')) }),
      code('assets-missing'),
    );
    await assert.rejects(
      loadSignatureFont({ ...absent, fetch: () => Promise.reject(new TypeError('offline')) }),
      code('assets-missing'),
    );
    const signal = AbortSignal.abort();
    const aborted = () => Promise.reject(new DOMException('', 'AbortError'));
    await assert.rejects(loadSignatureFont({ ...absent, fetch: aborted, signal }), code('aborted'));
  });

  it('tells which characters it cannot draw, and still lets them be copied', async (t) => {
    assert.deepEqual(font.missing('王𠮷明𠮷'), ['𠮷']);
    const drawing = await signatureAppearance({
      widthMm: 40,
      heightMm: 10,
      text: { name: '王𠮷明' },
      testMark: false,
      font,
    });
    const said = oracle(drawing, 'pdftotext', (path) => [path, '-'])?.toString();
    if (said === undefined) return t.skip('pdftotext is not installed');
    assert.match(said, /王𠮷明/);
  });

  it('is refused in words when it is damaged, at every cut', async () => {
    for (let length = 0; length < 4000; length += 97) {
      await assert.rejects(openSignatureFont(fontFile.subarray(0, length)), code('invalid-argument'));
    }
  });
});

describe('seals', () => {
  it('let the text under them be read: white stays white, red is red', async (t) => {
    const seal = sealDrawing({ shape: 'round', organisation: '和安市第一人民医院', bottomText: '病历专用章', font });
    const drawing = await sealAppearance({ seal });
    assert.deepEqual([seal.widthMm, seal.heightMm], [40, 40]);
    assert.ok(Math.abs(drawing.widthPt - 40 * POINTS_PER_MM) < 0.01);
    const image = shown(drawing, 'pdftoppm');
    if (!image) return t.skip('pdftoppm is not installed');
    const share = inked(image.pixels) / image.pixels.length;
    assert.ok(share > 0.1 && share < 0.4, `${share} of the seal is ink`);
  });

  it('keep every part inside their outline, however long the name', () => {
    const organisation = '和安市新区第一人民医院东院区医务管理与病案统计部出院证明办公室';
    for (const shape of ['round', 'oval', 'square'] as const) {
      const seal = sealDrawing({ shape, organisation, bottomText: organisation, number: '9901010012345', font });
      for (const { steps, strokeMm } of seal.figures) {
        if (strokeMm !== undefined) continue;
        for (const [, ...ends] of steps) {
          for (let at = 0; at + 1 < ends.length; at += 2) {
            const x = (ends[at] ?? 0) / (seal.widthMm / 2) - 1;
            const y = (ends[at + 1] ?? 0) / (seal.heightMm / 2) - 1;
            assert.ok(shape === 'square' ? Math.max(Math.abs(x), Math.abs(y)) < 1 : Math.hypot(x, y) < 1);
          }
        }
      }
    }
    assert.throws(() => sealDrawing({ shape: 'round', organisation: '', font }), code('invalid-argument', 'seal-text'));
  });

  it('can be shown on a screen: the same figures, y down, and read back as they were', () => {
    const seal = sealDrawing({ shape: 'square', organisation: '<&印', font });
    const svg = sealSvg(seal);
    assert.match(svg, /^<svg [^>]*width="20mm"[^>]*viewBox="0 0 20 20"><title>&#60;&#38;印<\/title>/);
    const paths = [...svg.matchAll(/fill="rgb\(200,30,30\)" d="([^"]+)"/g)].map(([, d = '']) => d);
    assert.equal(paths.length, 3);
    const again = sealFromSvgPath({ d: paths[2] ?? '', viewBox: [0, 0, 20, 20], widthMm: 20 });
    const [was, is] = [seal.figures[3]?.steps.flat() ?? [], again.figures[0]?.steps.flat() ?? []];
    assert.equal(is.length, was.length);
    was.forEach((part, at) => {
      if (typeof part === 'string') assert.equal(is[at], part);
      else assert.ok(Math.abs(part - Number(is[at])) < 0.001);
    });
  });

  it('are read from SVG paths with every command, and refused when the path is none', () => {
    const d = 'M10 10h80v80H10V10zm5 5l5 5c1 1 2 2 3 3s2 2 3 3q1 1 2 2t3 3a5 5 0 01 5 5A 3 2 30 1 0 50 50Z';
    const seal = sealFromSvgPath({ d, viewBox: [0, 0, 100, 50], widthMm: 40 });
    assert.equal(seal.heightMm, 20);
    assert.deepEqual(seal.figures[0]?.steps[0], ['M', 4, 16]);
    for (const bad of ['', 'L 1 1', 'M 1', 'M 1 1 X', 'M 1 1 A 1 1 0 2 0 3 3', `M${'1 1 '.repeat(300_000)}`]) {
      assert.throws(
        () => sealFromSvgPath({ d: bad, viewBox: [0, 0, 1, 1], widthMm: 1 }),
        code('seal-picture-unsupported'),
      );
    }
  });
});
