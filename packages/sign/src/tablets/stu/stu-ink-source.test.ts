import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import type { InkEvent } from '../../ink/ink.js';
import { FakeStuHid, FakeStuTablet, type FakeStuOptions } from '../../testing/stu-simulator.js';
import { stuTrace } from '../../testing/stu-trace.js';
import { stuInkSource, type StuInkSourceOptions } from './stu-ink-source.js';

const code = (expected: string, reason?: string) => (error: unknown) =>
  AnjuanError.is(error) && error.code === expected && (reason === undefined || error.details['reason'] === reason);

/** Lets time pass until the work is done: some of it runs on other threads, where no clock is ours. */
async function driven<T>(clock: ManualClock, work: Promise<T>): Promise<T> {
  let done = false;
  work.then(
    () => (done = true),
    () => (done = true),
  );
  while (!done) await clock.advance(10);
  return work;
}

/** A page with a tablet that was allowed before. */
function desk(tabletOptions: FakeStuOptions = {}, options: StuInkSourceOptions = {}) {
  const hid = new FakeStuHid();
  const tablet = new FakeStuTablet(tabletOptions);
  hid.plug(tablet, { granted: true });
  const clock = new ManualClock();
  const events: InkEvent[] = [];
  const gaps: number[] = [];
  const stop = new AbortController();
  const source = stuInkSource({ hid, clock, onGap: (gap) => gaps.push(gap.missingReports), ...options });
  const open = () => driven(clock, source.open({ signal: stop.signal, onEvent: (event) => void events.push(event) }));
  return { hid, tablet, clock, events, gaps, stop, source, open };
}

const samplesOf = (events: readonly InkEvent[]) => events.flatMap((event) => ('samples' in event ? event.samples : []));
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Waits for what other threads decrypt, as long as it takes; the runner ends a test that never gets there. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await turn();
}

/** A stroke in the middle of the sheet, then pen up. */
const stroke = (count: number) => [
  ...Array.from({ length: count }, (_, index) => ({ x: 3000 + index * 10, y: 1000, pressure: 300 })),
  { x: 3000, y: 1000, pressure: 0 },
];

