import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { ErrorCode } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import { idCardReaderSuite } from '../../../testing/id-card-reader-suite.js';
import { samHidReader, type SamHidFraming } from '../../../testing/sam-hid-reader.js';
import { samTestCards } from '../../../testing/sam-people.js';
import { SamSimulator } from '../../../testing/sam-simulator.js';
import { SamUsbBus, SamUsbReader, type SamUsbReaderOptions } from '../../../testing/sam-usb-reader.js';
import { FakeSerial, FakeSerialPort } from '../../../testing/serial-fake.js';
import { createSamReader, type SamReader } from '../create-sam-reader.js';
import { hidSamTransport } from './hid-transport.js';
import type { SamTransport } from './sam-transport.js';
import { serialSamTransport } from './serial-transport.js';
import { usbSamTransport } from './usb-transport.js';

const { resident } = samTestCards;

interface Line {
  readonly simulator: SamSimulator;
  readonly transport: SamTransport;
  readonly bus: { chooser: 'first' | 'cancelled' | 'forbidden' };
  readonly unplug: () => void;
  readonly held: () => number;
}

function hidLine(framing: SamHidFraming = 'plain'): Line & { device: ReturnType<typeof samHidReader>['device'] } {
  const simulator = new SamSimulator({ cut: 'none' });
  const { hid, device } = samHidReader(simulator, { framing });
  return {
    simulator,
    device,
    bus: hid,
    transport: hidSamTransport({ hid, framing }),
    unplug: () => hid.unplug(device),
    held: () => hid.held,
  };
}

function usbLine(options: SamUsbReaderOptions = {}): Line & { device: SamUsbReader } {
  const simulator = new SamSimulator({ cut: 'none' });
  const device = new SamUsbReader(simulator, options);
  const usb = new SamUsbBus(device);
  return {
    simulator,
    device,
    bus: usb,
    transport: usbSamTransport({ usb }),
    unplug: () => usb.unplug(),
    held: () => device.held,
  };
}

function serialLine(baudRate = 115_200): Line & { port: FakeSerialPort; serial: FakeSerial } {
  const simulator = new SamSimulator({ seed: 9 });
  const port = new FakeSerialPort(Object.assign(simulator, { baudRate }));
  const serial = new FakeSerial(port);
  return {
    simulator,
    port,
    serial,
    bus: serial,
    transport: serialSamTransport({ serial }),
    unplug: () => port.unplug(),
    held: () => port.held,
  };
}

const lines: Record<string, () => Line> = {
  'WebHID, plain reports': () => hidLine(),
  'WebHID, counted reports': () => hidLine('counted'),
  'WebUSB, header and body pipes': () => usbLine(),
  'WebUSB, short packets': () => usbLine({ shortPackets: 4 }),
  'WebUSB, one pair of pipes': () => usbLine({ pipes: 'single' }),
  'Web Serial': () => serialLine(),
};

for (const [name, make] of Object.entries(lines)) {
  idCardReaderSuite({ describe, it }, name, () => {
    const { simulator, transport, unplug, held } = make();
    const clock = new ManualClock();
    return {
      reader: createSamReader({ transport, clock, locks: 'none' }),
      card: resident.card,
      placeCard: () => simulator.placeCard(resident),
      removeCard: () => simulator.removeCard(),
      damageCard: () =>
        simulator.spoil('read', ...Array.from({ length: 8 }, () => ({ kind: 'status', status: 0x41 }) as const)),
      unplug,
      silence: () => simulator.silence(),
      settle: (promise) => clock.settle(promise),
      held,
    };
  });
}

function readerOf(transport: SamTransport): { reader: SamReader; read: () => ReturnType<SamReader['read']> } {
  const clock = new ManualClock();
  const reader = createSamReader({ transport, clock, locks: 'none' });
  return { reader, read: () => clock.settle(reader.read()) };
}

