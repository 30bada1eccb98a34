import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { AnjuanError, type ErrorCode } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import { idCardReaderSuite } from '../../testing/id-card-reader-suite.js';
import { samTestCards, utf16 } from '../../testing/sam-people.js';
import { SamSimulator, type SamFault, type SamSimulatorOptions } from '../../testing/sam-simulator.js';
import { SamWire } from '../../testing/sam-wire.js';
import type { IdCardReader } from '../id-card-reader.js';
import { readCardReply } from './card/read-card-reply.js';
import { createSamReader, type SamReader, type SamReaderOptions } from './create-sam-reader.js';
import type { LockRequester } from './hold-lock.js';
import { samStatusWords } from './sam/status-words.js';

interface Desk {
  readonly simulator: SamSimulator;
  readonly wire: SamWire;
  readonly clock: ManualClock;
  readonly reader: SamReader;
  readonly read: (options?: Parameters<IdCardReader['read']>[0]) => ReturnType<IdCardReader['read']>;
}

function desk(
  options: SamSimulatorOptions = {},
  more: Partial<Omit<SamReaderOptions, 'transport' | 'clock'>> = {},
): Desk {
  const simulator = new SamSimulator(options);
  const wire = new SamWire(simulator);
  const clock = new ManualClock();
  const reader = createSamReader({ transport: wire, clock, locks: 'none', ...more });
  return { simulator, wire, clock, reader, read: (readOptions) => clock.settle(reader.read(readOptions)) };
}

const { resident } = samTestCards;

idCardReaderSuite({ describe, it }, 'SAM_V', () => {
  const { simulator, wire, clock, reader } = desk();
  return {
    reader,
    card: resident.card,
    placeCard: () => simulator.placeCard(resident),
    removeCard: () => simulator.removeCard(),
    damageCard: () =>
      simulator.spoil('read', ...Array.from({ length: 8 }, (): SamFault => ({ kind: 'status', status: 0x41 }))),
    unplug: () => wire.unplug(),
    silence: () => simulator.silence(),
    settle: (promise) => clock.settle(promise),
    held: () => wire.held,
  };
});

describe('reading a card', () => {
  for (const [kind, sample] of Object.entries(samTestCards)) {
    for (const seed of [1, 2, 3]) {
      test(`${kind}, pieces of seed ${seed}`, async () => {
        const { simulator, read } = desk({ seed });
        simulator.placeCard(sample);
        assert.deepEqual(await read(), sample.card);
      });
    }
  }

  test('asks 80, 80, 80, found, select, read, address', async () => {
    const { simulator, read } = desk();
    simulator.placeCard(resident);
    await read();
    assert.deepEqual(simulator.commands, ['status', 'find', 'find', 'find', 'find', 'select', 'read', 'readAddress']);
  });

  test('looks for a card every quarter of a second', async () => {
    const { simulator, clock, reader } = desk();
    const reading = assert.rejects(reader.read({ timeoutMs: 10_000 }), { code: 'reader-no-card' });
    await clock.advance(10_500);
    await reading;
    const looks = simulator.commands.filter((name) => name === 'find').length;
    assert.ok(looks >= 33 && looks <= 50, `${looks} looks in ten seconds`);
  });

  test('a module that finds the card again and again still has it read only once', async () => {
    const { simulator, read } = desk({ afterRead: 'found', misses: 0 });
    simulator.placeCard(resident);
    await read();
    await assert.rejects(read({ timeoutMs: 2_000 }), { code: 'reader-no-card' });
    simulator.removeCard();
    await assert.rejects(read({ timeoutMs: 500 }), { code: 'reader-no-card' });
    simulator.placeCard(samTestCards['hk-mo-tw']);
    assert.equal((await read()).kind, 'hk-mo-tw');
  });

  test('brings the address written onto the card later', async () => {
    const { simulator, read } = desk();
    simulator.placeCard({ ...resident, appendedAddress: utf16('测试省示例市新路9号', 70) });
    assert.deepEqual(await read(), { ...resident.card, appendedAddress: '测试省示例市新路9号' });
  });

  test('does not ask for that address when told so', async () => {
    const { simulator, read } = desk({}, { appendedAddress: 'skip' });
    simulator.placeCard(resident);
    await read();
    assert.ok(!simulator.commands.includes('readAddress'));
  });

  for (const printBytes of [1024, 512, 0] as const) {
    test(`a reader that only reads with fingerprint: ${printBytes} bytes of it are dropped`, async () => {
      const { simulator, read } = desk({ printBytes, unknown: ['read'] });
      simulator.placeCard(resident);
      assert.deepEqual(await read(), resident.card);
    });
  }

  test('tells the number of the module', async () => {
    const { reader, clock } = desk();
    assert.equal(await clock.settle(reader.samId()), '05.03-20121107-0000546803-1467842915');
  });
});

