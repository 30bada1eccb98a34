import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadKernels } from '../kernels/kernels.js';
import { encodeCcittG4 } from './ccitt-g4.js';
import { encodeJbig2 } from './jbig2.js';
import { bilevelRasters, numbers, rasterOf } from './testing/bilevel-arbitrary.js';
import { decodeJbig2 } from './testing/pdfjs-decoder.js';

const wasm = await loadKernels();
const script = { kind: 'script' } as const;
const rows = (heightPx: number, row: (y: number) => boolean[]): boolean[][] =>
  Array.from({ length: heightPx }, (_, y) => row(y));

test('jbig2: a reader gets every pixel back', async () => {
  assert.equal(wasm.kind, 'wasm');
  await fc.assert(
    fc.asyncProperty(bilevelRasters(), async (picture) => {
      const decoded = await decodeJbig2(encodeJbig2(wasm, picture), picture.widthPx, picture.heightPx);
      assert.deepEqual(decoded, picture);
    }),
    { numRuns: 200 },
  );
});

test('jbig2: compiled and script kernels give the same bytes', () => {
  fc.assert(
    fc.property(bilevelRasters(), (picture) => {
      assert.deepEqual(encodeJbig2(wasm, picture), encodeJbig2(script, picture));
    }),
    { numRuns: 200 },
  );
});

test('jbig2: one pixel, white and black', async () => {
  for (const black of [false, true]) {
    const picture = rasterOf([[black]]);
    assert.deepEqual(await decodeJbig2(encodeJbig2(wasm, picture), 1, 1), picture);
  }
});

test('jbig2: noise that outgrows the first piece of memory comes back', async () => {
  const next = numbers(5);
  const picture = rasterOf(rows(1024, () => Array.from({ length: 1021 }, () => next() < 0.5)));
  const bytes = encodeJbig2(wasm, picture);
  assert.ok(bytes.length > 2 * 65536 - 8192, `${bytes.length}`);
  assert.deepEqual(bytes, encodeJbig2(script, picture));
  assert.deepEqual(await decodeJbig2(bytes, picture.widthPx, picture.heightPx), picture);
});

test('jbig2: dirty padding changes nothing, and the picture given stays as it was', () => {
  const clean = rasterOf(rows(6, (y) => [true, false, y % 2 === 0, true, false]));
  const dirty = { ...clean, data: clean.data.map((byte) => byte | 0x07) };
  const before = dirty.data.slice();
  for (const kernels of [wasm, script]) assert.deepEqual(encodeJbig2(kernels, dirty), encodeJbig2(kernels, clean));
  assert.deepEqual(dirty.data, before);
});

test('jbig2: a row that repeats costs almost nothing', () => {
  const next = numbers(9);
  const noise = Array.from({ length: 800 }, () => next() < 0.5);
  const repeated = encodeJbig2(wasm, rasterOf(rows(200, () => noise)));
  assert.ok(repeated.length < 260, `${repeated.length} bytes`);
});

test('jbig2: page information and one lossless generic region, nothing else', () => {
  const bytes = encodeJbig2(wasm, rasterOf(rows(3, () => [true, false, true])));
  const view = new DataView(bytes.buffer);
  assert.deepEqual([view.getUint8(4), view.getUint32(7), view.getUint32(11), view.getUint32(15)], [48, 19, 3, 3]);
  assert.deepEqual([view.getUint32(30), view.getUint8(34), view.getUint32(37)], [1, 39, bytes.length - 41]);
  assert.deepEqual([...bytes.subarray(58, 67)], [0x08, 3, 0xff, 0xfd, 0xff, 2, 0xfe, 0xfe, 0xfe]);
  assert.deepEqual([...bytes.subarray(-2)], [0xff, 0xac]);
});

test('encoders refuse a raster whose bytes do not fit its size', () => {
  const whole = rasterOf([[true, false, true]]);
  const bad = [
    { ...whole, widthPx: 0 },
    { ...whole, heightPx: 2 },
    { ...whole, rowBytes: 2 },
    { ...whole, widthPx: Number.NaN },
    { ...whole, data: new Uint8Array(0) },
  ];
  for (const picture of bad) {
    for (const encode of [encodeJbig2, encodeCcittG4]) {
      assert.throws(() => encode(wasm, picture), { name: 'AnjuanError', code: 'invalid-argument' });
    }
  }
});
