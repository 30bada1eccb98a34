import { AnjuanError } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import { ascii } from '../../devices/usb/byte-queue.js';
import type { FrameSession, FrameSource } from '../../devices/frame-source.js';
import { createIppUsbSource } from '../../devices/ipp-usb/ipp-usb-source.js';
import { createPtpSource } from '../../devices/ptp/ptp-source.js';
import { createEloamSocketSource } from '../../devices/vendor/eloam-ws/source.js';
import { createFuncJsonSource } from '../../devices/vendor/func-json/source.js';
import { createTextCommandSource } from '../../devices/vendor/text-command/source.js';
import { IppUsbSimulator } from '../escl-simulator/ipp-usb-simulator.js';
import { container } from '../ptp-simulator/ptp-bytes.js';
import { PtpSimulator } from '../ptp-simulator/ptp-simulator.js';
import { FakeUsbBus } from '../usb-simulator/fake-usb.js';
import { EloamSocketSimulator } from '../vendor-simulators/eloam-ws-simulator.js';
import { FuncJsonSimulator } from '../vendor-simulators/func-json-simulator.js';
import { socketClassOf, type SocketSimulator } from '../vendor-simulators/socket-simulator.js';
import { TextCommandSimulator } from '../vendor-simulators/text-command-simulator.js';
import type { FuzzOptions } from './fuzz-text.js';
import { mutateBytes, mutateText, Random } from './random.js';

/** Messages and transfers, some twenty to a session. */
export const runs = 100_000;
const PER_SESSION = 20;

/** A source, a way to say something wrong to it, and what it still holds. */
interface Rig {
  readonly source: FrameSource;
  readonly disturb: () => void;
  readonly held: () => number;
}

/** Opens, captures and closes sessions of every kind while their devices talk nonsense in between. */
export async function fuzz({ seed, runs: messages }: FuzzOptions): Promise<void> {
  const random = new Random(seed);
  const delivered = new Map<string, number>();
  for (let left = messages; left > 0; left -= PER_SESSION) {
    const clock = new ManualClock();
    const [name, create] = random.pick(RIGS, RIGS[0] as (typeof RIGS)[number]);
    const rig = create(random, clock);
    const pictures = await clock.settle(runSession(rig, random));
    delivered.set(name, (delivered.get(name) ?? 0) + pictures);
    await clock.advance(600_000);
    if (rig.held() !== 0) throw new Error(`${name} holds ${rig.held()} after close`);
    if (clock.pending !== 0) throw new Error(`${name} left ${clock.pending} timers`);
  }
  // With a few sessions only, chance may give one kind nothing but nonsense.
  if (messages >= 10_000 && RIGS.some(([name]) => !delivered.get(name))) throw new Error('one kind never delivered');
}

async function runSession({ source, disturb }: Rig, random: Random): Promise<number> {
  let pictures = 0;
  let session: FrameSession | undefined;
  try {
    session = await source.open((await source.list())[0]?.deviceId ?? '');
    for (let step = 0; step < PER_SESSION; step += 1) {
      disturb();
      if (random.int(4) === 0) for await (const _ of session.capture()) pictures += 1;
    }
  } catch (error) {
    if (!AnjuanError.is(error) || error.code === 'unexpected') throw error;
  }
  session?.close();
  await session?.ended;
  return pictures;
}

const socketRig =
  <Simulator extends SocketSimulator>(
    create: () => Simulator,
    open: (simulator: Simulator, clock: ManualClock) => FrameSource,
    samples: readonly string[],
  ) =>
  (random: Random, clock: ManualClock): Rig => {
    const simulator = create();
    return {
      source: open(simulator, clock),
      // Mostly messages that the dialect allows but nobody asked for: nonsense ends the session at once.
      disturb: () => simulator.broadcast(random.int(8) === 0 ? mutateText(random, samples) : random.pick(samples, '')),
      held: () => simulator.connections,
    };
  };

const usbRig =
  <Hardware extends IppUsbSimulator | PtpSimulator>(
    create: () => Hardware,
    open: (bus: FakeUsbBus, clock: ManualClock) => FrameSource,
    samples: readonly Uint8Array[],
  ) =>
  (random: Random, clock: ManualClock): Rig => {
    const bus = new FakeUsbBus();
    const hardware = create();
    hardware.splitFrames = random.int(2) === 0;
    bus.plug(hardware);
    return {
      source: open(bus, clock),
      disturb: () => {
        const choice = random.int(12);
        if (choice === 0) hardware.wrongBytes.push(mutateBytes(random, samples));
        if (choice === 1) hardware.stall(random.int(2) === 0 ? 'in' : 'out', 1 + random.int(4), 1 + random.int(2));
        if (hardware instanceof PtpSimulator && choice === 2) hardware.busy = random.int(4);
        if (hardware instanceof IppUsbSimulator && choice > 2) hardware.escl.sheets = 1;
        if (choice === 3 && random.int(4) === 0) bus.unplug(hardware);
      },
      held: () => hardware.claimed,
    };
  };

const RIGS: readonly (readonly [string, (random: Random, clock: ManualClock) => Rig])[] = [
  [
    'eloam-ws',
    socketRig(
      () => new EloamSocketSimulator(),
      (simulator, clock) => createEloamSocketSource({ WebSocket: socketClassOf(simulator), clock }),
      [
        '{"function":"ScanImage","ret":-1,"value":""}',
        '{"function":"GetDeviceCount","ret":0,"value":1}',
        '{"function":"ImageCallback","value":"AA"}',
      ],
    ),
  ],
  [
    'text-command',
    socketRig(
      () => new TextCommandSimulator(),
      (simulator, clock) => createTextCommandSource({ WebSocket: socketClassOf(simulator), clock }),
      [
        'AAAA',
        'BeginbStartPlayfalseEndbStartPlay',
        'BeginbSaveJPGExAAEndbSaveJPGEx',
        'BeginvSetResolutionEndvSetResolution',
      ],
    ),
  ],
  [
    'func-json',
    socketRig(
      () => new FuncJsonSimulator(),
      (simulator, clock) => createFuncJsonSource({ WebSocket: socketClassOf(simulator), clock }),
      [
        '{"func":"Notify"}',
        '{"func":"ExternalButton"}',
        '{"func":"OpenCamera","reqId":"999","result":3}',
        '{"func":"X","reqId":"7"}',
      ],
    ),
  ],
  [
    'ipp-usb',
    usbRig(
      () => new IppUsbSimulator(),
      (bus, clock) => createIppUsbSource({ usb: bus.tab(), clock }),
      [
        ascii('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n'),
        ascii('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<a/> '),
      ],
    ),
  ],
  [
    'ptp',
    usbRig(
      () => new PtpSimulator(),
      (bus, clock) => createPtpSource({ usb: bus.tab(), clock }),
      [container(3, 0x2019, 3), container(3, 0x2001, 4), container(2, 0x1007, 2, new Uint8Array(4))],
    ),
  ],
];
