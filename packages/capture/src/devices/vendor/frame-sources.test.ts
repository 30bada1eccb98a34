import { ManualClock } from '@anjuan/core/testing';
import { describe, it } from 'node:test';
import { frameSourceSuite } from '../../testing/frame-source-suite.js';
import { EloamHttpSimulator } from '../../testing/vendor-simulators/eloam-http-simulator.js';
import { EloamSocketSimulator } from '../../testing/vendor-simulators/eloam-ws-simulator.js';
import { FuncJsonSimulator } from '../../testing/vendor-simulators/func-json-simulator.js';
import { fetchOf } from '../../testing/vendor-simulators/http-simulator.js';
import { socketClassOf, type SocketSimulator } from '../../testing/vendor-simulators/socket-simulator.js';
import { TextCommandSimulator } from '../../testing/vendor-simulators/text-command-simulator.js';
import { createEloamHttpSource } from './eloam-http/source.js';
import { createEloamSocketSource } from './eloam-ws/source.js';
import { createFuncJsonSource } from './func-json/source.js';
import { createTextCommandSource } from './text-command/source.js';

const runner = {
  describe: (name: string, body: () => void) => void describe(name, body),
  it: (name: string, body: () => Promise<void>) => void it(name, body),
};

/** Lets a watcher look before and after something happens. */
async function seen(clock: ManualClock, happen: () => void): Promise<void> {
  await clock.advance(100);
  happen();
  await clock.advance(10_000);
}

frameSourceSuite(runner, 'eloam-http', () => {
  const simulator = new EloamHttpSimulator();
  const clock = new ManualClock();
  return {
    source: createEloamHttpSource({ fetch: fetchOf(simulator), clock }),
    unplug: () => simulator.stop(),
    change: () => seen(clock, () => simulator.stop()),
    held: () => simulator.streams,
  };
});

const socketFixture = (simulator: SocketSimulator, clock: ManualClock): object => ({
  unplug: () => simulator.stop(),
  change: () => seen(clock, () => simulator.stop()),
  held: () => simulator.connections,
});

frameSourceSuite(runner, 'eloam-ws', () => {
  const simulator = new EloamSocketSimulator();
  const clock = new ManualClock();
  return {
    source: createEloamSocketSource({ WebSocket: socketClassOf(simulator), clock }),
    ...socketFixture(simulator, clock),
  };
});

frameSourceSuite(runner, 'text-command', () => {
  const simulator = new TextCommandSimulator();
  const clock = new ManualClock();
  return {
    source: createTextCommandSource({ WebSocket: socketClassOf(simulator), clock }),
    ...socketFixture(simulator, clock),
  };
});

frameSourceSuite(runner, 'func-json', () => {
  const simulator = new FuncJsonSimulator();
  const clock = new ManualClock();
  return {
    source: createFuncJsonSource({ WebSocket: socketClassOf(simulator), clock }),
    ...socketFixture(simulator, clock),
    unplug: (deviceId) => simulator.unplug(Number(deviceId.split(':')[1])),
    change: () => seen(clock, () => simulator.unplug(1)),
  };
});
