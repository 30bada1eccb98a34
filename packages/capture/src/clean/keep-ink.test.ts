import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadKernels } from '../kernels/kernels.js';
import type { BilevelRaster } from '../picture/raster.js';
import { flattenLight } from './flatten.js';
import { keepInk } from './keep-ink.js';
import { printPage, type Sheet } from './testing/print-page.js';

const kernels = await loadKernels();

const isSet = ({ rowBytes, data }: BilevelRaster, x: number, y: number): boolean =>
  ((data[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;

function count(raster: BilevelRaster | undefined): number {
  let total = 0;
  for (const byte of raster?.data ?? []) for (let bits = byte; bits !== 0; bits &= bits - 1) total += 1;
  return total;
}

/** A page of print, sealed in red over its text, signed in blue. */
function sealedPage(light: (x: number, y: number) => number): Sheet {
  const page = printPage({ widthPx: 900, heightPx: 1200, emPx: 40 });
  page.ring(600, 700, 150, 14, [205, 40, 50]);
  for (let i = 0; i < 120; i += 1) page.ring(250 + i * 2, 1150 + Math.round(Math.sin(i / 8) * 20), 4, 4, [40, 60, 150]);
  page.shine(light, 4, 7);
  return page;
}

const lights = {
  even: () => 1,
  dim: () => 0.6,
  shadow: (x: number, y: number) => 0.95 - 0.4 / (1 + Math.exp(14 * (x + y - 0.9))),
};

for (const [name, light] of Object.entries(lights)) {
  test(`ink: a red seal over black text and a blue signature stay, in ${name} light`, () => {
    const page = sealedPage(light);
    const { black, inks, paper } = keepInk(kernels, flattenLight(kernels, page));
    assert.equal(inks.length, 2);
    const [red, blue] = inks;
    assert.ok(red && red.rgb[0] > 150 && red.rgb[1] < 120 && red.rgb[2] < 120, String(red?.rgb));
    assert.ok(blue && blue.rgb[2] > blue.rgb[0] + 50, String(blue?.rgb));
    // The ring has about 2 * pi * 143 * 14 pixels, less where print lies below it.
    assert.ok(count(red.mask) > 9000 && count(red.mask) < 14500, `red ${count(red.mask)}`);
    assert.ok(count(blue.mask) > 1200, `blue ${count(blue.mask)}`);
    // Black print below the seal is black, as on the same page without a seal.
    const plain = printPage({ widthPx: 900, heightPx: 1200, emPx: 40 });
    plain.shine(light, 4, 7);
    const expected = keepInk(kernels, flattenLight(kernels, plain));
    assert.equal(expected.inks.length, 0);
    let [lost, print] = [0, 0];
    for (let y = 540; y < 860; y += 1) {
      for (let x = 440; x < 760; x += 1) {
        if (!isSet(expected.black, x, y)) continue;
        print += 1;
        if (!isSet(black, x, y)) lost += 1;
      }
    }
    assert.ok(print > 2000 && lost < print * 0.02, `${lost} of ${print} lost`);
    assert.ok(
      Math.abs(count(black) - count(expected.black)) < count(expected.black) * 0.03,
      'ink is not printed twice',
    );
    assert.ok(
      paper.data.every((value) => value > 200),
      'the paper holds no ink',
    );
  });
}

test('ink: print with coloured fringes of a lens has no coloured ink', () => {
  const page = printPage({ widthPx: 900, heightPx: 1200, emPx: 40 });
  for (let at = page.data.length - 4; at >= 8; at -= 4) {
    page.data[at] = ((page.data[at] ?? 0) + (page.data[at - 4] ?? 0)) >> 1;
  }
  assert.equal(keepInk(kernels, flattenLight(kernels, page)).inks.length, 0);
});
