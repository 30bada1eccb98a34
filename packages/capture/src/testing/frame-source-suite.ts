import { AnjuanError, type ErrorCode } from '@anjuan/core';
import { expectThat, type SuiteRunner } from '@anjuan/core/testing';
import type { CapturedPicture, FrameSession, FrameSource } from '../devices/frame-source.js';

/** A source with at least one device behind it, and what the suite may do to that device. */
export interface FrameSourceFixture {
  readonly source: FrameSource;
  /** Pictures of one capture. Default 1. */
  readonly pictures?: number;
  /** False where a second capture of a session brings nothing new: an empty feeder, a file. Default true. */
  readonly repeatable?: boolean;
  /** Takes the device away, as pulling the cable does. Absent where nothing can be taken away. */
  readonly unplug?: (deviceId: string) => Promise<void> | void;
  /** Makes a device come or go, so that `watch` calls back. Default: `unplug` of the first device. */
  readonly change?: () => Promise<void> | void;
  /** Things of the device or browser that are still held: running tracks, claimed interfaces, open sockets. */
  readonly held?: () => number;
  readonly dispose?: () => Promise<void> | void;
}

/** Codes of a device that is not there (any more). */
const GONE: readonly ErrorCode[] = [
  'camera-lost',
  'camera-not-found',
  'device-lost',
  'device-not-found',
  'service-not-installed',
  'service-failed',
  'scanner-failed',
];

/**
 * What every FrameSource must do, whether a camera, a vendor's service, a scanner or a file stands behind it. Run it in any
 * framework: `frameSourceSuite({ describe, it }, 'camera', createFixture)`.
 */
export function frameSourceSuite(
  { describe, it }: SuiteRunner,
  name: string,
  create: () => Promise<FrameSourceFixture> | FrameSourceFixture,
): void {
  const test = (title: string, body: (fixture: FrameSourceFixture) => Promise<void>): void =>
    it(title, async () => {
      const fixture = await create();
      try {
        await body(fixture);
      } finally {
        await fixture.dispose?.();
      }
    });

  describe(`FrameSource: ${name}`, () => {
    test('lists devices, the preferred one first, each with an id of its own, the same ids each time', async (fixture) => {
      const devices = await fixture.source.list();
      expectThat(devices.length > 0, 'at least one device');
      expectThat(devices[0]?.preferred === true, 'the preferred device first');
      const ids = devices.map((device) => device.deviceId);
      expectThat(new Set(ids).size === ids.length && !ids.includes(''), 'ids that tell devices apart');
      const again = (await fixture.source.list()).map((device) => device.deviceId);
      expectThat(again.join() === ids.join(), 'the same ids when nothing changed');
    });

    test('opens a device: size, live view and controls are sensible', async (fixture) => {
      const session = await openFirst(fixture);
      expectThat(Number.isInteger(session.widthPx) && session.widthPx >= 0, 'a width in whole pixels, 0 when unknown');
      expectThat(Number.isInteger(session.heightPx) && session.heightPx >= 0, 'a height in whole pixels');
      expectThat(['media-stream', 'frames', 'none'].includes(session.preview.kind), 'a known kind of live view');
      for (const { name: control, range } of session.controls) {
        expectThat(range === undefined || range.min <= range.max, `a true range of ${control}`);
      }
      session.close();
    });

    test('delivers its pictures: bytes that are not empty, or bitmaps with a size', async (fixture) => {
      const session = await openFirst(fixture);
      const count = await captured(session, fixture);
      expectThat(count === (fixture.pictures ?? 1), `${fixture.pictures ?? 1} pictures, got ${count}`);
      session.close();
    });

    test('delivers again from the same session and from the next one', async (fixture) => {
      if (fixture.repeatable === false) return;
      const session = await openFirst(fixture);
      await captured(session, fixture);
      expectThat((await captured(session, fixture)) > 0, 'a second capture');
      session.close();
      const next = await openFirst(fixture);
      expectThat((await captured(next, fixture)) > 0, 'a capture of the next session');
      next.close();
    });

    test('says that a device is not there', async (fixture) => {
      const error = await failureOf(() => fixture.source.open('no-such-device'));
      expectThat(GONE.includes(error.code), `a code for a missing device, got ${error.code}`);
    });

    test('stops on abort, before and inside of open and capture, and works on afterwards', async (fixture) => {
      const aborted = AbortSignal.abort();
      const [device] = await fixture.source.list();
      const deviceId = device?.deviceId ?? '';
      expectThat(
        (await failureOf(() => fixture.source.open(deviceId, { signal: aborted }))).code === 'aborted',
        'aborted',
      );
      const session = await openFirst(fixture);
      const early = await failureOf(() => drain(session.capture({ signal: aborted })));
      expectThat(early.code === 'aborted', `aborted, got ${early.code}`);
      const late = new AbortController();
      const running = settled(drain(session.capture({ signal: late.signal })));
      late.abort();
      const outcome = await running;
      expectThat(outcome === undefined || outcome.code === 'aborted', 'an end or aborted');
      session.close();
      const next = await openFirst(fixture);
      next.close();
    });

    test('may be left in the middle of a capture', async (fixture) => {
      const session = await openFirst(fixture);
      for await (const picture of session.capture()) {
        release(picture);
        break;
      }
      session.close();
      await session.ended;
      expectThat((fixture.held?.() ?? 0) === 0, 'nothing held');
    });

    test('closes: twice is once, ended resolves without a reason, nothing is captured afterwards', async (fixture) => {
      const session = await openFirst(fixture);
      session.close();
      session.close();
      expectThat((await session.ended) === undefined, 'no reason when closed on purpose');
      await failureOf(() => drain(session.capture()));
      expectThat((fixture.held?.() ?? 0) === 0, 'nothing held after close');
    });

    test('takes its own values for each control and refuses controls it does not offer', async (fixture) => {
      const session = await openFirst(fixture);
      for (const control of session.controls) await session.setControl(control.name, control.value);
      const offered = session.controls.map((control) => control.name);
      const missing = (['torch', 'zoom', 'brightness', 'focus'] as const).find((control) => !offered.includes(control));
      if (missing !== undefined) await failureOf(() => session.setControl(missing, 1));
      session.close();
    });

    test('tells when the device goes away, and why', async (fixture) => {
      if (!fixture.unplug) return;
      const session = await openFirst(fixture);
      await fixture.unplug(session.device.deviceId);
      const reason = await session.ended;
      expectThat(reason !== undefined && GONE.includes(reason.code), `a reason, got ${reason?.code ?? 'none'}`);
      const error = await failureOf(() => drain(session.capture()));
      expectThat(GONE.includes(error.code), `the same from capture, got ${error.code}`);
      session.close();
      expectThat((fixture.held?.() ?? 0) === 0, 'nothing held');
    });

    test('ends a running capture when the device goes away: typed, without hanging', async (fixture) => {
      if (!fixture.unplug) return;
      const session = await openFirst(fixture);
      const running = settled(drain(session.capture()));
      await fixture.unplug(session.device.deviceId);
      const outcome = await running;
      expectThat(outcome === undefined || GONE.includes(outcome.code), `delivered or gone, got ${outcome?.code ?? ''}`);
      session.close();
    });

    test('calls back when devices come or go, until told to stop', async (fixture) => {
      const [device] = await fixture.source.list();
      const change = fixture.change ?? (() => fixture.unplug?.(device?.deviceId ?? ''));
      let calls = 0;
      const stop = fixture.source.watch(() => (calls += 1));
      if (fixture.change ?? fixture.unplug) {
        await change();
        for (let turn = 0; turn < 50 && calls === 0; turn += 1) await nextTurn();
        expectThat(calls > 0, 'a call after a change');
      }
      stop();
      stop();
    });

    test('leaves nothing behind after many openings', async (fixture) => {
      for (let round = 0; round < 5; round += 1) (await openFirst(fixture)).close();
      await nextTurn();
      expectThat((fixture.held?.() ?? 0) === 0, `nothing held, got ${fixture.held?.() ?? 0}`);
    });
  });
}

