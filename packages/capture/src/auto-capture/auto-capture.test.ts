import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Quad } from '../picture/quad.js';
import type { FrameAnalysis } from '../worker/protocol.js';
import { autoCaptureStart, rearmAutoCapture, stepAutoCapture, type AutoCaptureMemory } from './auto-capture.js';
import { hashDistance } from './hash-distance.js';
import { quadOverlap } from './quad-overlap.js';

const rect = (x: number, y: number, width = 0.5, height = 0.7): Quad => [
  { x, y },
  { x: x + width, y },
  { x: x + width, y: y + height },
  { x, y: y + height },
];

interface Look {
  readonly quad?: Quad | undefined;
  readonly hash?: string;
  readonly motion?: number;
  readonly sharpness?: number;
  readonly brightness?: number;
  readonly confidence?: number;
}

function frame({ quad, hash = '0123456789abcdef', motion = 0.5, sharpness = 100, ...rest }: Look): FrameAnalysis {
  const { brightness = 150, confidence = 0.9 } = rest;
  return { pages: quad ? [{ quad, confidence }] : [], differenceHash: hash, motion, sharpness, brightness };
}

/** Feeds frames of one look for a while; gives the memory and the times of shots. */
class Desk {
  memory: AutoCaptureMemory = autoCaptureStart;
  nowMs = 0;
  readonly shots: number[] = [];

  constructor(readonly fps = 15) {}

  show(look: Look, forMs: number): this {
    for (const end = this.nowMs + forMs; this.nowMs < end; this.nowMs += 1000 / this.fps) this.see(look);
    return this;
  }

  see(look: Look): void {
    this.memory = stepAutoCapture(this.memory, frame(look), this.nowMs);
    if (this.memory.state.status === 'shoot') this.shots.push(this.nowMs);
  }
}

const page = { quad: rect(0.2, 0.1) };
const hand = { motion: 25, hash: 'ffff00000000ffff' };

test('shoots a page that lies still, once, after half a second or eight frames', () => {
  for (const fps of [2, 5, 10, 15, 30, 60]) {
    const desk = new Desk(fps).show(page, 4000);
    assert.equal(desk.shots.length, 1, `${fps} fps`);
    const earliest = Math.min(500, (1000 / fps) * 7);
    assert.ok((desk.shots[0] ?? 0) >= earliest - 1 && (desk.shots[0] ?? 0) <= 1600, `${fps} fps: ${desk.shots[0]}`);
    assert.equal(desk.memory.state.status, 'wait-for-change');
  }
});

test('tells how far it is', () => {
  const desk = new Desk(10);
  const seen: number[] = [];
  for (; desk.shots.length === 0; desk.nowMs += 100) {
    desk.see(page);
    if (desk.memory.state.status === 'steady') seen.push(desk.memory.state.progress);
  }
  assert.ok(seen.length >= 3);
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  assert.ok(seen.every((progress) => progress >= 0 && progress <= 1));
});

test('waits while a hand moves, while the page slides, while nothing sure is found, while the light still changes', () => {
  assert.equal(new Desk().show({ ...page, motion: 12 }, 3000).shots.length, 0);
  assert.equal(new Desk().show({ ...page, confidence: 0.4 }, 3000).shots.length, 0);
  assert.equal(new Desk().show({}, 3000).shots.length, 0);
  const sliding = new Desk();
  for (let step = 0; step < 60; step += 1, sliding.nowMs += 66) sliding.see({ quad: rect(0.05 + step * 0.006, 0.1) });
  assert.equal(sliding.shots.length, 0);
  const exposing = new Desk();
  for (let step = 0; step < 20; step += 1, exposing.nowMs += 66) exposing.see({ ...page, brightness: 20 + step * 10 });
  assert.equal(exposing.shots.length, 0);
});

test('waits for focus, but not for ever', () => {
  const focusing = new Desk(20);
  for (let step = 0; step < 40; step += 1, focusing.nowMs += 50)
    focusing.see({ ...page, sharpness: 20 + 10 * Math.min(step, 14) * (step % 2 === 0 ? 1 : 0.4) });
  assert.ok((focusing.shots[0] ?? 0) > 300);
  const sharpPages = new Desk().show({ ...page, sharpness: 400 }, 1500).show(hand, 500);
  const sparse = sharpPages.show({ quad: rect(0.3, 0.12), hash: 'aaaa5555aaaa5555', sharpness: 20 }, 1400);
  assert.equal(sparse.shots.length, 2, 'a nearly empty page is taken, too');
});

