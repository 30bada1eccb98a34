import { AnjuanError } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf } from '../../../test-support/typed-failure.js';
import {
  ELOAM_CARD,
  JOYUSING_CARD,
  JoyusingSimulator,
  SYNJONES_CARD,
  SynjonesSimulator,
} from '../../testing/vendor-simulators/card-simulators.js';
import { EloamHttpSimulator } from '../../testing/vendor-simulators/eloam-http-simulator.js';
import { fetchOf } from '../../testing/vendor-simulators/http-simulator.js';
import { socketClassOf } from '../../testing/vendor-simulators/socket-simulator.js';
import { tinyJpeg, toBase64 } from '../../testing/vendor-simulators/tiny-jpeg.js';
import { parseDate, parseGender, parseNation, parseNumber, splitValidity } from './card/fields.js';
import { createEloamCardReader } from './eloam-http/card-reader.js';
import { createJoyusingCardReader } from './joyusing/card-reader.js';
import { createSynjonesCardReader } from './synjones/card-reader.js';

test('fields are read in every way that services write them', () => {
  assert.deepEqual(['男', '2', 'F', '未说明'].map(parseGender), ['male', 'female', 'female', 'unspecified']);
  assert.deepEqual(['汉', '汉族', '1', '01', '土家族', '56', '97', '其他'].map(parseNation), [
    ...['01', '01', '01', '01', '15', '56', '97', '97'],
  ]);
  for (const text of ['19700101', '1970-01-01', '1970.1.1', '1970年01月01日']) {
    assert.equal(parseDate(text, 'birthDate'), '1970-01-01');
  }
  assert.deepEqual(splitValidity('2015.03.01-长期'), ['2015.03.01', '长期']);
  assert.equal(parseNumber('990000197001010018'), '990000197001010018');
});

test('a wrong field fails with its name and never with its value', async () => {
  const wrong: Readonly<Record<string, string>> = {
    name: '',
    sexCode: '7',
    nationCode: '57',
    birthday: '19700231',
    cardID: '990000197001010019',
    validStart: 'x',
    validEnd: '20991301',
  };
  for (const [field, value] of Object.entries(wrong)) {
    const simulator = new EloamHttpSimulator();
    simulator.card = { ...ELOAM_CARD, [field]: value };
    const reader = createEloamCardReader({ fetch: fetchOf(simulator), clock: new ManualClock() });
    const error: unknown = await reader.read().catch((reason: unknown) => reason);
    assert.ok(AnjuanError.is(error, 'reader-failed'), field);
    const told = `${error.message} ${JSON.stringify(error)}`;
    for (const text of Object.values(ELOAM_CARD).filter((each) => each.length > 2)) assert.ok(!told.includes(text));
  }
});

test('the photo comes when it can be shown and is never a reason to fail', async () => {
  const simulator = new EloamHttpSimulator();
  const bitmap = { close: () => undefined } as ImageBitmap;
  const options = { fetch: fetchOf(simulator), clock: new ManualClock(), decodePhoto: () => Promise.resolve(bitmap) };
  simulator.card = { ...ELOAM_CARD, photoBase64: toBase64(tinyJpeg()) };
  assert.equal((await createEloamCardReader(options).read()).photo, bitmap);
  simulator.card = { ...ELOAM_CARD, photoBase64: 'no picture' };
  assert.equal((await createEloamCardReader(options).read()).photo, undefined);
});

test('joyusing: codes of the terminal', async () => {
  for (const [code, expected] of [
    [-1, 'reader-failed'],
    [-3, 'device-not-found'],
    [-4, 'reader-failed'],
    [-9, 'aborted'],
  ] as const) {
    const simulator = new JoyusingSimulator();
    simulator.card = JOYUSING_CARD;
    simulator.nextCode = code;
    const reader = createJoyusingCardReader({ WebSocket: socketClassOf(simulator), clock: new ManualClock() });
    assert.equal(await codeOf(reader.read()), expected);
    assert.equal(simulator.connections, 0);
  }
});

test('synjones: all four kinds of card', async () => {
  const kinds = {
    resident: SYNJONES_CARD,
    'foreigner-2017': { ...SYNJONES_CARD, CardType: '1', cardno: 'CHN990000001018', nation: 'CHN', EngName: 'TEST, A' },
    'hk-mo-tw': {
      ...SYNJONES_CARD,
      CardType: '2',
      cardno: '81000019700101001X',
      PassID: 'H00000001',
      IssuesTimes: '1',
    },
    'foreigner-2023': { ...SYNJONES_CARD, CardType: '3', nation: 'CHN', EngName: 'TEST, A', IssuesTimes: '2' },
  };
  for (const [kind, card] of Object.entries(kinds)) {
    const simulator = new SynjonesSimulator();
    simulator.card = card;
    const read = await createSynjonesCardReader({ fetch: fetchOf(simulator), clock: new ManualClock() }).read();
    assert.equal(read.kind, kind);
    assert.deepEqual(
      [read.englishName !== undefined, read.nationality !== undefined],
      Array(2).fill(kind.startsWith('foreigner')),
    );
    assert.equal(read.issueCount, kind === 'hk-mo-tw' ? 1 : kind === 'foreigner-2023' ? 2 : undefined);
    assert.equal(read.nationCode, kind === 'resident' ? '01' : undefined);
  }
});

test('synjones: status words of the reader; an unknown kind', async () => {
  for (const [status, expected] of [
    ['0x41 0x1', 'reader-failed'],
    ['0x1 0x0', 'device-not-found'],
  ] as const) {
    const simulator = new SynjonesSimulator();
    simulator.nextStatus = status;
    const reader = createSynjonesCardReader({ fetch: fetchOf(simulator), clock: new ManualClock() });
    assert.equal(await codeOf(reader.read()), expected);
  }
  const simulator = new SynjonesSimulator();
  simulator.card = { ...SYNJONES_CARD, CardType: '9' };
  const reader = createSynjonesCardReader({ fetch: fetchOf(simulator), clock: new ManualClock() });
  assert.equal(await codeOf(reader.read()), 'card-unsupported');
});

test('synjones: reads follow one another', async () => {
  const simulator = new SynjonesSimulator();
  const clock = new ManualClock();
  const reader = createSynjonesCardReader({ fetch: fetchOf(simulator), clock });
  const reads = [1, 2, 3].map(() => codeOf(reader.read({ timeoutMs: 3_000 })));
  assert.deepEqual(await clock.settle(Promise.all(reads)), Array(3).fill('reader-no-card'));
  assert.equal(simulator.concurrency, 1);
});
