import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { syntheticInk, syntheticSamples } from '../element/signature-pad/testing/synthetic-ink.js';
import { canonicalJson } from './canonical-json.js';
import { CenterLine } from './center-line.js';
import type { Ink, InkSample } from './ink.js';
import { inkDigest } from './ink-digest.js';
import { fuzz } from './ink.fuzz.js';
import { inkFromJson, inkToJson, readInk } from './ink-json.js';
import { inkToPdfContent } from './ink-pdf.js';
import { inkToPng } from './ink-png.js';
import { InkRecorder } from './ink-recorder.js';
import { inkToSvg } from './ink-svg.js';
import { inkFromInkml } from './inkml-read.js';
import { inkToInkml } from './inkml.js';
import { inkOutlines, outlinesOf, type OutlinePoint } from './outline.js';
import { PointerGate, type PointerTouch } from './pointer-gate.js';

const bits = (value: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: value });

/** Any ink that `ink/1` can hold. */
const anyInk: fc.Arbitrary<Ink> = fc
  .record({
    width: fc.integer({ min: 1, max: 50_000 }),
    height: fc.integer({ min: 1, max: 50_000 }),
    device: fc.record(
      {
        kind: fc.constantFrom('pen', 'touch', 'mouse', 'tablet', 'service'),
        model: fc.string({ maxLength: 20, unit: 'binary' }),
        serial: fc.string({ maxLength: 20 }),
        rateHz: fc.integer({ min: 0, max: 1000 }),
        maxPressure: fc.integer({ min: 0, max: 65535 }),
      },
      { requiredKeys: ['kind'] },
    ),
    strokes: fc.array(
      fc.array(
        fc.record(
          {
            x: fc.integer({ min: -60_000, max: 60_000 }),
            y: fc.integer({ min: -60_000, max: 60_000 }),
            t: bits(50_000),
            f: bits(65535),
            tx: fc.integer({ min: -90, max: 90 }),
            ty: fc.integer({ min: -90, max: 90 }),
          },
          { requiredKeys: ['x', 'y', 't'] },
        ),
        { minLength: 1, maxLength: 30 },
      ),
      { maxLength: 5 },
    ),
  })
  .map(({ strokes, ...rest }) => {
    let clock = 0;
    const timed = strokes.map((samples) => ({
      samples: samples.map((sample) => ({ ...sample, t: (clock += sample.t) })),
    }));
    return { schema: 'ink/1', ...rest, strokes: timed } as Ink;
  });

test('ink survives JSON, and its canonical bytes depend on nothing but the ink', () => {
  fc.assert(
    fc.property(anyInk, (ink) => {
      const json = inkToJson(ink);
      assert.deepEqual(inkFromJson(json), inkFromJson(JSON.stringify(ink)));
      assert.equal(inkToJson(inkFromJson(new TextEncoder().encode(json))), json);
      const turned = Object.fromEntries(Object.entries(ink).reverse());
      assert.equal(canonicalJson(turned), json);
    }),
    { numRuns: 200 },
  );
});

test('canonical JSON is that of RFC 8785', () => {
  // Section 3.2.3: members sort by UTF-16 units. Section 3.2.2.3: numbers as ECMAScript prints them.
  const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
  assert.equal(canonicalJson(names), '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
  assert.equal(canonicalJson([1e21, 4.5, 0.002, 1e-27, -0, null, true]), '[1e+21,4.5,0.002,1e-27,0,null,true]');
});

test('digests are stable, and those of other implementations', async () => {
  const ink = syntheticInk();
  const digest = await inkDigest(ink);
  const bytes = new TextEncoder().encode(inkToJson(ink));
  assert.equal(digest.sha256, createHash('sha256').update(bytes).digest('hex'));
  assert.equal(digest.sm3, createHash('sm3').update(bytes).digest('hex'));
  assert.deepEqual(await inkDigest(inkFromJson(inkToJson(ink))), digest);
  const other = { ...ink, width: ink.width + 1 };
  assert.notEqual((await inkDigest(other)).sha256, digest.sha256);
});

test('what is not ink is ink-malformed, never half read', () => {
  const ink = syntheticInk({ strokes: 1 });
  const sample = { x: 1, y: 1, t: 0 };
  const strokes = (...samples: unknown[]): unknown => ({ ...ink, strokes: [{ samples }] });
  const bad: unknown[] = [
    null,
    [],
    {},
    { ...ink, schema: 'ink/2' },
    { ...ink, patient: 'x' },
    { ...ink, width: 0 },
    { ...ink, height: 1.5 },
    { ...ink, device: { kind: 'quill' } },
    { ...ink, device: { kind: 'pen', model: '\ud800' } },
    { ...ink, device: { kind: 'pen', rateHz: -1 } },
    { ...ink, strokes: {} },
    strokes(),
    strokes({ ...sample, x: 0.5 }),
    strokes({ ...sample, f: 65536 }),
    strokes({ ...sample, tx: 91 }),
    strokes({ ...sample, t: 5 }, sample),
    strokes({ x: 1, y: 1 }),
  ];
  for (const value of bad) assert.throws(() => readInk(value), { code: 'ink-malformed' }, JSON.stringify(value));
  for (const text of ['', '{', '{"schema":"ink/1"', 'NaN']) {
    assert.throws(() => inkFromJson(text), { code: 'ink-malformed' });
  }
  assert.throws(() => inkFromJson(Uint8Array.of(0x22, 0xff, 0x22)), { code: 'ink-malformed' });
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      try {
        readInk(value);
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'ink-malformed');
      }
    }),
  );
});

