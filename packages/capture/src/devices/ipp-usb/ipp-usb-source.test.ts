import { ManualClock } from '@anjuan/core/testing';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, deliveredBy } from '../../../test-support/typed-failure.js';
import { IppUsbSimulator } from '../../testing/escl-simulator/ipp-usb-simulator.js';
import { FakeUsbBus } from '../../testing/usb-simulator/fake-usb.js';
import { ascii } from '../usb/byte-queue.js';
import { createIppUsbSource } from './ipp-usb-source.js';

function setUp() {
  const bus = new FakeUsbBus();
  const printer = new IppUsbSimulator();
  bus.plug(printer);
  const usb = bus.tab();
  const clock = new ManualClock();
  const source = createIppUsbSource({ usb, clock });
  const open = async () => source.open((await source.list())[0]?.deviceId ?? '');
  const scan = () => clock.settle(open().then((session) => deliveredBy(session.capture())));
  return { bus, printer, usb, clock, source, open, scan };
}

test('asks for the device in the chooser; closing it or a policy is told', async () => {
  const { source, usb } = setUp();
  assert.equal((await source.request?.())?.label, 'Simulated USB MFP');
  usb.chooser = 'cancel';
  assert.equal(await codeOf(source.request?.() ?? Promise.resolve()), 'chooser-cancelled');
  usb.chooser = 'forbidden';
  assert.equal(await codeOf(source.request?.() ?? Promise.resolve()), 'permission-policy-blocked');
});

test('a browser without WebUSB', async () => {
  const source = createIppUsbSource();
  assert.equal(await codeOf(source.list()), 'feature-missing');
});

test('speaks to localhost, with bodies told by length or by chunks, after zero-length packets', async () => {
  for (const framing of ['content-length', 'chunked'] as const) {
    const { printer, scan } = setUp();
    printer.framing = framing;
    printer.emptyPackets = 3;
    assert.equal((await scan()).sizes.length, 3);
    assert.deepEqual([...new Set(printer.hosts)], ['localhost']);
  }
});

test('another tab holds the device until it closes it', async () => {
  const { bus, open, printer } = setUp();
  const first = await open();
  const other = createIppUsbSource({ usb: bus.tab(), clock: new ManualClock() });
  const [device] = await other.list();
  assert.equal(await codeOf(other.open(device?.deviceId ?? '')), 'device-busy');
  assert.equal(printer.claimed, 2);
  first.close();
  (await other.open(device?.deviceId ?? '')).close();
  assert.equal(printer.claimed, 0);
});

test('a driver of the system holds the device, or one of its interfaces', async () => {
  const driver = setUp();
  driver.printer.driverHoldsDevice = true;
  assert.equal(await codeOf(driver.open()), 'device-protected');
  const half = setUp();
  half.printer.takenInterfaces.add(0);
  assert.equal((await half.scan()).sizes.length, 3, 'the second interface is enough');
  const all = setUp();
  all.printer.takenInterfaces.add(0).add(1);
  assert.equal(await codeOf(all.open()), 'device-busy');
  assert.equal(all.printer.claimed, 0);
});

test('a stalled pipe is freed and tried once more, not for ever', async () => {
  const once = setUp();
  once.printer.stall('in', 2);
  once.printer.stall('out', 1);
  assert.equal((await once.scan()).sizes.length, 3);
  const always = setUp();
  always.printer.stall('in', 2, 100);
  assert.equal(await codeOf(always.open()), 'device-protocol');
  assert.equal(always.printer.claimed, 0);
});

test('unplugged in the middle of a page: whole pages only, then lost', async () => {
  const { bus, printer, open } = setUp();
  const session = await open();
  const delivered: number[] = [];
  let code: string | undefined;
  try {
    for await (const picture of session.capture()) {
      delivered.push(picture.kind === 'bytes' ? picture.bytes.size : 0);
      printer.vanish = () => bus.unplug(printer);
    }
  } catch (error) {
    code = (error as { code?: string }).code;
  }
  assert.deepEqual([delivered.length, code], [1, 'device-lost']);
  assert.equal((await session.ended)?.code, 'device-lost');
});

test('an aborted page is still read to its end, so that the next scan finds an empty pipe', async () => {
  const { open, printer } = setUp();
  const session = await open();
  const controller = new AbortController();
  const aborted = deliveredBy(session.capture({ signal: controller.signal }));
  await new Promise((resolve) => setTimeout(resolve, 0));
  controller.abort();
  assert.ok(['aborted', undefined].includes((await aborted).code));
  printer.escl.sheets = 2;
  assert.equal((await deliveredBy(session.capture())).sizes.length, 2);
});

test('answers that are no HTTP, or never end, are typed', async () => {
  for (const wrong of [
    'nonsense\r\n\r\n',
    'HTTP/1.1 200 OK\r\n\r\nbody',
    'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
  ]) {
    const { printer, open } = setUp();
    printer.wrongBytes.push(ascii(wrong));
    assert.equal(await codeOf(open()), 'device-protocol', wrong);
    assert.equal(printer.claimed, 0);
  }
  const { printer, clock, open } = setUp();
  printer.wrongBytes.push(ascii('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'));
  assert.equal(await clock.settle(codeOf(open())), 'device-timeout');
});

test('a printer that fell silent works again in the same session, because its pipes are emptied', async () => {
  const { open, clock, printer } = setUp();
  const session = await open();
  printer.escl.silent = true;
  assert.equal((await clock.settle(deliveredBy(session.capture()))).code, 'device-timeout');
  assert.equal((await clock.settle(deliveredBy(session.capture()))).code, 'device-timeout');
  await clock.advance(20_000);
  printer.escl.silent = false;
  assert.equal((await clock.settle(deliveredBy(session.capture()))).sizes.length, 3);
  session.close();
  assert.equal(printer.claimed, 0);
  await clock.advance(1_000_000);
  assert.equal(clock.pending, 0);
});
