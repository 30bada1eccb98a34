import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadKernels } from '../kernels/kernels.js';
import { closeDark } from './closing.js';
import { findEdges } from './edges.js';
import { shrinkToPlanes } from './planes.js';

const wasm = await loadKernels();
const script = { kind: 'script' } as const;

/** Blocks of colour with noise: edges of every direction. */
const picture = fc.record({
  widthPx: fc.integer({ min: 5, max: 90 }),
  heightPx: fc.integer({ min: 5, max: 40 }),
  seed: fc.nat(1_000_000),
  block: fc.integer({ min: 1, max: 20 }),
});

function paint({ widthPx, heightPx, seed, block }: { widthPx: number; heightPx: number; seed: number; block: number }) {
  const data = new Uint8Array(widthPx * heightPx * 4);
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, at += 4) {
      const cell = Math.imul(
        Math.floor((x + y / 3) / block) * 7919 + Math.floor((y - x / 5) / block) * 104_729 + seed,
        2_654_435_761,
      );
      for (let part = 0; part < 4; part += 1) data[at + part] = ((cell >>> (part * 7)) & 255) ^ ((x * y + part) & 7);
    }
  }
  return { widthPx, heightPx, data };
}

test('detect kernels: compiled and script give the same planes, closing and edges', () => {
  assert.equal(wasm.kind, 'wasm');
  fc.assert(
    fc.property(picture, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }), (shape, factor, radius) => {
      const source = paint(shape);
      const planes = shrinkToPlanes(wasm, source, factor);
      assert.deepEqual(planes, shrinkToPlanes(script, source, factor));
      const closed = closeDark(wasm, planes.luma, planes, radius);
      assert.deepEqual(closed, closeDark(script, planes.luma, planes, radius));
      if (planes.widthPx < 3 || planes.heightPx < 3) return;
      assert.deepEqual(findEdges(wasm, planes, 24), findEdges(script, planes, 24));
    }),
    { numRuns: 150 },
  );
});

test('closing: thin dark lines vanish, a wide dark area and its border stay', () => {
  const size = { widthPx: 40, heightPx: 20 };
  const plane = new Uint8Array(800).fill(200);
  for (let y = 0; y < 20; y += 1) {
    plane.fill(20, y * 40 + 5, y * 40 + 7);
    plane.fill(20, y * 40 + 25, y * 40 + 40);
  }
  const closed = closeDark(wasm, plane, size, 3);
  assert.equal(closed[10 * 40 + 5], 200);
  assert.equal(closed[10 * 40 + 24], 200);
  assert.equal(closed[10 * 40 + 25], 20);
});
