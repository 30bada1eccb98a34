import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadKernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import type { RgbaRaster } from '../picture/raster.js';
import { calibrateMat } from './calibrate-mat.js';
import { findPages } from './find-pages.js';
import { mapQuad, quadIou } from './geometry.js';
import { drawDesk, type DrawnPaper } from './testing/draw-desk.js';

const kernels = await loadKernels();
const size = { widthPx: 640, heightPx: 480 };

function box(left: number, top: number, width: number, height: number, turnDeg = 0): Quad {
  const [cos, sin] = [Math.cos((turnDeg * Math.PI) / 180), Math.sin((turnDeg * Math.PI) / 180)];
  const corners: Quad = [
    { x: -width / 2, y: -height / 2 },
    { x: width / 2, y: -height / 2 },
    { x: width / 2, y: height / 2 },
    { x: -width / 2, y: height / 2 },
  ];
  return mapQuad(corners, ({ x, y }) => ({
    x: left + width / 2 + x * cos - y * sin,
    y: top + height / 2 + x * sin + y * cos,
  }));
}

/** Finds pages after a calibration with three pictures of the empty desk. */
function found(
  desk: readonly [number, number, number],
  papers: readonly DrawnPaper[],
  change: (frame: RgbaRaster) => void = () => undefined,
): Quad[] {
  const mat = calibrateMat(
    kernels,
    [1, 2, 3].map((seed) => drawDesk({ ...size, desk, papers: [], seed })),
  );
  const frame = drawDesk({ ...size, desk, papers, seed: 9 });
  change(frame);
  return findPages(kernels, frame, { mode: 'mat', mat }).map(({ quad }) =>
    mapQuad(quad, ({ x, y }) => ({ x: x * size.widthPx, y: y * size.heightPx })),
  );
}

/** Light lost on the right, within about 150 pixels. */
function shade({ widthPx, data }: RgbaRaster, dark: number): void {
  for (let at = 0; at < data.length; at += 1) {
    if (at % 4 === 3) continue;
    const light = 1 - dark / (1 + Math.exp((300 - (Math.floor(at / 4) % widthPx)) / 35));
    data[at] = Math.round((data[at] ?? 0) * light);
  }
}

function assertFound(pages: readonly Quad[], truth: readonly Quad[], least: number): void {
  assert.equal(pages.length, truth.length);
  for (const quad of truth) {
    const best = Math.max(...pages.map((page) => quadIou(page, quad)));
    assert.ok(best > least, `best overlap ${best.toFixed(3)}`);
  }
}

test('a soft shadow over the desk is no paper and joins none', () => {
  const quads = [box(60, 80, 200, 290, 2), box(350, 60, 130, 82, -4), box(400, 240, 180, 90, 5)];
  const papers = quads.map((quad) => ({ quad, colour: [240, 240, 234] as const, printed: true }));
  for (const desk of [[205, 205, 202] as const, [40, 100, 70] as const]) {
    assertFound(
      found(desk, papers, (frame) => shade(frame, 0.12)),
      quads,
      0.97,
    );
    assert.deepEqual(
      found(desk, [], (frame) => shade(frame, 0.12)),
      [],
    );
  }
});

test('a card darker than the desk begins where its contact shadow ends', () => {
  const card = box(220, 170, 170, 108, 5);
  const rim = (px: number, grey: number): DrawnPaper => ({
    quad: box(220 - px, 170 - px, 170 + 2 * px, 108 + 2 * px, 5),
    colour: [grey, grey, grey],
  });
  // The shadow grows darker towards the card.
  const shadow = [8, 7, 6, 5, 4, 3, 2, 1].map((px) => rim(px, 216 - 40 * Math.exp(-px / 4)));
  assertFound(found([216, 216, 213], [...shadow, { quad: card, colour: [188, 192, 204] }]), [card], 0.97);
});

test('of a stack the top sheet is found, not one of sides of both', () => {
  const below = box(196, 52, 230, 330, 4);
  const top = box(180, 66, 230, 330, -1);
  const dark = mapQuad(top, ({ x, y }) => ({ x: x + 1.5, y: y - 1.5 }));
  const pages = found(
    [38, 40, 42],
    [
      { quad: below, colour: [238, 238, 232], printed: true },
      { quad: dark, colour: [150, 150, 150] },
      { quad: top, colour: [240, 238, 236], printed: true },
    ],
  );
  assert.ok(pages[0] && quadIou(pages[0], top) > 0.97, String(pages[0] && quadIou(pages[0], top)));
});
