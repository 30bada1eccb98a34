import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { serveHttp, serveSocket, type SimulatorServer } from '../../../test-support/simulator-servers.js';
import { codeOf, deliveredBy } from '../../../test-support/typed-failure.js';
import { EsclSimulator } from '../../testing/escl-simulator/escl-simulator.js';
import {
  BAUCHE_CARD,
  BaucheSimulator,
  JOYUSING_CARD,
  JoyusingSimulator,
  SYNJONES_CARD,
  SynjonesSimulator,
} from '../../testing/vendor-simulators/card-simulators.js';
import { EloamHttpSimulator } from '../../testing/vendor-simulators/eloam-http-simulator.js';
import { EloamSocketSimulator } from '../../testing/vendor-simulators/eloam-ws-simulator.js';
import { FuncJsonSimulator } from '../../testing/vendor-simulators/func-json-simulator.js';
import type { SocketSimulator } from '../../testing/vendor-simulators/socket-simulator.js';
import { SYNTHETIC_CARD } from '../../testing/vendor-simulators/synthetic-card.js';
import { TextCommandSimulator } from '../../testing/vendor-simulators/text-command-simulator.js';
import { createEsclSource } from '../escl/escl-source.js';
import type { FrameSource } from '../frame-source.js';
import { createBaucheCardReader } from './bauche/card-reader.js';
import { createEloamHttpSource } from './eloam-http/source.js';
import { createEloamSocketSource } from './eloam-ws/source.js';
import { createFuncJsonSource } from './func-json/source.js';
import { createJoyusingCardReader } from './joyusing/card-reader.js';
import type { SocketConstructor } from './shared/socket-link.js';
import { createSynjonesCardReader } from './synjones/card-reader.js';
import { createTextCommandSource } from './text-command/source.js';

const Socket = WebSocket as unknown as SocketConstructor;

async function firstCapture(source: FrameSource): Promise<number> {
  const [device] = await source.list();
  const session = await source.open(device?.deviceId ?? '');
  const { sizes, code } = await deliveredBy(session.capture());
  session.close();
  assert.equal(code, undefined);
  return sizes.length;
}

/** Runs with a server that is always closed. */
async function during(server: SimulatorServer, work: (host: string) => Promise<void>): Promise<void> {
  try {
    await work(server.host);
  } finally {
    await server.close();
  }
}

const sources: Readonly<Record<string, readonly [SocketSimulator, (url: string) => FrameSource]>> = {
  'eloam-ws': [new EloamSocketSimulator(), (url) => createEloamSocketSource({ url, WebSocket: Socket })],
  'text-command': [new TextCommandSimulator(), (url) => createTextCommandSource({ url, WebSocket: Socket })],
  'func-json': [new FuncJsonSimulator(), (url) => createFuncJsonSource({ url, WebSocket: Socket })],
};

for (const [name, [simulator, create]] of Object.entries(sources)) {
  test(`${name}: over a real WebSocket, until the service goes away`, async () => {
    const server = await serveSocket(simulator);
    await during(server, async (host) => {
      const source = create(`ws://${host}`);
      assert.equal(await firstCapture(source), 1);
      const session = await source.open((await source.list())[0]?.deviceId ?? '');
      await server.close();
      assert.equal((await session.ended)?.code, 'device-lost');
      assert.equal(await codeOf(source.list()), 'service-not-installed');
    });
  });
}

test('eloam-http: over real HTTP, with a stream that never ends', async () => {
  const simulator = new EloamHttpSimulator();
  const server = await serveHttp(simulator);
  await during(server, async (host) => {
    const source = createEloamHttpSource({ baseUrl: `http://${host}` });
    assert.equal(await firstCapture(source), 1);
    const session = await source.open('eloam-http:0');
    await server.close();
    assert.equal((await session.ended)?.code, 'device-lost');
    assert.equal(await codeOf(source.list()), 'service-not-installed');
  });
});

test('escl: over real HTTP', async () => {
  await during(await serveHttp(new EsclSimulator()), async (host) => {
    assert.equal(await firstCapture(createEsclSource({ scanners: [{ baseUrl: `http://${host}/eSCL` }] })), 3);
  });
});

test('cards: over real connections', async () => {
  const joyusing = new JoyusingSimulator();
  joyusing.card = JOYUSING_CARD;
  await during(await serveSocket(joyusing), async (host) => {
    const reader = createJoyusingCardReader({ url: `ws://${host}`, WebSocket: Socket });
    assert.deepEqual(await reader.read(), SYNTHETIC_CARD);
  });
  const bauche = new BaucheSimulator();
  bauche.card = BAUCHE_CARD;
  await during(await serveSocket(bauche), async (host) => {
    const reader = createBaucheCardReader({ url: `ws://${host}`, WebSocket: Socket });
    assert.deepEqual(await reader.read(), SYNTHETIC_CARD);
  });
  const synjones = new SynjonesSimulator();
  synjones.card = SYNJONES_CARD;
  await during(await serveHttp(synjones), async (host) => {
    assert.deepEqual(await createSynjonesCardReader({ baseUrl: `http://${host}` }).read(), SYNTHETIC_CARD);
  });
});