test('the recorder keeps every sample, in time that never falls, through any history', () => {
  const act = fc.oneof(
    fc.record({
      type: fc.constant('write' as const),
      times: fc.array(bits(1_000_000), { minLength: 1, maxLength: 9 }),
    }),
    fc.record({ type: fc.constantFrom('undo' as const, 'redo' as const, 'clear' as const, 'clock' as const) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      const recorder = new InkRecorder({ width: 1000, height: 500 });
      const model = { now: [] as number[], past: [] as number[][], future: [] as number[][] };
      const go = (next: number[]): void => {
        model.past.push(model.now);
        model.future = [];
        model.now = next;
      };
      for (const step of acts) {
        if (step.type === 'write') {
          recorder.begin({ kind: 'pen' });
          recorder.add(step.times.map((t) => ({ x: 1.4, y: 2.6, t })));
          recorder.end();
          go([...model.now, step.times.length]);
        } else if (step.type === 'clear') {
          if (recorder.clear()) go([]);
        } else if (step.type === 'clock') recorder.restartClock();
        else {
          const [from, to] = step.type === 'undo' ? [model.past, model.future] : [model.future, model.past];
          assert.equal(recorder[step.type](), from.length > 0);
          const found = from.pop();
          if (found) {
            to.push(model.now);
            model.now = found;
          }
        }
        const { ink } = recorder;
        assert.deepEqual(
          ink.strokes.map(({ samples }) => samples.length),
          model.now,
        );
        assert.equal(recorder.empty, model.now.length === 0);
        assert.deepEqual(readInk(ink), ink);
        assert.equal(ink.strokes[0]?.samples[0]?.t ?? 0, 0);
      }
    }),
    { numRuns: 200 },
  );
});

test('another sheet starts empty, and undo brings the first one back', () => {
  const recorder = new InkRecorder({ width: 1000, height: 500 });
  const write = (kind: 'pen' | 'mouse' | 'tablet', sheet?: { width: number; height: number }): void => {
    recorder.begin({ kind }, sheet);
    recorder.add([{ x: 1, y: 1, t: 0 }]);
    recorder.end();
  };
  write('pen');
  write('mouse');
  assert.equal(recorder.ink.device.kind, 'mouse', 'a mixed ink is as good as its weakest part');
  write('tablet', { width: 2000, height: 900 });
  assert.deepEqual([recorder.width, recorder.strokes.length, recorder.ink.device.kind], [2000, 1, 'tablet']);
  recorder.undo();
  assert.deepEqual([recorder.width, recorder.strokes.length], [1000, 2]);
  recorder.begin({ kind: 'tablet' }, { width: 2000, height: 900 });
  recorder.discard();
  assert.deepEqual([recorder.width, recorder.strokes.length, recorder.canRedo], [1000, 2, true]);
});

test('the palm stays out', () => {
  const gate = new PointerGate();
  const touch = (more: Partial<PointerTouch>): PointerTouch => ({
    ...{ pointerId: 1, pointerType: 'touch', button: 0, width: 20, height: 20, timeStamp: 10_000 },
    ...more,
  });
  const any = { penOnly: false };
  assert.equal(gate.down(touch({ height: 80 }), any), 'refuse');
  assert.equal(gate.down(touch({}), any), 'accept');
  assert.equal(gate.down(touch({ pointerId: 2 }), any), 'refuse');
  assert.equal(gate.down(touch({ pointerId: 3, pointerType: 'pen' }), any), 'replace');
  assert.ok(gate.writes(3) && !gate.writes(1));
  gate.release();
  assert.equal(gate.down(touch({ timeStamp: 11_000 }), any), 'refuse', 'the pen wrote lately');
  gate.see({ pointerType: 'pen', timeStamp: 12_000 });
  assert.equal(gate.down(touch({ timeStamp: 13_000 }), any), 'refuse', 'the pen hovers');
  assert.equal(gate.down(touch({ timeStamp: 13_600 }), any), 'accept');
  gate.release();
  assert.equal(gate.down(touch({ pointerType: 'mouse', button: 2 }), any), 'refuse');
  assert.equal(gate.down(touch({ pointerType: 'mouse' }), { penOnly: true }), 'refuse');
});

/** How often the polygons wind around a point. */
function winding(polygons: readonly (readonly OutlinePoint[])[], x: number, y: number): number {
  let turns = 0;
  for (const polygon of polygons) {
    for (const [index, [x1, y1]] of polygon.entries()) {
      const [x2, y2] = polygon[(index + 1) % polygon.length] ?? [x1, y1];
      if (y1 <= y === y2 <= y) continue;
      if (x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) > x) turns += y2 > y1 ? 1 : -1;
    }
  }
  return turns;
}

