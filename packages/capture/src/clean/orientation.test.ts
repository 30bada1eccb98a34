import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toGray } from '../kernels/gray.js';
import { loadKernels } from '../kernels/kernels.js';
import { findOrientation } from './orientation.js';
import { printPage } from './testing/print-page.js';
import { turn } from './turn.js';

const kernels = await loadKernels();

test('orientation: a page laid down any way round is turned upright', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const page = printPage({ widthPx: 1240, heightPx: 1754, emPx: 30, seed, noise: 3 });
    for (const laid of [0, 90, 180, 270] as const) {
      const { rotationDeg, confidence } = findOrientation(kernels, toGray(kernels, turn(kernels, page, laid)));
      assert.equal((rotationDeg + laid) % 360, 0, `seed ${seed} laid ${laid}, turned ${rotationDeg}`);
      assert.ok(confidence > 0.3);
    }
  }
});

test('orientation: without text nothing is turned', () => {
  const page = printPage({ widthPx: 1240, heightPx: 1754, emPx: 30, lines: 0, noise: 5 });
  assert.deepEqual(findOrientation(kernels, toGray(kernels, page)), { rotationDeg: 0, confidence: 0 });
});
