import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toGray } from '../kernels/gray.js';
import { loadKernels } from '../kernels/kernels.js';
import { printPage, seeded, type Sheet, tilted, type PrintOptions } from '../clean/testing/print-page.js';
import { findSkew } from '../clean/skew.js';
import type { RgbaRaster } from '../picture/raster.js';
import type { QualityIssue } from '../recipe/types.js';
import { checkPage, type CheckInput } from './check-page.js';

const kernels = await loadKernels();
/** A5 at 150 dpi. */
const size = { widthPx: 874, heightPx: 1240, emPx: 26 };

const variants = {
  office: { noise: 2 },
  yellow: { paper: [236, 224, 196], noise: 3 },
  dim: { noise: 4, light: () => 0.62 },
  slope: { noise: 3, light: (x: number, y: number) => 0.95 - 0.25 * x - 0.1 * y },
  shadow: { noise: 3, light: (x: number, y: number) => 0.92 - 0.35 / (1 + Math.exp(16 * (x - y))) },
  pencil: { ink: [120, 118, 122], noise: 2 },
  scanner: { paper: [255, 255, 255], ink: [10, 10, 10], noise: 0 },
} as const satisfies Record<string, Partial<PrintOptions>>;

/** Those that each defect is tried on. */
const spoilt = ['shadow', 'scanner'];

const pageOf = (variant: Partial<PrintOptions>, seed = 3): Sheet => printPage({ ...size, seed, ...variant });

function issues(picture: RgbaRaster, more: Partial<CheckInput> = {}): QualityIssue[] {
  const gray = toGray(kernels, picture);
  const look = { colour: picture, gray, dpi: 150 };
  const residualSkewDeg = findSkew(kernels, gray);
  return checkPage(kernels, { look, dpi: 300, residualSkewDeg, ...more }).map(({ issue }) => issue);
}

/** Gaussian-like blur: a mean over `side` pixels, twice, along one or both directions. */
function blurred(picture: RgbaRaster, side: number, both = true): RgbaRaster {
  const { widthPx, heightPx } = picture;
  let data = picture.data;
  const pass = (step: number, length: number, lines: number, lineStep: number): void => {
    const out = new Uint8Array(data);
    for (let line = 0; line < lines; line += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const start = line * lineStep * 4 + channel;
        let sum = 0;
        for (let i = 0; i < length + side; i += 1) {
          sum += data[start + Math.min(i, length - 1) * step * 4] ?? 0;
          if (i >= side) sum -= data[start + (i - side) * step * 4] ?? 0;
          const to = i - (side >> 1);
          if (i >= side - 1 && to < length) out[start + to * step * 4] = Math.round(sum / side);
        }
      }
    }
    data = out;
  };
  for (let round = 0; round < 2; round += 1) {
    pass(1, widthPx, heightPx, widthPx);
    if (both) pass(widthPx, heightPx, widthPx, 1);
  }
  return { widthPx, heightPx, data };
}

/** Adds light to each pixel. */
function shone(picture: RgbaRaster, shine: (x: number, y: number) => number): RgbaRaster {
  const data = new Uint8Array(picture.data);
  for (let y = 0, at = 0; y < picture.heightPx; y += 1) {
    for (let x = 0; x < picture.widthPx; x += 1, at += 4) {
      const more = shine(x, y);
      for (let i = 0; i < 3; i += 1) data[at + i] = Math.max(0, Math.min(255, (data[at + i] ?? 0) + more));
    }
  }
  return { ...picture, data };
}

for (const [name, variant] of Object.entries<Partial<PrintOptions>>(variants)) {
  test(`checks: good pages are silent, blank and spoilt ones are not: ${name}`, () => {
    assert.deepEqual(issues(pageOf(variant, 1)), []);
    assert.deepEqual(issues(pageOf({ ...variant, lines: 3 })), [], 'few lines');
    assert.deepEqual(issues(pageOf({ ...variant, lines: 0 })), ['blank']);
    if (!spoilt.includes(name)) return;
    const page = pageOf(variant);
    assert.ok(issues(blurred(page, 7)).includes('blur'), 'out of focus');
    assert.ok(issues(blurred(page, 9, false)).includes('blur'), 'shaken');
    assert.ok(issues(tilted(kernels, page, 1.6)).includes('skew'), 'skew');
    const wave = shone(page, (x, y) => 7 * Math.sin(0.5 * x + 0.35 * y));
    // On paper without any tone, half of each wave is cut off by white.
    assert.ok(issues(wave).includes('moire'), 'moire');
    if (name !== 'scanner') {
      const lamp = shone(page, (x, y) => 260 * Math.exp(-((x - 400) ** 2 + (y - 600) ** 2) / 90 ** 2));
      assert.ok(issues(lamp).includes('glare'), 'glare');
    }
    const night = pageOf({ ...variant, light: () => 0.25 });
    assert.ok(issues(night).includes('dark'), 'dark');
  });
}

test('checks: small marks make a page no longer blank, dust does not', () => {
  const dusty = pageOf({ lines: 0, noise: 3 });
  const random = seeded(9);
  for (let i = 0; i < 20; i += 1) dusty.fill(random() * 874, random() * 1240, 2, 2, [60, 60, 60]);
  assert.deepEqual(issues(dusty), ['blank']);
  dusty.fill(400, 600, 30, 4, [40, 40, 120]);
  assert.deepEqual(issues(dusty), []);
});

test('checks: a form whose frame reaches into the margin is not blank', () => {
  const form = pageOf({ lines: 0, noise: 2 });
  for (let y = 10; y < 1240; y += 60) form.fill(8, y, 858, 3, [40, 40, 40]);
  for (let x = 8; x < 874; x += 170) form.fill(x, 10, 3, 1200, [40, 40, 40]);
  assert.ok(!issues(form).includes('blank'));
});

test('checks: print that runs over the edge, and a page that runs over the picture', () => {
  const { widthPx, heightPx, data } = pageOf({ noise: 2 });
  const cut = { widthPx: widthPx - 200, heightPx, data: new Uint8Array((widthPx - 200) * heightPx * 4) };
  for (let y = 0; y < heightPx; y += 1) {
    cut.data.set(data.subarray((y * widthPx + 200) * 4, (y + 1) * widthPx * 4), y * cut.widthPx * 4);
  }
  assert.ok(issues(cut).includes('cut-edge'));
  const page = pageOf({ noise: 2 });
  const quad = [
    { x: 300, y: 200 },
    { x: 1500, y: 210 },
    { x: 1500, y: 1900 },
    { x: 290, y: 1910 },
  ] as const;
  assert.deepEqual(issues(page, { place: { quad, widthPx: 2000, heightPx: 2000 } }), []);
  assert.deepEqual(issues(page, { place: { quad, widthPx: 2000, heightPx: 1910 } }), ['cut-edge']);
});

test('checks: too few pixels for the paper', () => {
  assert.deepEqual(issues(pageOf({}), { dpi: 199 }), ['low-resolution']);
  assert.deepEqual(issues(pageOf({}), { dpi: 200 }), []);
});

test('checks: a printed grid is no moire', () => {
  const grid = pageOf({ noise: 2, lines: 2 });
  for (let x = 100; x < 780; x += 24) grid.fill(x, 300, 1, 860, [150, 178, 215]);
  for (let y = 300; y < 1160; y += 24) grid.fill(100, y, 680, 1, [150, 178, 215]);
  assert.ok(!issues(grid).includes('moire'));
});
