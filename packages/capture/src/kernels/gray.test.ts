import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toGray } from './gray.js';
import { loadKernels } from './kernels.js';

const wasm = await loadKernels();

test('gray: compiled and script kernels give the same bytes', () => {
  assert.equal(wasm.kind, 'wasm');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.infiniteStream(fc.nat(255)),
      (widthPx, heightPx, noise) => {
        const data = Uint8Array.from({ length: widthPx * heightPx * 4 }, () => noise.next().value);
        const picture = { widthPx, heightPx, data };
        assert.deepEqual(toGray(wasm, picture), toGray({ kind: 'script' }, picture));
      },
    ),
  );
});

test('gray: white is white, black is black, pure colours weigh as the eye does', () => {
  const data = Uint8Array.from([255, 255, 255, 255, 0, 0, 0, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]);
  assert.deepEqual([...toGray(wasm, { widthPx: 5, heightPx: 1, data }).data], [255, 0, 77, 149, 29]);
});