test('outlines cover the pen everywhere, also in cusps and tiny loops', () => {
  const way = fc.array(fc.tuple(bits(16_000), bits(6_400), bits(30_000)), { minLength: 1, maxLength: 40 });
  const jitter = fc.array(fc.tuple(fc.integer({ min: 7900, max: 8000 }), bits(100), bits(9000)), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.oneof(way, jitter), (points) => {
      let t = 0;
      const line = new CenterLine(16_000);
      for (const [x, y, pause] of points) line.add({ x, y, t: (t += pause) });
      const whole = line.whole();
      const polygons = outlinesOf(whole);
      for (const { x, y, r } of whole) {
        assert.ok(Number.isFinite(x + y + r) && r > 0);
        for (const [dx, dy] of [
          [0.013, 0.017],
          [r * 0.4, 0.011],
          [-0.012, r * 0.4],
        ] as const) {
          assert.notEqual(winding(polygons, x + dx, y + dy), 0, 'a hole in the ink');
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('what is settled while writing is what is drawn at the end', () => {
  const samples = syntheticSamples({ count: 300 });
  const line = new CenterLine(16_000);
  const seen: unknown[] = [];
  for (const sample of samples) {
    line.add(sample);
    seen.push(...line.settled.slice(seen.length));
    line.tip([{ x: sample.x + 200, y: sample.y }]);
  }
  assert.ok(seen.length > 250);
  assert.deepEqual(line.whole().slice(0, seen.length), seen);
});

test('pictures: a dot, nothing, and a signature, in the same place in each format', async () => {
  const dot: Ink = { ...syntheticInk({ strokes: 0 }), strokes: [{ samples: [{ x: 8000, y: 3200, t: 0 }] }] };
  const [polygon = []] = inkOutlines(dot);
  assert.ok(polygon.length >= 10);
  for (const [x, y] of polygon) assert.ok(Math.abs(Math.hypot(x - 8000, y - 3200) - 56) <= 1);
  const svg = inkToSvg(dot, { color: '#123456"/><script>' });
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="160mm" height="64mm" viewBox="0 0 160 64">/);
  assert.doesNotMatch(svg, /script>|href|"\/><s/);
  assert.match(inkToPdfContent(dot), /^[\d.]+ [\d.]+ m\n([\d.]+ [\d.]+ l\n)+h\nf\n$/);
  const [x = 0, y = 0] = inkToPdfContent(dot).split(' ').map(Number);
  assert.ok(Math.abs(x - 8000 * 0.0283465) < 3 && Math.abs(y - 3200 * 0.0283465) < 3);
  assert.equal(inkToPdfContent(syntheticInk({ strokes: 0 })), '');
  assert.equal(inkToSvg(syntheticInk({ strokes: 0 })).includes('d=""'), true);
  assert.ok(inkToSvg(syntheticInk()).length < 40_000, 'small enough for a document');
  await assert.rejects(inkToPng(dot, { widthPx: 100 }), { code: 'unsupported-browser' });
  await assert.rejects(inkToPng(dot, { widthPx: 0 }), { code: 'invalid-argument' });
});

test('InkML brings every sample back', () => {
  fc.assert(
    fc.property(anyInk, (ink) => {
      const clean = readInk(JSON.parse(JSON.stringify(ink)));
      const { kind, serial, rateHz } = clean.device;
      const kept = inkFromJson(
        inkToJson({ ...clean, device: JSON.parse(JSON.stringify({ kind, serial, rateHz })) as Ink['device'] }),
      );
      assert.deepEqual(inkFromInkml(inkToInkml(kept)), kept);
    }),
    { numRuns: 100 },
  );
  const xml = inkToInkml(syntheticInk({ strokes: 1 }));
  assert.match(xml, /<channel name="X" type="decimal" units="mm"\/>/);
  assert.match(xml, /<trace contextRef="#sheet">\d+(\.\d+)? \d+(\.\d+)? 0 \d+, /);
  for (const text of [
    '',
    '<ink/>',
    xml.replace('ink/1', 'x'),
    xml.replace(' 0 ', ' zero '),
    xml.replace('</ink>', ''),
  ]) {
    assert.throws(() => inkFromInkml(text), { code: 'ink-malformed' });
  }
});

test('time of the samples is in microseconds from the first one', () => {
  const recorder = new InkRecorder({ width: 100, height: 100 });
  recorder.begin({ kind: 'pen' });
  const sample = (t: number): InkSample => ({ x: 0, y: 0, t });
  recorder.add([sample(1_000_000), sample(1_005_000), sample(1_004_000), sample(1_005_000)]);
  recorder.end();
  assert.deepEqual(
    recorder.ink.strokes[0]?.samples.map(({ t }) => t),
    [0, 5000, 5000, 5000],
  );
});

test('damaged texts are read as what they say, or refused', () => {
  fuzz({ seed: 4, runs: 3000 });
});
