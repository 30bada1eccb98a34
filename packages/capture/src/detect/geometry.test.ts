import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Point, Quad } from '../picture/quad.js';
import { convexHull, isConvex, quadIou, readingOrder, signedArea, turnOf } from './geometry.js';
import { quadAround } from './hull-quad.js';
import { smoothQuad } from './smooth-quad.js';

const square = (x: number, y: number, size: number): Quad => [
  { x, y },
  { x: x + size, y },
  { x: x + size, y: y + size },
  { x, y: y + size },
];
const point = fc.record({ x: fc.integer({ min: -50, max: 50 }), y: fc.integer({ min: -50, max: 50 }) });

test('overlap: equal quads 1, apart 0, half and half a third, whichever way round', () => {
  const a = square(0, 0, 10);
  assert.equal(quadIou(a, a), 1);
  assert.equal(quadIou(a, square(20, 0, 10)), 0);
  assert.ok(Math.abs(quadIou(a, square(5, 0, 10)) - 1 / 3) < 1e-9);
  assert.ok(Math.abs(quadIou([a[0], a[3], a[2], a[1]], square(5, 0, 10)) - 1 / 3) < 1e-9);
});

test('hull: convex, clockwise, around every point', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 40 }), (points: Point[]) => {
      const hull = convexHull(points);
      if (hull.length < 3) return;
      assert.ok(signedArea(hull) > 0);
      hull.forEach((a, i) => {
        const b = hull[(i + 1) % hull.length] ?? a;
        for (const inside of points) assert.ok(turnOf(a, b, inside) >= 0);
      });
    }),
  );
});

test('quad around points: holds all of them, and a square stays a square', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 8, maxLength: 30 }), (points: Point[]) => {
      const quad = quadAround(points);
      if (!quad || !isConvex(quad)) return;
      assert.ok(Math.abs(signedArea(quad)) >= Math.abs(signedArea(convexHull(points))) - 60);
    }),
  );
  const around = quadAround([...square(0, 0, 40), { x: 20, y: 0 }, { x: 40, y: 11 }]);
  assert.ok(around && quadIou(around, square(0, 0, 40)) > 0.999);
});

test('reading order: clockwise from the corner that is top left as the picture stands', () => {
  const [a, b, c, d] = square(3, 4, 10);
  for (const quad of [
    [c, d, a, b],
    [b, a, d, c],
    [d, c, b, a],
  ] as const) {
    assert.deepEqual(readingOrder(quad), [a, b, c, d]);
  }
});

test('smoothing: trembling is damped, a move is followed, another page is shown at once', () => {
  const rest = square(0.2, 0.2, 0.5);
  assert.equal(smoothQuad(undefined, rest), rest);
  const trembled = smoothQuad(rest, square(0.202, 0.2, 0.5));
  assert.ok(trembled[0].x > 0.2 && trembled[0].x < 0.201);
  const moved = smoothQuad(rest, square(0.235, 0.2, 0.5));
  assert.ok(moved[0].x > 0.23);
  const other = square(0.4, 0.1, 0.5);
  assert.equal(smoothQuad(rest, other), other);
});
