import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  cornerStep,
  cropFound,
  cropWhole,
  draftOf,
  moveCorner,
  recipeOf,
  skewed,
  turned,
  withFound,
} from './page-draft.js';

const SIZE = { widthPx: 1000, heightPx: 800 };
const QUAD = [
  { x: 100, y: 100 },
  { x: 900, y: 100 },
  { x: 900, y: 700 },
  { x: 100, y: 700 },
] as const;
const draft = draftOf({ colour: 'colour' }, SIZE, QUAD);

test('what was not touched is not written down', () => {
  assert.deepEqual(recipeOf(draft), { colour: 'colour' });
  assert.deepEqual(recipeOf(cropFound(moveCorner(draft, 0, { x: 50, y: 50 }))), { colour: 'colour' });
});

test('a corner goes where it is put, by hand or by key, and never out of the picture', () => {
  const moved = moveCorner(draft, 0, { x: -40, y: 30 });
  assert.deepEqual(moved.quad[0], { x: 0, y: 30 });
  assert.equal(moved.crop, 'set');
  assert.deepEqual(cornerStep('ArrowLeft', false), { x: -1, y: 0 });
  assert.deepEqual(cornerStep('ArrowDown', true), { x: 0, y: 10 });
  assert.equal(cornerStep('a', false), undefined);
});

test('wherever corners are dragged, the page stays a page', () => {
  const place = fc.record({ x: fc.integer({ min: -200, max: 1200 }), y: fc.integer({ min: -200, max: 1000 }) });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), place), { maxLength: 12 }), (moves) => {
      const end = moves.reduce((now, [corner, to]) => moveCorner(now, corner, to), draft);
      const turns = end.quad.map((point, at) => {
        const next = end.quad[(at + 1) % 4] ?? point;
        const after = end.quad[(at + 2) % 4] ?? point;
        return (next.x - point.x) * (after.y - next.y) - (next.y - point.y) * (after.x - next.x);
      });
      return turns.every((turn) => turn > 0) && end.quad.every(({ x, y }) => x >= 0 && y >= 0 && x <= 1000 && y <= 800);
    }),
    { numRuns: 200 },
  );
});

test('whole, found again, turned and skewed', () => {
  assert.equal(recipeOf(cropWhole(draft)).quad, 'whole');
  const smaller = [{ x: 200, y: 100 }, QUAD[1], QUAD[2], QUAD[3]] as const;
  assert.deepEqual(withFound(draft, smaller).quad, smaller);
  assert.deepEqual(withFound(moveCorner(draft, 2, { x: 800, y: 600 }), smaller).quad[0], QUAD[0]);
  assert.equal(recipeOf(turned(draft, -90, 0)).rotationDeg, 270);
  assert.equal(recipeOf(turned(draft, 90, 270)).rotationDeg, 0);
  assert.equal(recipeOf(skewed(draft, 9)).skewDeg, 5);
});
