import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadKernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import { calibrateMat } from './calibrate-mat.js';
import { findPages } from './find-pages.js';
import { mapQuad, quadIou } from './geometry.js';
import { refineQuad } from './refine-quad.js';
import { splitGutter } from './split-gutter.js';
import { drawDesk } from './testing/draw-desk.js';

const kernels = await loadKernels();
const size = { widthPx: 640, heightPx: 480 };
const page: Quad = [
  { x: 150.4, y: 60.2 },
  { x: 470.8, y: 82.5 },
  { x: 500.1, y: 430.7 },
  { x: 120.6, y: 410.3 },
];
const paper = { colour: [240, 240, 236], printed: true } as const;
const found = (quad: Quad): Quad => mapQuad(quad, ({ x, y }) => ({ x: x * size.widthPx, y: y * size.heightPx }));

test('a page lying crooked on a dark desk is found, sure, corners to half a pixel', () => {
  const frame = drawDesk({ ...size, desk: [70, 60, 50], papers: [{ quad: page, ...paper }] });
  const [first, ...others] = findPages(kernels, frame, { mode: 'free-hand' });
  assert.ok(first);
  assert.equal(others.length, 0);
  assert.ok(first.confidence > 0.7);
  found(first.quad).forEach((corner, i) => {
    assert.ok(Math.hypot(corner.x - (page[i]?.x ?? 0), corner.y - (page[i]?.y ?? 0)) < 0.5, `corner ${String(i)}`);
  });
});

test('compiled and script kernels find the same page', () => {
  const frame = drawDesk({ ...size, desk: [40, 90, 60], papers: [{ quad: page, ...paper }] });
  assert.deepEqual(
    findPages(kernels, frame, { mode: 'free-hand' }),
    findPages({ kind: 'script' }, frame, { mode: 'free-hand' }),
  );
});

test('an empty desk and a tiny frame: nothing sure', () => {
  const empty = drawDesk({ ...size, desk: [120, 110, 100], papers: [] });
  assert.ok(findPages(kernels, empty, { mode: 'free-hand' }).every(({ confidence }) => confidence < 0.5));
  const tiny = { widthPx: 8, heightPx: 8, data: new Uint8Array(256) };
  assert.deepEqual(findPages(kernels, tiny, { mode: 'free-hand' }), []);
});

test('mat: two papers of nearly the colour of the desk, each once; nothing on the empty desk', () => {
  const desk = [228, 229, 226] as const;
  const empty = [1, 2, 3].map((seed) => drawDesk({ ...size, desk, papers: [], seed }));
  const mat = calibrateMat(kernels, empty);
  const shift = (by: number): Quad => mapQuad(page, ({ x, y }) => ({ x: x * 0.5 + by, y: y * 0.7 + 40 }));
  const papers = [20, 330].map((by) => ({ quad: shift(by), colour: [243, 243, 240] as const, printed: true }));
  const frame = drawDesk({ ...size, desk, papers, seed: 9 });
  const pages = findPages(kernels, frame, { mode: 'mat', mat });
  assert.equal(pages.length, 2);
  for (const { quad } of papers) assert.ok(pages.some((each) => quadIou(found(each.quad), quad) > 0.95));
  assert.deepEqual(findPages(kernels, drawDesk({ ...size, desk, papers: [], seed: 5 }), { mode: 'mat', mat }), []);
});

test('mat: calibration without a frame is refused', () => {
  assert.throws(() => calibrateMat(kernels, []), { code: 'invalid-argument' });
});

test('refinement moves sides that are some pixels off onto the edges', () => {
  const frame = drawDesk({ ...size, desk: [60, 70, 80], papers: [{ quad: page, ...paper }] });
  const off = mapQuad(page, ({ x, y }) => ({ x: x + (x > 300 ? 3 : -4), y: y + (y > 200 ? -3 : 2) }));
  refineQuad(kernels, frame, off).forEach((corner, i) => {
    assert.ok(Math.hypot(corner.x - (page[i]?.x ?? 0), corner.y - (page[i]?.y ?? 0)) < 0.4);
  });
});

test('gutter: the dark fold is found, a plain page says it has none', () => {
  const spread = drawDesk({ ...size, desk: [235, 235, 230], papers: [] });
  for (let y = 0; y < size.heightPx; y += 1) {
    for (let x = 270; x < 330; x += 1) {
      const dark = Math.round(70 * Math.exp(-(((x - 300) / 12) ** 2)));
      for (let part = 0; part < 3; part += 1) {
        const at = (y * size.widthPx + x) * 4 + part;
        spread.data[at] = Math.max(0, (spread.data[at] ?? 0) - dark);
      }
    }
  }
  const fold = splitGutter(kernels, spread);
  assert.ok(Math.abs(fold.leftShare - 300 / 640) < 0.01);
  assert.ok(fold.confidence > 0.6);
  const plain = drawDesk({ ...size, desk: [235, 235, 230], papers: [] });
  assert.ok(splitGutter(kernels, plain).confidence < 0.4);
});