test('does not shoot the same page again: left alone, nudged, lit otherwise, or covered by an arm', () => {
  const left = new Desk().show(page, 20_000);
  assert.equal(left.shots.length, 1);
  const nudged = new Desk().show(page, 1500).show({ quad: rect(0.22, 0.11), motion: 8 }, 200);
  assert.equal(nudged.show({ quad: rect(0.23, 0.12), hash: '0123456789abcde0' }, 3000).shots.length, 1);
  const lit = new Desk().show(page, 1500).show({ ...page, brightness: 120, motion: 30 }, 200);
  assert.equal(lit.show({ ...page, brightness: 120 }, 3000).shots.length, 1);
  const covered = new Desk().show(page, 1500).show(hand, 700);
  assert.equal(covered.show({ ...page, hash: '0123456789abcdee', sharpness: 102 }, 3000).shots.length, 1);
});

test('shoots the next page: lifted and laid down, other content in the same place, the same form a little aside', () => {
  const lifted = new Desk().show(page, 1500).show(hand, 500);
  assert.equal(lifted.show({ quad: rect(0.25, 0.13), hash: 'fedcba9876543210' }, 1500).shots.length, 2);
  const swapped = new Desk(2).show(page, 2500);
  assert.equal(swapped.show({ ...page, hash: 'fedcba9876543210', motion: 1 }, 3000).shots.length, 2);
  const form = new Desk().show(page, 1500).show(hand, 500);
  assert.equal(form.show({ quad: rect(0.215, 0.105), hash: '0123456789abcde8', sharpness: 104 }, 1500).shots.length, 2);
});

test('a slow camera that shows the gap between two look-alike pages in one frame only', () => {
  // Five frames a second, as measured with pages of text on a desk: hashes 10 bits apart, places that overlap by 0.8.
  const desk = new Desk(5).show({ ...page, hash: '60706c6c6c6c6474' }, 1400);
  desk.show({ quad: rect(0.195, 0.1), hash: '60747c7c7d7c6474', motion: 8 }, 200);
  desk.show({ quad: rect(0.6, 0.1), hash: '0383c3c3c3c30383', motion: 110 }, 200);
  desk.show({ quad: rect(0.35, 0.1), hash: '3c34363030343030', motion: 133 }, 200);
  assert.equal(desk.show({ quad: rect(0.25, 0.11), hash: '6060786878687460' }, 1400).shots.length, 2);
});

test('does not shoot what runs through the whole frame: grain of the desk, a page that is cut on both sides', () => {
  assert.equal(new Desk().show({ quad: rect(0, 0.1, 1, 0.5) }, 3000).shots.length, 0);
  assert.equal(new Desk().show({ quad: rect(0.3, 0, 0.4, 1) }, 3000).shots.length, 0);
  assert.equal(new Desk().show({ quad: rect(0, 0, 0.7, 0.9) }, 3000).shots.length, 1);
});

test('shoots again after being armed by hand', () => {
  const desk = new Desk().show(page, 1500);
  desk.memory = rearmAutoCapture(desk.memory);
  assert.equal(desk.memory.state.status, 'searching');
  assert.equal(desk.show(page, 1500).shots.length, 2);
});

test('a camera with much noise is learned', () => {
  assert.equal(new Desk().show({ ...page, motion: 4.5 }, 2500).shots.length, 1);
});

test('takes several papers in one shot, and another shot when one is added', () => {
  let memory = autoCaptureStart;
  let shots = 0;
  const show = (quads: readonly Quad[], fromMs: number, forMs: number): void => {
    for (let now = fromMs; now < fromMs + forMs; now += 50) {
      const analysis = { ...frame({}), pages: quads.map((quad) => ({ quad, confidence: 0.9 })) };
      memory = stepAutoCapture(memory, analysis, now, { layout: 'many' });
      if (memory.state.status === 'shoot') shots += 1;
    }
  };
  const [a, b, c] = [rect(0.05, 0.1, 0.3, 0.3), rect(0.4, 0.1, 0.3, 0.3), rect(0.05, 0.5, 0.3, 0.3)];
  show([a, b], 0, 2000);
  assert.equal(shots, 1);
  show([b, a], 2000, 2000);
  assert.equal(shots, 1, 'the order does not matter');
  show([a, b, c], 4000, 2000);
  assert.equal(shots, 2);
});