describe('ink from a Wacom STU', () => {
  for (const productId of [0xa2, 0xa3, 0xa4, 0xa5, 0xa8]) {
    it(`keeps every report of 60 seconds at 200 a second (${productId.toString(16)})`, async () => {
      const { tablet, events, gaps, open } = desk({ productId, startCount: 60_000 }, { keys: false });
      const session = await open();
      const trace = stuTrace({ seconds: 60, maxX: 9000, maxY: 2400 });
      await tablet.write(trace);
      const written = trace.filter((point) => point.near !== false && point.pressure > 0x15).length;
      assert.equal(samplesOf(events).length, written);
      assert.deepEqual([session.statistics, gaps], [{ reports: 12_000, missing: 0 }, []]);
      assert.equal(events.filter((event) => event.type === 'down').length, 60);
      assert.equal(events.filter((event) => event.type === 'up').length, 60);
      const times = samplesOf(events).map((sample) => sample.t);
      assert.ok(times.every((t, index) => index === 0 || t >= (times[index - 1] ?? 0)));
      // The pad's own counter wrapped on the way; models without one are timed by arrival.
      if (productId > 0xa2) assert.equal(times[times.length - 1], (59 * 200 + 159) * 5000);
    });
  }

  it('tells the device, its size in hundredths of a millimetre, and full pressure', async () => {
    const { tablet, events, open } = desk();
    const session = await open();
    assert.deepEqual(session.device, {
      ...{ kind: 'tablet', model: 'STU-540', serial: '9900000000001', rateHz: 200, maxPressure: 1023 },
    });
    assert.deepEqual([session.width, session.height], [10_800, 6480]);
    await tablet.write([{ x: 5400, y: 1000, pressure: 1023 }]);
    assert.deepEqual(events, [{ type: 'down', samples: [{ x: 5400, y: 1000, t: 0, f: 65_535 }] }]);
    assert.equal(tablet.screen.length, 1);
    assert.deepEqual([tablet.screen[0]?.mode, tablet.screen[0]?.bytes.length], [2, 800 * 77 * 2]);
  });

  it('draws its keys on every model, and a key counts only when the pen leaves on it', async () => {
    for (const productId of [0xa2, 0xa3, 0xa4, 0xa8]) {
      const { tablet, events, open } = desk({ productId, busyPolls: 3 });
      const session = await open();
      assert.ok((tablet.screen[0]?.bytes.length ?? 0) > 0, `${productId}`);
      const [wide, low] = [session.width, session.height - 100];
      const press = (x: number) => [{ x, y: low, pressure: 300 }, { x, y: low, pressure: 0 }]; // prettier-ignore
      await tablet.write(press(wide - 100));
      await tablet.write(press(wide / 2));
      await tablet.write(press(100));
      assert.deepEqual(events, [{ type: 'confirm' }, { type: 'clear' }, { type: 'cancel' }]);
      // Sliding off a key is no press, and ink that runs over a key is ink.
      await tablet.write([{ x: wide - 100, y: low, pressure: 300 }, { x: wide / 2, y: 500, pressure: 0 }]); // prettier-ignore
      assert.equal(events.length, 3);
      await tablet.write([{ x: wide / 2, y: 500, pressure: 300 }, ...press(wide - 100)]);
      assert.deepEqual(events.slice(3).map((event) => event.type), ['down', 'move', 'up']); // prettier-ignore
      await session.close();
    }
  });

  it('says how many reports went missing, and keeps the time of the others', async () => {
    const { tablet, events, gaps, open } = desk();
    const session = await open();
    await tablet.write(stroke(3).slice(0, 3), { skip: 4 });
    await tablet.write(stroke(2));
    assert.deepEqual([gaps, session.statistics.missing], [[4], 4]);
    assert.deepEqual(samplesOf(events).map((sample) => sample.t), [0, 5000, 10_000, 35_000, 40_000]); // prettier-ignore
  });

  it('keeps the ink when the cable is pulled in a stroke, and finds the tablet again without asking', async () => {
    const { hid, tablet, events, open } = desk();
    const session = await open();
    await tablet.write(stroke(5).slice(0, 5));
    hid.unplug(tablet);
    assert.deepEqual(events.map((event) => event.type), ['down', 'move', 'move', 'move', 'move', 'up', 'lost']); // prettier-ignore
    assert.equal(samplesOf(events).length, 5);
    await assert.rejects(session.clear(), code('pad-lost'));
    await assert.rejects(open(), code('pad-not-found'));
    hid.asked = 0;
    hid.plug(tablet);
    await open();
    await tablet.write(stroke(2));
    assert.equal(samplesOf(events).length, 7);
    assert.equal(hid.asked, 0);
  });

  it('clears the tablet in every mode and goes on writing', async () => {
    for (const [productId, encryption] of [
      [0xa2, 'off'],
      [0xa8, 'off'],
      [0xa8, 'required'],
    ] as const) {
      // prettier-ignore
      const { tablet, events, clock, open } = desk({ productId }, { encryption });
      const session = await open();
      await tablet.write(stroke(3));
      await until(() => events.some((event) => event.type === 'up'));
      await driven(clock, session.clear());
      await tablet.write(stroke(4));
      await until(() => events.filter((event) => event.type === 'up').length === 2);
      assert.equal(samplesOf(events).length, 7);
      if (productId === 0xa2) assert.equal(tablet.screen.length, 1);
      await session.close();
      assert.equal(tablet.opened, false);
    }
  });

  it('encrypts the cable: every sample arrives, in order, and plain reports are not believed', async () => {
    const { tablet, events, open } = desk({ startCount: 65_000 }, { encryption: 'required' });
    await open();
    const trace = stuTrace({ seconds: 2, maxX: 9000, maxY: 2400 });
    await tablet.write(trace);
    await until(() => events.filter((event) => event.type === 'up').length === 2);
    assert.equal(samplesOf(events).length, trace.filter(({ pressure }) => pressure > 0x15).length);
    const before = events.length;
    tablet.raw(0x34, [0x92, 0xff, 1, 1, 1, 1, 0, 0, 0, 0]);
    await turn();
    assert.equal(events.length, before);
    tablet.raw(0x33, new Array<number>(16).fill(7));
    await until(() => events.some((event) => event.type === 'lost'));
    assert.equal(events[events.length - 1]?.type, 'lost');
    assert.equal(events.length, before + 1, 'the plain report left nothing behind');
  });

  it('writes settings that wear the memory only when they differ', async () => {
    const settings = {
      ...{ backlight: 3, contrast: 2, background: 0xffffff, line: { color: 0, thickness: 1 } },
      ...{ threshold: { on: 0x15, off: 0x10 }, rendering: 1 as const },
    };
    const { tablet, open } = desk({}, { settings });
    const session = await open();
    await session.close();
    await open();
    const writes = (id: number) => tablet.writes.get(id) ?? 0;
    assert.deepEqual([0x2b, 0x2c, 0x2e, 0x2d, 0x22, 0x0e].map(writes), [0, 1, 0, 0, 0, 1]);
    const old = desk({ productId: 0xa3 }, { settings: { background: 0x00ff00, line: { color: 0xff, thickness: 2 } } });
    await old.open();
    assert.deepEqual([0x28, 0x29].map((id) => old.tablet.writes.get(id)), [1, 1]); // prettier-ignore
  });

  it('takes over a tablet that another program left in the middle of something', async () => {
    for (const state of ['image', 'capture'] as const) {
      const { tablet, events, open } = desk();
      tablet.leaveIn(state);
      await open();
      await tablet.write(stroke(1));
      assert.equal(samplesOf(events).length, 1);
    }
  });

  it('lets the host draw the keys, at the right size only', async () => {
    const asked: unknown[] = [];
    const picture = (width: number, height: number) => ({ width, height, data: new Uint8Array(width * height * 4) });
    const drawn = desk({}, {
      drawKeys: (size) => {
        asked.push(size);
        return picture(size.widthPx, size.heightPx);
      },
    }); // prettier-ignore
    await drawn.open();
    assert.deepEqual(asked, [{ widthPx: 800, heightPx: 77 }]);
    assert.ok(drawn.tablet.screen[0]?.bytes.every((byte) => byte === 0));
    await assert.rejects(desk({}, { drawKeys: () => picture(1, 1) }).open(), code('pad-unsupported', 'picture-size'));
  });

  it('fails in words: nothing there, taken, unknown, plain http, nonsense, stopped', async () => {
    const none = desk();
    none.hid.unplug(none.tablet);
    await assert.rejects(none.open(), code('pad-not-found'));
    const asks = new FakeStuHid();
    asks.plug((asks.choice = new FakeStuTablet()));
    const request = { signal: new AbortController().signal, onEvent: () => undefined };
    await (await stuInkSource({ hid: asks }).open(request)).close();
    assert.equal(asks.asked, 1);

    const taken = desk();
    taken.tablet.heldElsewhere = true;
    await assert.rejects(taken.open(), code('pad-busy'));
    await assert.rejects(desk({ productId: 0xa9 }).open(), code('pad-unsupported', 'tls'));
    const v1 = desk({ productId: 0xa2 }, { encryption: 'required' });
    await assert.rejects(v1.open(), code('pad-unsupported', 'encryption-v1'));
    assert.equal(v1.tablet.opened, false);

    const broken = desk();
    broken.tablet.garbage.set(0x09, new Array<number>(16).fill(0));
    await assert.rejects(broken.open(), code('pad-protocol', 'capability'));
    assert.equal(broken.tablet.opened, false);
    const stuck = desk();
    stuck.tablet.garbage.set(0x03, [3, 0, 0, 0]);
    await assert.rejects(stuck.open(), code('pad-protocol', 'wrong-state'));
    const refusing = desk();
    refusing.tablet.garbage.set(0x03, [0, 2, 0, 0]);
    await assert.rejects(refusing.open(), code('pad-protocol', 'wrong-state'));

    const stopped = desk();
    stopped.stop.abort();
    await assert.rejects(stopped.open(), code('aborted'));
  });

  it('names plain http and browsers without WebHID', async () => {
    const request = { signal: new AbortController().signal, onEvent: () => undefined };
    Object.defineProperty(globalThis, 'isSecureContext', { value: false, configurable: true });
    try {
      await assert.rejects(stuInkSource().open(request), code('pad-insecure-context'));
      Object.defineProperty(globalThis, 'isSecureContext', { value: true, configurable: true });
      await assert.rejects(stuInkSource().open(request), code('pad-unsupported', 'no-webhid'));
    } finally {
      Reflect.deleteProperty(globalThis, 'isSecureContext');
    }
  });

  it('gives the tablet back clean when the host stops', async () => {
    const { tablet, stop, events, open } = desk();
    await open();
    stop.abort();
    await until(() => !tablet.opened);
    assert.deepEqual([tablet.opened, tablet.screen.length], [false, 0]);
    await tablet.write(stroke(3));
    assert.equal(events.length, 0);
  });
});
