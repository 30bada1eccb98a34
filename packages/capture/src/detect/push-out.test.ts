import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadKernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import { findEdges } from './edges.js';
import { quadIou } from './geometry.js';
import { lineField } from './line-field.js';
import { MaskCover } from './mask-cover.js';
import { shrinkToPlanes } from './planes.js';
import { pushOut } from './push-out.js';
import { drawDesk } from './testing/draw-desk.js';

const kernels = await loadKernels();
const size = { widthPx: 320, heightPx: 240 };

function box(left: number, top: number, right: number, bottom: number): Quad {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/** A certificate: paper with a red frame on it. */
const paper = box(60, 40, 250, 200);
const picture = drawDesk({
  ...size,
  desk: [60, 70, 60],
  papers: [
    { quad: paper, colour: [230, 230, 225] },
    { quad: box(70, 50, 240, 190), colour: [150, 40, 50] },
    { quad: box(74, 54, 236, 186), colour: [230, 230, 225] },
  ],
});
const planes = shrinkToPlanes(kernels, picture, 1);
const field = lineField(findEdges(kernels, planes, 12), planes, 26);
const mask = new Uint8Array(size.widthPx * size.heightPx);
for (let y = 40; y < 200; y += 1) mask.fill(1, y * size.widthPx + 60, y * size.widthPx + 250);

function pushed(quad: Quad, least: number, marks = mask): Quad {
  return pushOut(quad, { fields: [field], free: new MaskCover(marks.slice(), size.widthPx, size.heightPx), least });
}

test('a side on the printed frame moves to the edge of the paper, where its neighbours go on', () => {
  assert.ok(quadIou(pushed(box(60, 40, 250, 190), 2), paper) > 0.98);
});

test('sides on the frame all around move out only where no other paper can look out', () => {
  const frame = box(70, 50, 240, 190);
  assert.ok(quadIou(pushed(frame, 0), paper) > 0.98);
  assert.deepEqual(pushed(frame, 2), frame);
});

test('no side moves onto what is not covered or belongs to another paper', () => {
  const without = mask.slice();
  for (let y = 189; y < 200; y += 1) without.fill(0, y * size.widthPx, (y + 1) * size.widthPx);
  const quad = box(60, 40, 250, 190);
  assert.deepEqual(pushed(quad, 0, without), quad);
  assert.ok(quadIou(pushed(paper, 0), paper) > 0.99);
});
