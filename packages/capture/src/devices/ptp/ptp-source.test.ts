import { ManualClock } from '@anjuan/core/testing';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, deliveredBy } from '../../../test-support/typed-failure.js';
import { container, deviceInfo } from '../../testing/ptp-simulator/ptp-bytes.js';
import { PtpSimulator } from '../../testing/ptp-simulator/ptp-simulator.js';
import { FakeUsbBus } from '../../testing/usb-simulator/fake-usb.js';
import { encodeContainer, PtpContainerReader } from './ptp-container.js';
import { createPtpSource, type PtpSourceOptions } from './ptp-source.js';

function setUp(options: Omit<PtpSourceOptions, 'usb' | 'clock'> = {}) {
  const bus = new FakeUsbBus();
  const camera = new PtpSimulator();
  bus.plug(camera);
  const clock = new ManualClock();
  const source = createPtpSource({ usb: bus.tab(), clock, ...options });
  const open = async () => source.open((await source.list())[0]?.deviceId ?? '');
  return { bus, camera, clock, source, open };
}

test('the bytes of a command are those of the standard', () => {
  const bytes = encodeContainer({ type: 1, code: 0x100e, transactionId: 0x01020304 }, [0, 0xffffffff]);
  assert.equal(Buffer.from(bytes).toString('hex'), '1400000001000e100403020100000000ffffffff');
});

test('containers come out whole, whatever pieces they came in', () => {
  const data = container(2, 0x1001, 5, deviceInfo());
  const all = Uint8Array.from([...data, ...container(3, 0x2001, 5)]);
  for (const size of [1, 7, 12, 13, 64, 512]) {
    const reader = new PtpContainerReader();
    const codes: number[] = [];
    for (let at = 0; at < all.length; at += size) {
      reader.push(all.subarray(at, at + size));
      for (let next = reader.next(); next; next = reader.next()) codes.push(next.code);
    }
    assert.deepEqual(codes, [0x1001, 0x2001], `${size} bytes at a time`);
  }
});

test('takes a picture, knows its size, and leaves it on the card unless told otherwise', async () => {
  const keep = setUp();
  const session = await keep.open();
  assert.equal((await deliveredBy(session.capture())).sizes.length, 1);
  assert.deepEqual([session.widthPx, session.heightPx, keep.camera.objects.size], [4608, 3456, 1]);
  session.close();
  assert.equal(keep.camera.operations.at(-1), 0x1003, 'the camera is told that we leave');
  const remove = setUp({ deleteAfterTransfer: true });
  await deliveredBy((await remove.open()).capture());
  assert.equal(remove.camera.objects.size, 0);
});

test('events in the wrong order, without events, and several pictures of one shot', async () => {
  for (const events of ['right', 'reversed', 'none'] as const) {
    const { camera, clock, open } = setUp();
    camera.events = events;
    camera.burst = 3;
    camera.objects.set(1, new Uint8Array(8));
    const { sizes, code } = await clock.settle(deliveredBy((await open()).capture()));
    assert.deepEqual([sizes.length, code], [3, undefined], events);
  }
});

test('a busy camera is asked again', async () => {
  const { camera, clock, open } = setUp();
  const session = await open();
  camera.busy = 5;
  assert.equal((await clock.settle(deliveredBy(session.capture()))).sizes.length, 1);
  camera.busy = 1000;
  assert.equal((await clock.settle(deliveredBy(session.capture()))).code, 'device-busy');
});

test('unplugged in the middle of a picture: what came is delivered, then lost', async () => {
  const { bus, camera, open } = setUp();
  camera.burst = 2;
  const session = await open();
  let pictures = 0;
  let code: string | undefined;
  try {
    for await (const _ of session.capture()) {
      pictures += 1;
      camera.vanish = () => bus.unplug(camera);
    }
  } catch (error) {
    code = (error as { code?: string }).code;
  }
  assert.deepEqual([pictures, code], [1, 'device-lost']);
  assert.equal((await session.ended)?.code, 'device-lost');
});

test('a stall is freed once; a camera that says nothing times out', async () => {
  const stalled = setUp();
  stalled.camera.stall('in', 1);
  assert.equal((await deliveredBy((await stalled.open()).capture())).sizes.length, 1);
  const silent = setUp();
  const session = await silent.open();
  silent.camera.silent = true;
  assert.equal((await silent.clock.settle(deliveredBy(session.capture()))).code, 'device-timeout');
  assert.equal((await session.ended)?.code, 'device-timeout');
  assert.equal(silent.camera.claimed, 0);
});

test('answers that do not belong to the question, or are none', async () => {
  for (const wrong of [
    container(3, 0x2001, 99),
    container(2, 0x1234, 2, new Uint8Array(4)),
    container(9, 0, 0),
    Uint8Array.from([0xff, 0xff, 0xff, 0xff, 2, 0, 7, 0x10, 2, 0, 0, 0]),
  ]) {
    const { camera, open } = setUp();
    const session = await open();
    camera.wrongBytes.push(wrong);
    assert.equal((await deliveredBy(session.capture())).code, 'device-protocol');
    session.close();
  }
});

test('a class that browsers protect is never offered, and two tabs do not share a camera', async () => {
  const { bus, camera, open, source } = setUp();
  bus.plug(new PtpSimulator({ interfaceClass: 0x0e }));
  assert.equal((await source.list()).length, 1);
  await open();
  const other = createPtpSource({ usb: bus.tab(), clock: new ManualClock() });
  assert.equal(await codeOf(other.open((await other.list())[0]?.deviceId ?? '')), 'device-busy');
  assert.equal(camera.claimed, 1);
});

test('a camera that another program left in a session is used on', async () => {
  const { open, camera } = setUp();
  await open().then((session) => session.close());
  camera.busy = 0;
  const session = await open();
  assert.equal((await deliveredBy(session.capture())).sizes.length, 1);
});
