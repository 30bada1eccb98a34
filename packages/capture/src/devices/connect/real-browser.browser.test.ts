import { expect } from 'chai';
import { AnjuanError } from '@anjuan/core';
import { hidSamTransport } from '../id-card/transport/hid-transport.js';
import type { SamTransport } from '../id-card/transport/sam-transport.js';
import { serialSamTransport } from '../id-card/transport/serial-transport.js';
import { usbSamTransport } from '../id-card/transport/usb-transport.js';
import { createSamReader } from '../id-card/create-sam-reader.js';
import { hidPedal } from '../trigger/pedal/hid-pedal.js';
import { hidScanner } from '../trigger/pos/hid-scanner.js';

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (!AnjuanError.is(error)) throw error;
    return `${error.code}, ${String(error.details.reason)}`;
  }
};

describe('devices in a real browser', () => {
  const lines: Record<string, () => SamTransport> = {
    WebHID: () => hidSamTransport(),
    WebUSB: () => usbSamTransport(),
    'Web Serial': () => serialSamTransport(),
  };
  for (const [name, make] of Object.entries(lines)) {
    it(`${name}: without a click no chooser opens, and nothing stays locked`, async () => {
      for (let round = 0; round < 2; round += 1) {
        const reader = createSamReader({ transport: make() });
        expect(await codeOf(reader.read())).to.equal('chooser-cancelled, no user gesture');
        await reader.close();
      }
    });
  }

  it('pedals and scanners say the same', async () => {
    expect(await codeOf(hidPedal().start(() => undefined))).to.equal('chooser-cancelled, no user gesture');
    expect(await codeOf(hidScanner().start(() => undefined))).to.equal('chooser-cancelled, no user gesture');
  });

  it('an iframe without permission is told so', async () => {
    const frame = document.createElement('iframe');
    frame.allow = "hid 'none'; usb 'none'; serial 'none'";
    document.body.append(frame);
    try {
      const { hid, usb, serial } = frame.contentWindow?.navigator as Navigator & {
        hid?: never;
        usb?: never;
        serial?: never;
      };
      const transports = [
        hidSamTransport(hid ? { hid } : {}),
        usbSamTransport(usb ? { usb } : {}),
        serialSamTransport(serial ? { serial } : {}),
      ];
      for (const transport of transports) {
        const reader = createSamReader({ transport });
        expect(await codeOf(reader.read())).to.equal('permission-policy-blocked, undefined');
        await reader.close();
      }
    } finally {
      frame.remove();
    }
  });
});
