import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import fc from 'fast-check';
import type { InkEvent } from '../../ink/ink.js';
import { LocalPadSimulator, type LocalPadSimulatorOptions } from '../../testing/local-pad-simulator.js';
import { localPadInkSource } from './local-pad-ink-source.js';
import { readLocalPadMessage } from './read-message.js';

const code = (expected: string, reason?: string) => (error: unknown) =>
  AnjuanError.is(error) && error.code === expected && (reason === undefined || error.details['reason'] === reason);

function desk(options: LocalPadSimulatorOptions = {}) {
  const service = new LocalPadSimulator(options);
  const clock = new ManualClock();
  const events: InkEvent[] = [];
  const gaps: number[] = [];
  const stop = new AbortController();
  const source = localPadInkSource({
    ...{ url: 'ws://127.0.0.1:21071/pad', webSocket: service.webSocket, clock },
    onGap: (gap) => gaps.push(gap.missingMessages),
  });
  const open = () => source.open({ signal: stop.signal, onEvent: (event) => void events.push(event) });
  return { service, clock, events, gaps, stop, open };
}

const types = (events: readonly InkEvent[]) => events.map((event) => event.type);
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('ink from a pad with a service on this computer', () => {
  it('keeps every sample with force and tilt, strokes and keys in order', async () => {
    const { service, events, open } = desk();
    const session = await open();
    assert.deepEqual(session.device, {
      ...{ kind: 'service', model: 'PAD-9900', serial: '9900000001', rateHz: 150, maxPressure: 1023 },
    });
    assert.deepEqual([session.width, session.height], [12_000, 6000]);
    service.write([[100, 200, 5000, 40_000, 10, -5], [110, 200, 11_667, null]]); // prettier-ignore
    service.write([[120, 210, 18_333]]);
    service.up();
    service.press('confirm');
    assert.deepEqual(events, [
      { type: 'down', samples: [{ x: 100, y: 200, t: 0, f: 40_000, tx: 10, ty: -5 }, { x: 110, y: 200, t: 6667 }] },
      { type: 'move', samples: [{ x: 120, y: 210, t: 13_333 }] },
      { type: 'up' },
      { type: 'confirm' },
    ]); // prettier-ignore
    await session.clear();
    await session.close();
    await turn();
    assert.deepEqual(service.heard, ['hello', 'start', 'clear', 'stop']);
    assert.equal(service.connected, false);
    assert.equal(events.length, 4);
  });

  it('loses nothing in 60 seconds at 200 samples a second, and tells when messages went missing', async () => {
    const { service, events, gaps, open } = desk();
    await open();
    for (let message = 0; message < 1200; message += 1) {
      service.write(
        Array.from({ length: 10 }, (_, at) => [message * 9, 3000, (message * 10 + at) * 5000, 500] as const),
      );
    }
    const samples = events.flatMap((event) => ('samples' in event ? event.samples : []));
    assert.deepEqual([samples.length, gaps], [12_000, []]);
    service.lose();
    service.lose();
    service.write([[1, 1, 1e9]]);
    assert.deepEqual(gaps, [2]);
  });

  it('keeps the ink when the service goes away in a stroke, or its pad is unplugged', async () => {
    for (const end of ['stop', 'lost', 'nonsense'] as const) {
      const { service, events, open } = desk();
      const session = await open();
      service.write([[1, 1, 0]]);
      if (end === 'stop') service.stop();
      if (end === 'lost') service.send({ type: 'error', code: 'lost' });
      if (end === 'nonsense') service.raw('{"type":"samples","seq":1,"points":[[-5,0,0]]}');
      assert.deepEqual(types(events), ['down', 'up', 'lost'], end);
      assert.equal(service.connected, false);
      await assert.rejects(session.clear(), code('pad-lost'));
    }
  });

  it('names what is wrong when it cannot start', async () => {
    await assert.rejects(desk({ service: 'missing' }).open(), code('pad-service-missing', 'not-reachable'));
    await assert.rejects(desk({ service: 'forbidden' }).open(), code('pad-insecure-context'));
    await assert.rejects(desk({ trouble: 'no-pad' }).open(), code('pad-not-found'));
    await assert.rejects(desk({ trouble: 'busy' }).open(), code('pad-busy'));
    await assert.rejects(desk({ trouble: 'unsupported' }).open(), code('pad-unsupported'));
    await assert.rejects(desk({ protocol: 'anjuan-pad/2' }).open(), code('pad-unsupported', 'protocol-version'));
    const silent = desk({ service: 'silent' });
    await assert.rejects(silent.clock.settle(silent.open()), code('pad-protocol', 'silent'));
    const stopped = desk({ service: 'silent' });
    const opening = stopped.open();
    await turn();
    stopped.stop.abort();
    await assert.rejects(opening, code('aborted'));
    assert.equal(stopped.service.connected, false);
  });

  it('tells a browser that blocks the local network from a service that is not there', async () => {
    const permissions = { query: () => Promise.resolve({ state: 'denied' }) };
    const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    Object.defineProperty(globalThis, 'navigator', { value: { permissions }, configurable: true });
    try {
      await assert.rejects(desk({ service: 'missing' }).open(), code('pad-service-missing', 'blocked'));
    } finally {
      if (before) Object.defineProperty(globalThis, 'navigator', before);
      else Reflect.deleteProperty(globalThis, 'navigator');
    }
  });

  it('answers any frame with a message, nothing, or a typed error', () => {
    const kinds = ['ready', 'started', 'samples', 'up', 'key', 'error', 'later'];
    const frame = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ type: fc.constantFrom(...kinds), seq: fc.anything(), points: fc.anything(), key: fc.string() }).map(
        (value) => {
          try {
            return JSON.stringify(value);
          } catch {
            return '';
          }
        },
      ),
      fc.anything(),
    ); // prettier-ignore
    fc.assert(
      fc.property(frame, (text) => {
        try {
          readLocalPadMessage(text);
        } catch (error) {
          assert.ok(code('pad-protocol')(error));
        }
      }),
      { numRuns: 2000 },
    );
    assert.equal(readLocalPadMessage('{"type":"later"}'), undefined);
  });
});
