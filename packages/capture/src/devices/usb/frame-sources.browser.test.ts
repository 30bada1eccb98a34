import { ManualClock } from '@anjuan/core/testing';
import { expect } from 'chai';
import { frameSourceSuite } from '../../testing/frame-source-suite.js';
import { deviceFixtures } from '../../testing/vendor-simulators/device-fixtures.js';
import { EloamHttpSimulator } from '../../testing/vendor-simulators/eloam-http-simulator.js';
import { EloamSocketSimulator } from '../../testing/vendor-simulators/eloam-ws-simulator.js';
import { fetchOf } from '../../testing/vendor-simulators/http-simulator.js';
import { socketClassOf } from '../../testing/vendor-simulators/socket-simulator.js';
import type { FrameSource } from '../frame-source.js';
import { createEloamHttpSource } from '../vendor/eloam-http/source.js';
import { createEloamSocketSource } from '../vendor/eloam-ws/source.js';
import { serviceReach } from '../vendor/shared/service-fault.js';

const runner = { describe, it: (name: string, body: () => Promise<void>) => void it(name, body) };

for (const [name, create] of Object.entries(deviceFixtures)) frameSourceSuite(runner, name, create);

/** A JPEG with image data. */
async function realJpeg(): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(320, 240);
  canvas.getContext('2d')?.fillRect(20, 20, 100, 100);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
}

describe('live view of services in a browser', () => {
  const sources: Readonly<Record<string, (jpeg: Uint8Array<ArrayBuffer>) => FrameSource>> = {
    'eloam-http': (jpeg) => {
      const simulator = new EloamHttpSimulator();
      simulator.picture = () => jpeg;
      return createEloamHttpSource({ fetch: fetchOf(simulator), clock: new ManualClock() });
    },
    'eloam-ws': (jpeg) => {
      const simulator = new EloamSocketSimulator();
      simulator.picture = () => jpeg;
      return createEloamSocketSource({ WebSocket: socketClassOf(simulator), clock: new ManualClock() });
    },
  };
  for (const [name, create] of Object.entries(sources)) {
    it(`${name}: frames become bitmaps, the capture is the very bytes of the device`, async () => {
      const jpeg = await realJpeg();
      const source = create(jpeg);
      const session = await source.open((await source.list())[0]?.deviceId ?? '');
      if (session.preview.kind !== 'frames') throw new Error('frames expected');
      const { value } = await session.preview.frames.getReader().read();
      expect([value?.width, value?.height]).to.deep.equal([320, 240]);
      value?.close();
      for await (const picture of session.capture()) {
        if (picture.kind !== 'bytes') throw new Error('bytes expected');
        expect(new Uint8Array(await picture.bytes.arrayBuffer())).to.deep.equal(jpeg);
        expect(picture.bytes.type).to.equal('image/jpeg');
      }
      session.close();
    });
  }

  it('the browser is asked about this computer without a prompt', async () => {
    expect(['granted', 'prompt', 'denied', 'unknown']).to.include(
      await serviceReach('http://127.0.0.1:38088', { pageHost: 'emr.hospital.test' }),
    );
  });
});
