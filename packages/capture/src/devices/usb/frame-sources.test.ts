import { ManualClock } from '@anjuan/core/testing';
import { describe, it } from 'node:test';
import { EsclSimulator } from '../../testing/escl-simulator/escl-simulator.js';
import { IppUsbSimulator } from '../../testing/escl-simulator/ipp-usb-simulator.js';
import { frameSourceSuite } from '../../testing/frame-source-suite.js';
import { PtpSimulator } from '../../testing/ptp-simulator/ptp-simulator.js';
import { FakeUsbBus } from '../../testing/usb-simulator/fake-usb.js';
import { fetchOf } from '../../testing/vendor-simulators/http-simulator.js';
import { createEsclSource } from '../escl/escl-source.js';
import { createIppUsbSource } from '../ipp-usb/ipp-usb-source.js';
import { createPtpSource } from '../ptp/ptp-source.js';

const runner = {
  describe: (name: string, body: () => void) => void describe(name, body),
  it: (name: string, body: () => Promise<void>) => void it(name, body),
};

frameSourceSuite(runner, 'escl through a proxy', () => {
  const simulator = new EsclSimulator();
  const clock = new ManualClock();
  return {
    source: createEsclSource({ scanners: [{ baseUrl: 'http://proxy.test/eSCL' }], fetch: fetchOf(simulator), clock }),
    pictures: 3,
    repeatable: false,
    change: async () => {
      await clock.advance(100);
      simulator.running = false;
      await clock.advance(20_000);
    },
  };
});

for (const splitFrames of [false, true]) {
  frameSourceSuite(runner, `ipp over usb${splitFrames ? ', split frames' : ''}`, () => {
    const bus = new FakeUsbBus();
    const printer = new IppUsbSimulator();
    printer.splitFrames = splitFrames;
    bus.plug(printer);
    return {
      source: createIppUsbSource({ usb: bus.tab(), clock: new ManualClock() }),
      pictures: 3,
      repeatable: false,
      unplug: () => bus.unplug(printer),
      held: () => printer.claimed,
    };
  });

  frameSourceSuite(runner, `ptp${splitFrames ? ', split frames' : ''}`, () => {
    const bus = new FakeUsbBus();
    const camera = new PtpSimulator();
    camera.splitFrames = splitFrames;
    bus.plug(camera);
    return {
      source: createPtpSource({ usb: bus.tab() }),
      unplug: () => bus.unplug(camera),
      held: () => camera.claimed,
    };
  });
}