const refuses = (transport: SamTransport, code: ErrorCode): Promise<void> =>
  assert.rejects(readerOf(transport).read(), { code });

describe('a chooser', () => {
  for (const [name, make] of Object.entries(lines)) {
    test(`${name}: closed without a choice`, () => {
      const { bus, transport } = make();
      bus.chooser = 'cancelled';
      return refuses(transport, 'chooser-cancelled');
    });

    test(`${name}: forbidden by policy`, () => {
      const { bus, transport } = make();
      bus.chooser = 'forbidden';
      return refuses(transport, 'permission-policy-blocked');
    });
  }

  test('is shown once; after that the granted device is taken', async () => {
    const { simulator, device } = hidLine();
    const { hid } = samHidReader(simulator);
    void device;
    for (let round = 0; round < 2; round += 1) {
      const { reader, read } = readerOf(hidSamTransport({ hid }));
      simulator.placeCard(resident);
      await read();
      await reader.close();
    }
    assert.equal(hid.asked, 1);
  });

  test('without WebHID, WebUSB and Web Serial the browser is named as the reason', async () => {
    for (const transport of [hidSamTransport(), usbSamTransport(), serialSamTransport()]) {
      await refuses(transport, 'feature-missing');
    }
  });
});

describe('a device that somebody else has', () => {
  test('WebHID', () => {
    const { device, transport } = hidLine();
    device.heldElsewhere = true;
    return refuses(transport, 'device-busy');
  });

  test('WebUSB, claimed by another tab', async () => {
    const { device, transport, held } = usbLine();
    device.heldElsewhere = true;
    await refuses(transport, 'device-busy');
    assert.equal(held(), 0);
  });

  test('Web Serial', () => {
    const { port, transport } = serialLine();
    port.heldElsewhere = true;
    return refuses(transport, 'device-busy');
  });

  test('a USB interface of a protected class', () =>
    refuses(usbLine({ interfaceClass: 0x03 }).transport, 'device-protected'));
});

describe('WebUSB', () => {
  test('clears a halt of the IN pipe and goes on', async () => {
    const { simulator, device, transport } = usbLine();
    device.stalled.add(1);
    simulator.placeCard(resident);
    assert.deepEqual(await readerOf(transport).read(), resident.card);
    assert.deepEqual(device.cleared, [1]);
  });

  test('clears a halt of the OUT pipe; the command is sent again', async () => {
    const { simulator, device, transport } = usbLine();
    device.stalled.add(6);
    simulator.placeCard(resident);
    assert.deepEqual(await readerOf(transport).read(), resident.card);
    assert.deepEqual(device.cleared, [6]);
  });
});

describe('Web Serial', () => {
  for (const baudRate of [115_200, 57_600, 38_400, 19_200, 9_600]) {
    test(`finds a reader at ${baudRate} baud, 8N1, asking for the port once`, async () => {
      const { simulator, port, serial, transport } = serialLine(baudRate);
      simulator.placeCard(resident);
      assert.deepEqual(await readerOf(transport).read(), resident.card);
      const { dataBits, parity, stopBits, baudRate: last } = port.openings.at(-1) ?? {};
      assert.deepEqual(
        { dataBits, parity, stopBits, last },
        { dataBits: 8, parity: 'none', stopBits: 1, last: baudRate },
      );
      assert.equal(serial.asked, 1);
    });
  }

  test('goes on after faults of the line', async () => {
    const { simulator, port, transport } = serialLine();
    const { reader, read } = readerOf(transport);
    await reader.samId();
    port.fault('BufferOverrunError');
    port.fault('ParityError');
    simulator.placeCard(resident);
    assert.deepEqual(await read(), resident.card);
  });

  test('nobody answers at any speed', async () => {
    const { simulator, transport, held } = serialLine();
    simulator.silence();
    await refuses(transport, 'device-timeout');
    assert.equal(held(), 0);
  });
});
