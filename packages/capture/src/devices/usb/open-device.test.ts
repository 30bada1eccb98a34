import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf } from '../../../test-support/typed-failure.js';
import { PtpSimulator } from '../../testing/ptp-simulator/ptp-simulator.js';
import { FakeUsbBus } from '../../testing/usb-simulator/fake-usb.js';
import { ByteQueue } from './byte-queue.js';
import { openUsbDevice } from './open-device.js';
import { UsbDevices, usbLabel } from './usb-devices.js';
import { usbError, type UsbStep } from './usb-error.js';
import { findFunctions } from './usb-function.js';

/** A video camera: a class that browsers keep from pages. */
const VIDEO = { classCode: 0x0e, subclassCode: 1, protocolCode: 1 };

test('a protected class is told from a device that somebody else holds', async () => {
  const bus = new FakeUsbBus();
  const camera = new PtpSimulator({ interfaceClass: VIDEO.classCode });
  bus.plug(camera);
  const [device] = await new UsbDevices(bus.tab(), VIDEO).list();
  assert.ok(device);
  assert.equal(await codeOf(openUsbDevice(device, findFunctions(device, VIDEO))), 'device-protected');
  assert.equal(device.opened, false);
  camera.driverHoldsDevice = true;
  assert.equal(await codeOf(openUsbDevice(device, findFunctions(device, VIDEO))), 'device-protected');
  bus.unplug(camera);
  assert.equal(await codeOf(openUsbDevice(device, findFunctions(device, VIDEO))), 'device-lost');
});

test('every way in which WebUSB fails has its code', () => {
  const expected: readonly (readonly [UsbStep, string, string])[] = [
    ['choose', 'NotFoundError', 'chooser-cancelled'],
    ['choose', 'SecurityError', 'permission-policy-blocked'],
    ['list', 'SecurityError', 'permission-policy-blocked'],
    ['open', 'NetworkError', 'device-busy'],
    ['open', 'SecurityError', 'device-protected'],
    ['claim', 'NetworkError', 'device-busy'],
    ['claim', 'SecurityError', 'device-protected'],
    ['transfer', 'NetworkError', 'device-lost'],
    ['transfer', 'NotFoundError', 'device-lost'],
    ['transfer', 'SomethingNewError', 'device-lost'],
    ['open', 'SomethingNewError', 'device-busy'],
  ];
  for (const [step, name, code] of expected) {
    assert.equal(usbError(step, new DOMException('x', name)).code, code, `${step} ${name}`);
  }
  assert.equal(usbError('open', undefined).code, 'device-busy');
});

test('listeners of a watcher and of an opened device go away', async () => {
  const bus = new FakeUsbBus();
  const camera = new PtpSimulator();
  bus.plug(camera);
  const tab = bus.tab();
  const devices = new UsbDevices(tab, { classCode: 6, subclassCode: 1, protocolCode: 1 });
  let calls = 0;
  const stop = devices.watch(() => (calls += 1));
  bus.unplug(camera);
  bus.plug(camera);
  stop();
  bus.unplug(camera);
  assert.deepEqual([calls, tab.listening], [2, 0]);
});

test('a device is named once', () => {
  const name = (manufacturerName: string | undefined, productName: string | undefined): string =>
    usbLabel({ manufacturerName, productName } as Parameters<typeof usbLabel>[0]);
  assert.deepEqual(
    [name('HP', 'HP Laser'), name('HP', 'Laser'), name(undefined, undefined)],
    ['HP Laser', 'HP Laser', ''],
  );
});

test('a queue of bytes gives them back in order and lets go of large ones', () => {
  const queue = new ByteQueue();
  const given: number[] = [];
  for (let round = 0; round < 300; round += 1) {
    queue.push(Uint8Array.from({ length: round % 7 }, (_, index) => (round + index) & 0xff));
    if (round % 3 === 0) given.push(...queue.take(round % 11));
  }
  given.push(...queue.take(10_000));
  const expected = Array.from({ length: 300 }, (_, round) =>
    Array.from({ length: round % 7 }, (_, index) => (round + index) & 0xff),
  );
  assert.deepEqual(given, expected.flat());
  queue.push(Uint8Array.from([1, 2, 3, 1, 2, 4]));
  assert.deepEqual([queue.indexOf(Uint8Array.from([1, 2, 4])), queue.indexOf(Uint8Array.from([9]))], [3, -1]);
});
