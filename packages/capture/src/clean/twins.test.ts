import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toGray } from '../kernels/gray.js';
import { loadKernels } from '../kernels/kernels.js';
import type { GrayRaster, RgbaRaster } from '../picture/raster.js';
import { binarize } from './binarize.js';
import { halveGray, halveRgba } from './downscale.js';
import { flattenGray, flattenLight } from './flatten.js';
import { resample, resampleGray, warpPage } from './warp.js';

const wasm = await loadKernels();
const script = { kind: 'script' } as const;

/** Bytes of a small generator: the same seed gives the same picture. */
function noise(count: number, seed: number): Uint8Array {
  let state = seed >>> 0 || 1;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

const sizes = fc.record({
  widthPx: fc.integer({ min: 2, max: 90 }),
  heightPx: fc.integer({ min: 2, max: 70 }),
  seed: fc.nat(),
});
const pictures = sizes.map(({ widthPx, heightPx, seed }): RgbaRaster => {
  return { widthPx, heightPx, data: noise(widthPx * heightPx * 4, seed) };
});
const grays = sizes.map(({ widthPx, heightPx, seed }): GrayRaster => {
  return { widthPx, heightPx, data: noise(widthPx * heightPx, seed) };
});
const corner = fc.record({
  x: fc.double({ min: -60, max: 150, noNaN: true }),
  y: fc.double({ min: -60, max: 150, noNaN: true }),
});
const targets = fc.record({ widthPx: fc.integer({ min: 1, max: 150 }), heightPx: fc.integer({ min: 1, max: 90 }) });

test('warp: compiled and script kernels give the same bytes for any quad, also a folded one', () => {
  assert.equal(wasm.kind, 'wasm');
  fc.assert(
    fc.property(pictures, fc.tuple(corner, corner, corner, corner), targets, (picture, quad, size) => {
      assert.deepEqual(warpPage(wasm, picture, quad, size).data, warpPage(script, picture, quad, size).data);
    }),
  );
});

test('warp: the gray warp is the luma of the colour warp', () => {
  fc.assert(
    fc.property(pictures, targets, fc.boolean(), (picture, size, compiled) => {
      const matrix = [0.7, 0.1, 3, -0.1, 0.8, 2, 0.0005, 0.0002, 1] as const;
      const kernels = compiled ? wasm : script;
      const gray = resampleGray(kernels, picture, matrix, size);
      assert.deepEqual(gray.data, toGray(wasm, resample(wasm, picture, matrix, size)).data);
    }),
  );
});

test('halving, flattening and the threshold: compiled and script kernels give the same bytes', () => {
  fc.assert(
    fc.property(pictures, grays, fc.integer({ min: 1, max: 20 }), (picture, gray, radius) => {
      const windowPx = 2 * radius + 1;
      assert.deepEqual(halveRgba(wasm, picture).data, halveRgba(script, picture).data);
      assert.deepEqual(halveGray(wasm, gray).data, halveGray(script, gray).data);
      assert.deepEqual(flattenLight(wasm, picture).data, flattenLight(script, picture).data);
      assert.deepEqual(flattenGray(wasm, gray).data, flattenGray(script, gray).data);
      assert.deepEqual(binarize(wasm, gray, { windowPx }).data, binarize(script, gray, { windowPx }).data);
    }),
  );
});