async function openFirst({ source }: FrameSourceFixture): Promise<FrameSession> {
  const [device] = await source.list();
  return source.open(device?.deviceId ?? '');
}

async function captured(session: FrameSession, fixture: FrameSourceFixture): Promise<number> {
  let count = 0;
  for await (const picture of session.capture()) {
    count += 1;
    expectThat(picture.kind === 'bitmap' || picture.bytes.size > 0, 'bytes that are not empty');
    if (picture.kind === 'bitmap') expectThat(widthOf(picture.bitmap) > 0, 'a bitmap with a size');
    expectThat(picture.dpi === undefined || picture.dpi > 0, 'a resolution above zero or none');
    release(picture);
    expectThat(count <= (fixture.pictures ?? 1), 'no picture twice');
  }
  return count;
}

const widthOf = (bitmap: ImageBitmap | VideoFrame): number =>
  'displayWidth' in bitmap ? bitmap.displayWidth : bitmap.width;

function release(picture: CapturedPicture): void {
  if (picture.kind === 'bitmap') picture.bitmap.close();
}

async function drain(pictures: AsyncIterable<CapturedPicture>): Promise<void> {
  for await (const picture of pictures) release(picture);
}

/** The typed error that the work ends with; fails the test when there is none or a foreign one. */
async function failureOf(work: () => Promise<unknown>): Promise<AnjuanError> {
  try {
    await work();
  } catch (error) {
    expectThat(AnjuanError.is(error), `a typed error, got ${error instanceof Error ? error.name : typeof error}`);
    return error;
  }
  throw new Error('Expected: an error');
}

async function settled(work: Promise<unknown>): Promise<AnjuanError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    expectThat(AnjuanError.is(error), 'a typed error');
    return error;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
