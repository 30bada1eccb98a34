import { ManualClock } from '@anjuan/core/testing';
import { createEsclSource } from '../../devices/escl/escl-source.js';
import { createIppUsbSource } from '../../devices/ipp-usb/ipp-usb-source.js';
import { createPtpSource } from '../../devices/ptp/ptp-source.js';
import { createEloamHttpSource } from '../../devices/vendor/eloam-http/source.js';
import { createEloamSocketSource } from '../../devices/vendor/eloam-ws/source.js';
import { createFuncJsonSource } from '../../devices/vendor/func-json/source.js';
import { createTextCommandSource } from '../../devices/vendor/text-command/source.js';
import { EsclSimulator } from '../escl-simulator/escl-simulator.js';
import { IppUsbSimulator } from '../escl-simulator/ipp-usb-simulator.js';
import type { FrameSourceFixture } from '../frame-source-suite.js';
import { PtpSimulator } from '../ptp-simulator/ptp-simulator.js';
import { FakeUsbBus } from '../usb-simulator/fake-usb.js';
import type { FakeUsbHardware } from '../usb-simulator/fake-usb-hardware.js';
import { EloamHttpSimulator } from './eloam-http-simulator.js';
import { EloamSocketSimulator } from './eloam-ws-simulator.js';
import { FuncJsonSimulator } from './func-json-simulator.js';
import { fetchOf } from './http-simulator.js';
import { socketClassOf, type SocketSimulator } from './socket-simulator.js';
import { TextCommandSimulator } from './text-command-simulator.js';

/** Every source of services, scanners and still cameras with its simulator, ready for `frameSourceSuite`. */
export const deviceFixtures: Readonly<Record<string, () => FrameSourceFixture>> = {
  'eloam-http': () => {
    const simulator = new EloamHttpSimulator();
    const clock = new ManualClock();
    return {
      source: createEloamHttpSource({ fetch: fetchOf(simulator), clock }),
      unplug: () => simulator.stop(),
      change: () => seen(clock, () => simulator.stop()),
      held: () => simulator.streams,
    };
  },
  'eloam-ws': () => {
    const simulator = new EloamSocketSimulator();
    const clock = new ManualClock();
    const source = createEloamSocketSource({ WebSocket: socketClassOf(simulator), clock });
    return { source, ...overSocket(simulator, clock) };
  },
  'text-command': () => {
    const simulator = new TextCommandSimulator();
    const clock = new ManualClock();
    const source = createTextCommandSource({ WebSocket: socketClassOf(simulator), clock });
    return { source, ...overSocket(simulator, clock) };
  },
  'func-json': () => {
    const simulator = new FuncJsonSimulator();
    const clock = new ManualClock();
    return {
      source: createFuncJsonSource({ WebSocket: socketClassOf(simulator), clock }),
      ...overSocket(simulator, clock),
      unplug: (deviceId) => simulator.unplug(Number(deviceId.split(':')[1])),
      change: () => seen(clock, () => simulator.unplug(1)),
    };
  },
  'escl through a proxy': () => {
    const simulator = new EsclSimulator();
    const clock = new ManualClock();
    return {
      source: createEsclSource({ scanners: [{ baseUrl: 'http://proxy.test/eSCL' }], fetch: fetchOf(simulator), clock }),
      pictures: 3,
      repeatable: false,
      change: () => seen(clock, () => void (simulator.running = false)),
    };
  },
  'ipp over usb': () => overUsb(new IppUsbSimulator()),
  'ipp over usb, split frames': () => overUsb(split(new IppUsbSimulator())),
  ptp: () => overUsb(new PtpSimulator()),
  'ptp, split frames': () => overUsb(split(new PtpSimulator())),
};

function overSocket(simulator: SocketSimulator, clock: ManualClock): Omit<FrameSourceFixture, 'source'> {
  return {
    unplug: () => simulator.stop(),
    change: () => seen(clock, () => simulator.stop()),
    held: () => simulator.connections,
  };
}

function overUsb(hardware: IppUsbSimulator | PtpSimulator): FrameSourceFixture {
  const bus = new FakeUsbBus();
  bus.plug(hardware);
  const usb = bus.tab();
  const device = { unplug: () => bus.unplug(hardware), held: () => hardware.claimed };
  return hardware instanceof PtpSimulator
    ? { source: createPtpSource({ usb }), ...device }
    : { source: createIppUsbSource({ usb }), pictures: 3, repeatable: false, ...device };
}

function split<Hardware extends FakeUsbHardware>(hardware: Hardware): Hardware {
  hardware.splitFrames = true;
  return hardware;
}

/** Lets a watcher look before and after something happens. */
async function seen(clock: ManualClock, happen: () => void): Promise<void> {
  await clock.advance(100);
  happen();
  await clock.advance(20_000);
}
