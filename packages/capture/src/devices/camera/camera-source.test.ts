import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { ManualClock, type SuiteRunner } from '@anjuan/core/testing';
import {
  DOCUMENT_CAMERA,
  FakeCameras,
  fakeEnvironment,
  type FakeCameraOptions,
  type FakeEnvironment,
  type FakeRefusal,
} from '../../testing/fake-camera.js';
import { frameSourceSuite } from '../../testing/frame-source-suite.js';
import type { CapturedPicture, FrameSource } from '../frame-source.js';
import { createCameraSource } from './camera-source.js';

const runner: SuiteRunner = {
  describe: (name, body) => void describe(name, body),
  it: (name, body) => void it(name, body),
};

interface World {
  readonly cameras: FakeCameras;
  readonly clock: ManualClock;
  readonly source: FrameSource;
}

function world(options: FakeCameraOptions = {}, environment: Partial<FakeEnvironment> = {}): World {
  const cameras = new FakeCameras(options);
  const clock = new ManualClock();
  const source = createCameraSource({
    mediaDevices: cameras.mediaDevices,
    environment: fakeEnvironment(environment),
    grabber: cameras.grabber,
    clock,
  });
  return { cameras, clock, source };
}

frameSourceSuite(runner, 'camera', () => {
  const { cameras, source } = world();
  return { source, unplug: (deviceId) => cameras.unplug(deviceId), held: () => cameras.running.size };
});

async function failure(work: Promise<unknown>): Promise<AnjuanError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(AnjuanError.is(error), String(error));
  return error;
}

async function pictures(source: AsyncIterable<CapturedPicture>): Promise<number> {
  let count = 0;
  for await (const _picture of source) count += 1;
  return count;
}

test('the main lens comes first, by its pixels and not by its name', async () => {
  const devices = await world().source.list();
  assert.deepEqual(
    devices.map(({ deviceId, preferred }) => [deviceId, preferred]),
    [
      ['main', true],
      ['side', false],
    ],
  );
});

test('before the grant there is one nameless camera; opening it ends at the main lens, the other one is let go', async () => {
  const { cameras, source } = world({ hidden: true });
  const [device] = await source.list();
  assert.deepEqual(device, { deviceId: 'camera', kind: 'camera', label: '', preferred: true });
  const session = await source.open('camera');
  assert.equal(session.device.deviceId, 'main');
  assert.deepEqual([session.widthPx, session.heightPx], [4208, 3120]);
  assert.equal(cameras.running.size, 1);
  session.close();
  assert.equal(cameras.running.size, 0);
});

test('asks for whole native frames in the largest size, at any frame rate', async () => {
  const { cameras, source } = world();
  const session = await source.open('main');
  assert.deepEqual(cameras.asked[0], {
    deviceId: { exact: 'main' },
    width: { ideal: 9999 },
    height: { ideal: 9999 },
    resizeMode: { exact: 'none' },
    frameRate: { min: 1 },
  });
  assert.deepEqual(session.warnings, []);
  session.close();
});

test('a driver that cannot start the largest mode gets smaller ones, and the operator is told', async () => {
  const lens = { deviceId: 'one', label: '', widthPx: 5120, heightPx: 3840, startsUpToPx: 2592 };
  const session = await world({ lenses: [lens] }).source.open('one');
  assert.ok(session.widthPx >= 1920 && session.widthPx <= 2592, String(session.widthPx));
  assert.deepEqual(session.warnings, [
    { kind: 'low-resolution', widthPx: session.widthPx, heightPx: session.heightPx },
  ]);
  session.close();
});

test('an older browser without resizeMode still opens; a cropped picture is told', async () => {
  const { source } = world({ resizeMode: false });
  const session = await source.open('main');
  assert.equal(session.widthPx, 4208);
  session.close();
  const cropping = new FakeCameras();
  const getUserMedia = cropping.getUserMedia.bind(cropping);
  cropping.getUserMedia = async ({ video }) => {
    const { resizeMode: _none, ...rest } = video as MediaTrackConstraints & { resizeMode?: unknown };
    return getUserMedia({ video: { ...rest, width: { ideal: 3840 }, height: { ideal: 2160 } } });
  };
  const cut = await createCameraSource({
    mediaDevices: cropping.mediaDevices,
    environment: fakeEnvironment(),
    grabber: cropping.grabber,
  }).open('main');
  assert.deepEqual(cut.warnings, [{ kind: 'cropped', widthPx: 3840, heightPx: 2160 }]);
  cut.close();
});

test('every refusal of the browser has its own code and cause', async () => {
  const cases: readonly (readonly [FakeRefusal, Partial<FakeEnvironment>, string, Record<string, unknown>])[] = [
    [{ name: 'NotAllowedError' }, { permissions: { camera: 'denied' } }, 'camera-denied', { by: 'site' }],
    [{ name: 'NotAllowedError' }, { permissions: { camera: 'prompt' } }, 'camera-denied', { by: 'dismissed' }],
    [
      { name: 'NotAllowedError', message: 'Permission denied by system' },
      { permissions: { camera: 'prompt' } },
      'camera-denied',
      { by: 'system' },
    ],
    [{ name: 'NotAllowedError' }, { permissions: { camera: 'granted' } }, 'camera-denied', { by: 'system' }],
    [{ name: 'NotFoundError' }, {}, 'camera-not-found', {}],
    [{ name: 'OverconstrainedError', constraint: 'deviceId' }, {}, 'camera-not-found', { constraint: 'deviceId' }],
    [{ name: 'TypeError' }, {}, 'feature-missing', {}],
    [{ name: 'InvalidStateError' }, {}, 'unexpected', {}],
  ];
  for (const [refusal, environment, code, details] of cases) {
    const { cameras, source } = world({}, environment);
    cameras.refusals = [refusal];
    const error = await failure(source.open('main'));
    assert.equal(error.code, code, refusal.name);
    assert.deepEqual(error.details, details);
    assert.equal(cameras.running.size, 0);
  }
});