describe('replies that are not as they should be', () => {
  const faults: Record<string, SamFault> = {
    'a flipped checksum': { kind: 'flip-checksum' },
    'a tail cut off': { kind: 'truncate', bytes: 9 },
    'two frames glued together': { kind: 'glue' },
    'noise before the preamble': { kind: 'noise' },
    'no reply at all': { kind: 'silence' },
  };
  for (const [name, fault] of Object.entries(faults)) {
    for (const command of ['status', 'find', 'select', 'read'] as const) {
      test(`${name} after ${command} is got over`, async () => {
        const { simulator, read } = desk({ misses: 0 });
        simulator.placeCard(resident);
        simulator.spoil(command, fault);
        assert.deepEqual(await read(), resident.card);
      });
    }
  }

  for (const [status, { code }] of samStatusWords) {
    if (!code || code === 'reader-no-card') continue;
    test(`status ${status.toString(16)} for good is ${code}`, async () => {
      const { simulator, read } = desk({ misses: 0 });
      simulator.placeCard(resident);
      const always = Array.from({ length: 20 }, (): SamFault => ({ kind: 'status', status }));
      simulator.spoil('read', ...always);
      simulator.spoil('readWithPrint', ...always);
      await assert.rejects(read(), (error) => {
        assert.ok(AnjuanError.is(error, code));
        assert.equal(error.details.status, status);
        return true;
      });
    });
  }

  test('a card that is bent or taken away too early is not read', async () => {
    const { simulator, read } = desk({ misses: 0 });
    simulator.placeCard(resident);
    const failed = { kind: 'status', status: 0x41 } as const;
    simulator.spoil('read', failed, failed, failed);
    await assert.rejects(read(), { code: 'reader-failed', retryable: true });
  });

  test('an unknown status word is a broken protocol', async () => {
    const { simulator, read } = desk();
    simulator.spoil('status', { kind: 'status', status: 0x77 }, { kind: 'status', status: 0x77 });
    await assert.rejects(read(), { code: 'device-protocol' });
  });

  test('a reader that is not authorised says so before any card', async () => {
    const { simulator, read } = desk();
    simulator.spoil('status', { kind: 'status', status: 0x66 });
    await assert.rejects(read(), { code: 'reader-unusable' });
  });

  test('a read that fails once is tried again while the card lies there', async () => {
    const { simulator, read } = desk({ misses: 0 });
    simulator.placeCard(resident);
    simulator.spoil('select', { kind: 'status', status: 0x81 });
    assert.deepEqual(await read(), resident.card);
  });
});