/** An operator at 2 s a page: fast or slow camera, jitter, look-alike pages, an arm over the page after the shot. */
const operator = fc.record({
  fps: fc.integer({ min: 5, max: 30 }),
  noise: fc.double({ min: 0, max: 2.5, noNaN: true }),
  seed: fc.integer(),
  pages: fc.array(
    fc.record({
      movingMs: fc.integer({ min: 300, max: 700 }),
      x: fc.double({ min: 0.1, max: 0.35, noNaN: true }),
      y: fc.double({ min: 0.05, max: 0.2, noNaN: true }),
      hash: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
      lookAlike: fc.boolean(),
      arm: fc.boolean(),
      sharpness: fc.double({ min: 40, max: 400, noNaN: true }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
});

test('at two seconds a page nothing is missed and nothing doubled, whatever camera and papers', () => {
  fc.assert(
    fc.property(operator, ({ fps, noise, seed, pages }) => {
      let state = seed >>> 0;
      const random = (): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 4294967296;
      };
      const desk = new Desk(fps);
      const jitter = (): number => (random() - 0.5) * 0.0015;
      const hex = (value: bigint): string => value.toString(16).padStart(16, '0');
      let hash = 0n;
      let before = { x: 9, y: 9 };
      const expected: { readonly fromMs: number; readonly untilMs: number }[] = [];
      for (const one of pages) {
        // Two pages of the same form, laid down by hand: hardly another hash, but never in the very same place.
        hash = one.lookAlike ? hash ^ 1n : one.hash;
        const moved = Math.hypot(one.x - before.x, one.y - before.y) < 0.02 ? { x: one.x + 0.03, y: one.y } : one;
        before = moved;
        const start = desk.nowMs;
        const still = { motion: noise, sharpness: one.sharpness };
        for (; desk.nowMs < start + one.movingMs; desk.nowMs += 1000 / fps)
          desk.see({ motion: 15 + random() * 30, hash: hex(BigInt.asUintN(64, hash * 31n + 7n)), sharpness: 10 });
        const lies = (untilMs: number): void => {
          for (; desk.nowMs < untilMs; desk.nowMs += 1000 / fps)
            desk.see({
              ...still,
              quad: rect(moved.x + jitter(), moved.y + jitter()),
              hash: hex(hash),
              sharpness: one.sharpness * (1 + (random() - 0.5) * 0.03),
              motion: noise + random() * 0.3,
            });
        };
        if (one.arm) {
          lies(start + one.movingMs + 1000);
          for (const end = desk.nowMs + 250; desk.nowMs < end; desk.nowMs += 1000 / fps)
            desk.see({ motion: 20, hash: hex(BigInt.asUintN(64, hash ^ 0xffff_ffff_0000n)), sharpness: 30 });
        }
        lies(start + 2000);
        expected.push({ fromMs: start + one.movingMs, untilMs: start + 2000 });
      }
      assert.equal(desk.shots.length, pages.length, 'as many shots as pages');
      desk.shots.forEach((shot, index) => {
        const { fromMs = 0, untilMs = 0 } = expected[index] ?? {};
        assert.ok(shot >= fromMs && shot <= untilMs + 1000 / fps, 'each while its page lies still');
      });
    }),
    { numRuns: 200, seed: 20261121 },
  );
});

test('overlap: none, half, all, in any order of corners', () => {
  const square = rect(0, 0, 1, 1);
  assert.equal(quadOverlap(square, rect(2, 2, 1, 1)), 0);
  assert.ok(Math.abs(quadOverlap(square, rect(0.5, 0, 1, 1)) - 1 / 3) < 1e-9);
  assert.ok(Math.abs(quadOverlap(square, [...square].reverse() as unknown as Quad) - 1) < 1e-9);
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1, max: 2, noNaN: true }), { minLength: 8, maxLength: 8 }), (n) => {
      const at = (index: number): { x: number; y: number } => ({ x: n[index * 2] ?? 0, y: n[index * 2 + 1] ?? 0 });
      const overlap = quadOverlap([at(0), at(1), at(2), at(3)], rect(0, 0, 1, 1));
      assert.ok(overlap >= 0 && !Number.isNaN(overlap));
    }),
    { numRuns: 200, seed: 1 },
  );
});

test('distance of hashes', () => {
  assert.equal(hashDistance('00', '00'), 0);
  assert.equal(hashDistance('f0', '0f'), 8);
  assert.equal(hashDistance('', '0000000000000000'), 64);
});