test('a busy camera is busy after three attempts, not nine', async () => {
  const { cameras, source } = world();
  cameras.refusals = Array.from({ length: 9 }, () => ({ name: 'NotReadableError' }));
  assert.equal((await failure(source.open('main'))).code, 'camera-busy');
  assert.equal(cameras.asked.length, 3);
});

test('http pages, iframes without the permission and policies are told apart, before anybody is asked', async () => {
  const http = await failure(world({}, { secure: false }).source.list());
  assert.equal(http.code, 'insecure-context');
  for (const embedded of [true, false]) {
    const { cameras, source } = world({}, { embedded, policy: { camera: false } });
    const error = await failure(source.open('main'));
    assert.equal(error.code, 'permission-policy-blocked');
    assert.deepEqual(error.details, { feature: 'camera', embedded });
    assert.equal(cameras.asked.length, 0);
  }
  const none = createCameraSource({ environment: fakeEnvironment({ apis: [] }) });
  assert.equal((await failure(none.list())).code, 'feature-missing');
  none.watch(() => undefined)();
});

test('black frames are told, light that comes late is waited for', async () => {
  const { cameras, source } = world();
  const session = await source.open('main');
  cameras.level = 10;
  assert.equal((await failure(pictures(session.capture()))).code, 'camera-dark');
  let frames = 0;
  const { light } = cameras.grabber;
  const slow = createCameraSource({
    mediaDevices: cameras.mediaDevices,
    environment: fakeEnvironment(),
    grabber: {
      ...cameras.grabber,
      light: (frame) => ((frames += 1) > 5 ? { mean: 200, max: 200 } : light(frame)),
    },
  });
  const second = await slow.open('side');
  assert.equal(await pictures(second.capture()), 1);
  assert.equal(frames, 6);
  session.close();
  second.close();
});

test('a camera that stops sending frames ends in a timeout, unplugging in the middle in camera-lost', async () => {
  const { cameras, clock, source } = world();
  const session = await source.open('main');
  cameras.frozen = true;
  const stuck = failure(pictures(session.capture()));
  assert.equal((await clock.settle(stuck)).code, 'device-timeout');
  const cut = failure(pictures(session.capture()));
  cameras.unplug('main');
  assert.equal((await cut).code, 'camera-lost');
  assert.equal((await session.ended)?.code, 'camera-lost');
  assert.equal(clock.pending, 0, 'no timer is left');
});

test('a camera that vanishes without an event on its track is noticed by the list of devices', async () => {
  const { cameras, source } = world();
  const session = await source.open('side');
  const track = [...cameras.running][0];
  assert.ok(track);
  track.lose = () => undefined;
  cameras.unplug('side');
  assert.equal((await session.ended)?.code, 'camera-lost');
  assert.equal(cameras.running.size, 0);
});

test('several cameras run at once; closing one leaves the other', async () => {
  const { cameras, source } = world();
  const main = await source.open('main');
  const side = await source.open('side');
  assert.equal(cameras.running.size, 2);
  main.close();
  assert.equal(await pictures(side.capture()), 1);
  side.close();
  assert.equal(cameras.running.size, 0);
});

test('a stream that comes after the abort is stopped', async () => {
  const { cameras, source } = world();
  const controller = new AbortController();
  const opening = failure(source.open('main', { signal: controller.signal }));
  await Promise.resolve();
  controller.abort();
  assert.equal((await opening).code, 'aborted');
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(cameras.running.size, 0);
});

test('offers focus, exposure, brightness, zoom and torch where the camera has them, and sets them', async () => {
  const { source } = world();
  const side = await source.open('side');
  assert.deepEqual(side.controls, []);
  side.close();
  const session = await source.open('main');
  const names = session.controls.map((control) => control.name);
  assert.deepEqual(names, ['focus', 'exposure', 'brightness', 'zoom', 'torch']);
  const value = (name: string): unknown => session.controls.find((control) => control.name === name)?.value;
  assert.equal(value('focus'), true, 'automatic');
  await session.setControl('focus', 512);
  assert.equal(value('focus'), 512, 'manual');
  await session.setControl('focus', true);
  assert.equal(value('focus'), true);
  await session.setControl('torch', true);
  assert.equal(value('torch'), true);
  await session.setControl('zoom', 2.5);
  assert.equal(value('zoom'), 2.5);
  for (const [name, wrong] of [
    ['zoom', 9],
    ['zoom', true],
    ['brightness', Number.NaN],
    ['white-balance', 4000],
    ['lens', 1],
  ] as const) {
    assert.equal((await failure(session.setControl(name, wrong))).code, 'invalid-argument', name);
  }
  session.close();
  assert.deepEqual(session.controls, []);
});

test('a lens that is plugged in later is seen', async () => {
  const { cameras, source } = world({ lenses: [] });
  assert.deepEqual(await source.list(), []);
  assert.equal((await failure(source.open('camera'))).code, 'camera-not-found');
  let changes = 0;
  const stop = source.watch(() => (changes += 1));
  for (const lens of DOCUMENT_CAMERA) cameras.plug(lens);
  assert.equal(changes, 2);
  assert.equal((await source.list())[0]?.deviceId, 'main');
  stop();
  cameras.unplug('main');
  assert.equal(changes, 2);
});