describe('what a card said leaves no trace', () => {
  const traces = (bytes: Uint8Array): boolean => bytes.some((byte) => byte !== 0);

  test('every byte that came in is overwritten, and nothing reaches the console or an error', async () => {
    const said: unknown[] = [];
    const consoles = ['log', 'info', 'warn', 'error', 'debug'] as const;
    const kept = consoles.map((name) => console[name]);
    for (const name of consoles) console[name] = (...words: unknown[]) => said.push(...words);
    const given: Uint8Array[] = [];
    const photoDecoder = async (wlt: Uint8Array): Promise<ImageBitmap> => {
      assert.equal(wlt.length, 1024);
      assert.equal(wlt[1], 7);
      given.push(wlt);
      return { width: 102, height: 126 } as ImageBitmap;
    };
    try {
      const { simulator, wire, read } = desk({}, { photoDecoder });
      simulator.placeCard(resident);
      const { photo } = await read();
      assert.equal(photo?.width, 102);
      assert.ok(wire.delivered.length > 20);
      assert.equal(wire.delivered.filter(traces).length, 0);
      assert.equal(given.filter(traces).length, 0);
    } finally {
      consoles.forEach((name, index) => (console[name] = kept[index] ?? console.log));
    }
    assert.deepEqual(said, []);
  });

  test('the reply is overwritten when it is read and when it is refused', async () => {
    const extras = { photoDecoder: undefined, appendedAddress: () => Promise.resolve(utf16('甲', 70)) };
    const good = Uint8Array.from([1, 0, 4, 0, ...resident.text, ...new Uint8Array(1024).fill(9)]);
    await readCardReply({ layout: 'text-photo', data: good }, extras);
    assert.ok(!traces(good));
    const bad = Uint8Array.from([1, 0, 4, 0, ...new Uint8Array(256).fill(0x41), ...new Uint8Array(1024).fill(9)]);
    await assert.rejects(readCardReply({ layout: 'text-photo', data: bad }, extras));
    assert.ok(!traces(bad));
  });

  test('a malformed card names the field, never its value', async () => {
    const { simulator, read } = desk();
    const text = resident.text.slice();
    text.set(utf16('990000197001010017', 36), 122);
    simulator.placeCard({ ...resident, text });
    const error = await read().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(AnjuanError.is(error, 'device-protocol'));
    assert.doesNotMatch(
      `${JSON.stringify(error)} ${error.message} ${String(error.cause)} ${error.stack ?? ''}`,
      /9900001970|张三/,
    );
    assert.equal(error.details.field, 'number');
  });

  test('a photo that its decoder refuses does not spoil the card', async () => {
    const { simulator, read } = desk({}, { photoDecoder: () => Promise.reject(new Error('no licence')) });
    simulator.placeCard(resident);
    assert.deepEqual(await read(), resident.card);
  });
});

describe('who may use the reader', () => {
  const codeOf = (work: Promise<unknown>): Promise<ErrorCode | undefined> =>
    work.then(
      () => undefined,
      (error: unknown) => (AnjuanError.is(error) ? error.code : undefined),
    );

  test('a second tab is told that the reader is busy, and reads after the first has closed', async () => {
    const taken = new Set<string>();
    const locks: LockRequester = {
      async request(name, _options, callback) {
        if (taken.has(name)) return callback(null);
        taken.add(name);
        await callback({});
        taken.delete(name);
        return undefined;
      },
    };
    const first = desk({}, { locks });
    const second = desk({}, { locks });
    first.simulator.placeCard(resident);
    second.simulator.placeCard(resident);
    await first.read();
    assert.equal(await codeOf(second.read()), 'device-busy');
    await first.reader.close();
    assert.deepEqual(await second.read(), resident.card);
  });

  test('a reader that was pulled out is lost, then not found', async () => {
    const { wire, clock, reader } = desk();
    const reading = codeOf(reader.read());
    await clock.advance(500);
    wire.unplug();
    assert.equal(await clock.settle(reading), 'device-lost');
    assert.equal(await codeOf(reader.read()), 'device-not-found');
  });

  test('two reads at once: the second is refused, the first goes on', async () => {
    const { simulator, clock, reader } = desk();
    const first = reader.read();
    assert.equal(await codeOf(reader.read()), 'device-busy');
    simulator.placeCard(resident);
    assert.deepEqual(await clock.settle(first), resident.card);
  });
});
