import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toGray } from '../kernels/gray.js';
import { loadKernels } from '../kernels/kernels.js';
import { findSkew } from './skew.js';
import { printPage, Sheet, tilted } from './testing/print-page.js';
import { deskew, turn } from './turn.js';

const kernels = await loadKernels();
const page = printPage({ widthPx: 1240, heightPx: 1754, emPx: 42, noise: 4 });

test('skew: the turn that levels the text is found within a tenth of a degree', () => {
  for (const angle of [-4.7, -2.35, -0.6, -0.15, 0, 0.2, 1.05, 3.3, 4.9, 8]) {
    const found = findSkew(kernels, toGray(kernels, tilted(kernels, page, angle)));
    assert.ok(Math.abs(found + angle) <= 0.1, `tilted by ${angle}, turn ${found}`);
  }
});

test('skew: pages on their side, few lines and tables count too', () => {
  const side = toGray(kernels, turn(kernels, tilted(kernels, page, 1.5), 90));
  assert.ok(Math.abs(findSkew(kernels, side) + 1.5) <= 0.1);
  const short = printPage({ widthPx: 1240, heightPx: 1754, emPx: 42, lines: 3 });
  assert.ok(Math.abs(findSkew(kernels, toGray(kernels, tilted(kernels, short, -2))) - 2) <= 0.1);
  const table = new Sheet(1240, 1754, [240, 240, 240]);
  for (let row = 0; row < 12; row += 1) table.fill(150, 200 + row * 100, 900, 3, [30, 30, 30]);
  assert.ok(Math.abs(findSkew(kernels, toGray(kernels, tilted(kernels, table, 2.2))) + 2.2) <= 0.1);
});

test('skew: an empty page has none', () => {
  const empty = printPage({ widthPx: 1240, heightPx: 1754, emPx: 42, lines: 0, noise: 6 });
  assert.equal(findSkew(kernels, toGray(kernels, empty)), 0);
});

test('skew: deskew undoes the tilt', () => {
  const straight = deskew(kernels, tilted(kernels, page, 2), -2);
  assert.ok(Math.abs(findSkew(kernels, toGray(kernels, straight))) <= 0.1);
});
