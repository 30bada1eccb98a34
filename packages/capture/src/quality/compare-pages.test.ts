import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toGray } from '../kernels/gray.js';
import { loadKernels } from '../kernels/kernels.js';
import { printPage, tilted } from '../clean/testing/print-page.js';
import { comparePages } from './compare-pages.js';
import { differenceHash, hashDistance } from './difference-hash.js';
import { qualityLimits } from './limits.js';
import { pageHash } from './page-hash.js';
import { motion } from './motion.js';
import { sharpness } from './sharpness.js';

const kernels = await loadKernels();
const grayOf = (seed: number, tilt = 0) => {
  const page = printPage({ widthPx: 620, heightPx: 877, emPx: 20, seed, noise: 3 });
  return toGray(kernels, tilt === 0 ? page : tilted(kernels, page, tilt));
};

test('hash: the same page taken twice is near, another page is far', () => {
  const hashes = Array.from({ length: 8 }, (_, i) => differenceHash(kernels, grayOf(i + 1)));
  assert.match(hashes[0] ?? '', /^[0-9a-f]{16}$/);
  for (const [i, one] of hashes.entries()) {
    for (const other of hashes.slice(i + 1)) assert.ok(hashDistance(one, other) > 8);
  }
  assert.equal(hashDistance('ffffffffffffffff', '0000000000000001'), 63);
});

test('page hash: another shot of a page is near, other words on the same form are far', () => {
  const shot = (seed: number, noiseSeed: number) => {
    const page = printPage({ widthPx: 620, heightPx: 877, emPx: 20, seed });
    page.shine((x) => 0.97 - 0.02 * x, 3, noiseSeed);
    return pageHash(toGray(kernels, tilted(kernels, page, 0.05)));
  };
  for (const seed of [1, 2, 3]) {
    assert.ok(hashDistance(shot(seed, 5), shot(seed, 6)) <= qualityLimits.nearDuplicateBits / 2);
    assert.ok(hashDistance(shot(seed, 5), shot(seed + 1, 5)) > qualityLimits.nearDuplicateBits + 2);
  }
});

test('compare: the same bytes are a duplicate, nearly the same picture a near-duplicate, others nothing', () => {
  const earlier = [
    { pageId: 'a', sha256: '11', differenceHash: '00ff00ff00ff00ff' },
    { pageId: 'b', sha256: '22', differenceHash: '0f0f0f0f0f0f0f0f' },
  ];
  const issue = (sha256: string, differenceHash: string) =>
    comparePages({ sha256, differenceHash }, earlier).map((found) => [found.issue, found.otherPageId, found.measured]);
  assert.deepEqual(issue('22', 'ffffffffffffffff'), [['duplicate', 'b', 0]]);
  assert.deepEqual(issue('33', '00ff00ff00ff00fe'), [['near-duplicate', 'a', 1]]);
  assert.deepEqual(issue('33', 'ffffffffffffffff'), []);
  assert.deepEqual(comparePages({ sha256: '1', differenceHash: '00' }, []), []);
});

test('motion and sharpness: nothing moved, a page changed; noise alone is no print', () => {
  assert.equal(motion(kernels, grayOf(1), grayOf(1)), 0);
  assert.ok(motion(kernels, grayOf(1), grayOf(2)) > 4);
  assert.equal(motion(kernels, grayOf(1), { widthPx: 1, heightPx: 1, data: new Uint8Array(1) }), 255);
  assert.ok(sharpness(kernels, grayOf(1)) > 0.6);
  const empty = printPage({ widthPx: 620, heightPx: 877, emPx: 20, lines: 0, noise: 5 });
  assert.equal(sharpness(kernels, toGray(kernels, empty)), 0);
});
