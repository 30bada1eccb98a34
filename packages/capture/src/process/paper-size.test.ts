import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paperOf } from './paper-size.js';

test('paper: with a resolution the format of that size, on either side', () => {
  const dpi = 300;
  const px = (mm: number): number => (mm / 25.4) * dpi;
  assert.deepEqual(paperOf({ widthPx: px(209), heightPx: px(298), dpi }), { width: 210, height: 297 });
  assert.deepEqual(paperOf({ widthPx: px(297), heightPx: px(210), dpi }), { width: 297, height: 210 });
  assert.deepEqual(paperOf({ widthPx: px(148), heightPx: px(210), dpi }), { width: 148, height: 210 });
  assert.deepEqual(paperOf({ widthPx: px(186), heightPx: px(261), dpi }), { width: 185, height: 260 });
  assert.deepEqual(paperOf({ widthPx: px(176), heightPx: px(250), dpi }), { width: 176, height: 250 });
  assert.deepEqual(paperOf({ widthPx: px(85), heightPx: px(54), dpi }), { width: 85.6, height: 53.98 });
});

test('paper: a receipt keeps its measured size', () => {
  const px = (mm: number): number => (mm / 25.4) * 200;
  assert.deepEqual(paperOf({ widthPx: px(80), heightPx: px(170), dpi: 200 }), { width: 80, height: 170 });
});

test('paper: without a resolution the most usual format with such sides', () => {
  assert.deepEqual(paperOf({ widthPx: 2000, heightPx: 2800 }), { width: 210, height: 297 });
  assert.deepEqual(paperOf({ widthPx: 1590, heightPx: 1000 }), { width: 85.6, height: 53.98 });
  const receipt = paperOf({ widthPx: 500, heightPx: 2000 });
  assert.deepEqual(receipt, { width: 74.3, height: 297 });
});
