import { ManualClock } from '@anjuan/core/testing';
import { describe, it } from 'node:test';
import { idCardReaderSuite } from '../../testing/id-card-reader-suite.js';
import {
  BAUCHE_CARD,
  BaucheSimulator,
  ELOAM_CARD,
  JOYUSING_CARD,
  JoyusingSimulator,
  SYNJONES_CARD,
  SynjonesSimulator,
  SynjonesSocketSimulator,
} from '../../testing/vendor-simulators/card-simulators.js';
import { EloamHttpSimulator } from '../../testing/vendor-simulators/eloam-http-simulator.js';
import { fetchOf } from '../../testing/vendor-simulators/http-simulator.js';
import { socketClassOf } from '../../testing/vendor-simulators/socket-simulator.js';
import { SYNTHETIC_CARD } from '../../testing/vendor-simulators/synthetic-card.js';
import { createBaucheCardReader } from './bauche/card-reader.js';
import { createEloamCardReader } from './eloam-http/card-reader.js';
import { createJoyusingCardReader } from './joyusing/card-reader.js';
import { createSynjonesCardReader } from './synjones/card-reader.js';
import { createSynjonesSocketCardReader } from './synjones/socket-card-reader.js';

const runner = {
  describe: (name: string, body: () => void) => void describe(name, body),
  it: (name: string, body: () => Promise<void>) => void it(name, body),
};

/** Lays a card down that is damaged once. */
function cardSlot<Card extends Readonly<Record<string, string>>>(
  simulator: { card: Readonly<Record<string, string>> | undefined },
  { good, numberField }: { readonly good: Card; readonly numberField: keyof Card & string },
): { placeCard: () => void; removeCard: () => void; damageCard: () => void } {
  let damaged = false;
  return {
    placeCard: () => {
      simulator.card = damaged ? { ...good, [numberField]: '990000197001010019' } : good;
      damaged = false;
    },
    removeCard: () => {
      simulator.card = undefined;
    },
    damageCard: () => {
      damaged = true;
    },
  };
}

idCardReaderSuite(runner, 'eloam-http', () => {
  const simulator = new EloamHttpSimulator();
  const clock = new ManualClock();
  return {
    reader: createEloamCardReader({ fetch: fetchOf(simulator), clock }),
    card: SYNTHETIC_CARD,
    ...cardSlot(simulator, { good: ELOAM_CARD, numberField: 'cardID' }),
    unplug: () => simulator.stop(),
    silence: () => void (simulator.silent = true),
    settle: (promise) => clock.settle(promise),
  };
});

idCardReaderSuite(runner, 'joyusing', () => {
  const simulator = new JoyusingSimulator();
  const clock = new ManualClock();
  return {
    reader: createJoyusingCardReader({ WebSocket: socketClassOf(simulator), clock }),
    card: SYNTHETIC_CARD,
    ...cardSlot(simulator, { good: JOYUSING_CARD, numberField: 'IDCardNo' }),
    unplug: () => simulator.stop(),
    silence: () => void (simulator.silent = true),
    settle: (promise) => clock.settle(promise),
    held: () => simulator.connections,
  };
});

idCardReaderSuite(runner, 'bauche', () => {
  const simulator = new BaucheSimulator();
  const clock = new ManualClock();
  return {
    reader: createBaucheCardReader({ WebSocket: socketClassOf(simulator), clock }),
    card: SYNTHETIC_CARD,
    ...cardSlot(simulator, { good: BAUCHE_CARD, numberField: '10' }),
    unplug: () => simulator.stop(),
    silence: () => void (simulator.silent = true),
    settle: (promise) => clock.settle(promise),
    held: () => simulator.connections,
  };
});

idCardReaderSuite(runner, 'synjones', () => {
  const simulator = new SynjonesSimulator();
  const clock = new ManualClock();
  return {
    reader: createSynjonesCardReader({ fetch: fetchOf(simulator), clock }),
    card: SYNTHETIC_CARD,
    ...cardSlot(simulator, { good: SYNJONES_CARD, numberField: 'cardno' }),
    unplug: () => void (simulator.running = false),
    silence: () => void (simulator.silent = true),
    settle: (promise) => clock.settle(promise),
  };
});

for (const engine of [3, 4] as const) {
  idCardReaderSuite(runner, `synjones-socket, engine ${engine}`, () => {
    const simulator = new SynjonesSocketSimulator();
    simulator.engine = engine;
    const clock = new ManualClock();
    return {
      reader: createSynjonesSocketCardReader({ WebSocket: socketClassOf(simulator), clock, engine }),
      card: SYNTHETIC_CARD,
      ...cardSlot(simulator, { good: SYNJONES_CARD, numberField: 'cardno' }),
      unplug: () => simulator.stop(),
      silence: () => void (simulator.silent = true),
      settle: (promise) => clock.settle(promise),
      held: () => simulator.connections,
    };
  });
}
