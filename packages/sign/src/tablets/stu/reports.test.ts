import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { drawBar, keyAt, layButtons, barOf } from './buttons.js';
import {
  decodeCapability,
  decodeEncryptionStatus,
  decodeInformation,
  decodeStatus,
  decodeThreshold,
  encodeClearArea,
  encodeColor16,
  encodeColor24,
  encodeEncryptionCommand,
  encodeImageBlock,
  encodeImageStart,
  encodeSession,
  encodeThreshold,
  payloadOf,
} from './feature-reports.js';
import { blocksOf, encodePicture, oneBit, rgb24, rgb565 } from './images.js';
import { decodeDecryptedReport, decodePenReport } from './pen-reports.js';
import { mayBeSet, reportIds, statusCodes } from './report-ids.js';
import { fuzz } from './stu.fuzz.js';
import { SequenceCounter, TimeCounter } from './time-counter.js';

const hex = (text: string): DataView =>
  new DataView(Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex')).buffer);
const bytes = (text: string): number[] => [...Buffer.from(text.replace(/\s/g, ''), 'hex')];
const protocol = (error: unknown): boolean => AnjuanError.is(error) && error.code === 'pad-protocol';

describe('reports of Wacom STU, byte for byte', () => {
  it('says what the tablet is', () => {
    assert.deepEqual(decodeStatus(hex('02 01 34 12')), { statusCode: 2, lastResult: 1, statusWord: 0x1234 });
    assert.deepEqual(decodeInformation(hex('5354552d3534300000 01 05 01 01020304')), {
      ...{ model: 'STU-540', firmware: '1.5', secureIc: 1, secureIcVersion: [1, 2, 3, 4] },
    });
    assert.deepEqual(decodeCapability(hex('2a30 1950 03ff 0320 01e0 c8 09ec 0e 0000')), {
      ...{ maxX: 10800, maxY: 6480, maxPressure: 1023, screenWidth: 800, screenHeight: 480 },
      ...{ rateHz: 200, resolution: 2540, encodingFlag: 14 },
    });
    assert.deepEqual(decodeThreshold(hex('1500 1000')), { on: 0x15, off: 0x10 });
    const status = decodeEncryptionStatus(hex('02 82 00 00 fa ff 07 07 00000000 00000000'));
    assert.deepEqual(status, {
      ...{ symmetricKeyType: 2, paddingType: 2, asymmetricKeyType: 2 },
      ...{ statusE: 0, statusN: 0xfa, statusC: 0xff, lastResult: 7 },
    });
  });

  it('refuses what is too short, for another report, or would spoil every sample', () => {
    assert.equal(payloadOf(hex('03 00 00 00 00'), 3, 4).byteLength, 4);
    assert.throws(() => payloadOf(hex('03 00'), 3, 4), protocol);
    assert.throws(() => payloadOf(hex('04 00 00 00 00'), 3, 4), protocol);
    assert.throws(() => decodeCapability(hex('0000 1950 03ff 0320 01e0 c8 09ec 0e 0000')), protocol);
  });

  it('writes commands as the table says', () => {
    const area = { x1: 1, y1: 2, x2: 799, y2: 479 };
    assert.deepEqual(encodeClearArea(area), bytes('00 01 0100 0200 1f03 df01'));
    assert.deepEqual(encodeImageStart(2, area), bytes('02 01 0100 0200 1f03 df01'));
    assert.deepEqual(encodeImageStart(1), bytes('01'));
    assert.deepEqual(encodeImageBlock(Uint8Array.of(7, 8)), bytes('0200 0708'));
    assert.deepEqual(encodeThreshold(0x15, 0x110), bytes('1500 1001'));
    assert.deepEqual(encodeSession(0xc0ffee01), bytes('c0ffee01'));
    assert.deepEqual(encodeColor24(0x112233, 2), bytes('332211 02'));
    assert.deepEqual(encodeColor16(0xff0000), bytes('00f8'));
    const command = encodeEncryptionCommand(2, 1, 3, Uint8Array.of(1, 0, 1));
    assert.deepEqual([command.length, command.slice(0, 7)], [67, bytes('02 01 03 010001 00')]);
  });

  it('reads the pen in every form', () => {
    const pen = { near: true, switches: 1, pressure: 0x2ab, x: 0x1234, y: 0x0506 };
    assert.deepEqual(decodePenReport(0x01, hex('92ab 1234 0506'), 'time'), [pen]);
    assert.deepEqual(decodePenReport(0x30, hex('92ab 1234 0506 fffe'), 'time'), [{ ...pen, timeCount: 0xfffe }]);
    assert.deepEqual(decodePenReport(0x30, hex('92ab 1234 0506 fffe'), 'sequence'), [{ ...pen, sequence: 0xfffe }]);
    const both = { ...pen, timeCount: 1, sequence: 2 };
    assert.deepEqual(decodePenReport(0x34, hex('92ab 1234 0506 0001 0002'), 'time'), [both]);
    const away = { near: false, switches: 0, pressure: 0, x: 0, y: 0 };
    const options = { session: 0xc0ffee01, meaning: 'time' as const };
    const pair = hex('c0ffee01 92ab12340506 000000000000');
    assert.deepEqual(decodeDecryptedReport(0x10, pair, pair, options), [pen, away]);
    const outer = hex('00000000 00000000 00000000 00000000 0005 000a');
    const timed = [{ ...pen, timeCount: 5 }, { ...away, timeCount: 10 }]; // prettier-ignore
    assert.deepEqual(decodeDecryptedReport(0x31, pair, outer, options), timed);
    const single = hex('92ab12340506 0001 0002 0000 c0ffee01');
    assert.deepEqual(decodeDecryptedReport(0x33, single, single, options), [both]);
    assert.throws(() => decodeDecryptedReport(0x33, single, single, { ...options, session: 5 }), protocol);
    assert.throws(() => decodePenReport(0x34, hex('92ab 1234 0506'), 'time'), protocol);
    assert.throws(() => decodePenReport(0x77, hex('92ab 1234 0506'), 'time'), protocol);
  });

  it('knows what may be set when', () => {
    const { ready, image, capture, calculation } = statusCodes;
    const may = (id: number) => [ready, image, capture, calculation].map((state) => mayBeSet(id, state));
    assert.deepEqual(may(reportIds.clearScreen), [true, false, false, false]);
    assert.deepEqual(may(reportIds.startCapture), [true, false, false, false]);
    assert.deepEqual(may(reportIds.endCapture), [false, false, true, false]);
    assert.deepEqual(may(reportIds.imageDataBlock), [false, true, false, false]);
    assert.deepEqual(may(reportIds.inkingMode), [true, true, true, true]);
  });
});

describe('counters of Wacom STU', () => {
  it('turn 16 bits into microseconds, however long the pen was away', () => {
    const counter = new TimeCounter();
    const at = (ms: number) => counter.microseconds(ms & 0xffff, 1e6 + ms + (ms % 7));
    for (const ms of [65_000, 65_005, 65_540, 131_080, 200_000, 200_005, 1_000_000]) {
      assert.equal(at(ms), (ms - 65_000) * 1000);
    }
  });

  it('count what is missing and what came twice, over the wrap', () => {
    const counter = new SequenceCounter();
    const steps = [65_533, 65_534, 65_534, 1, 2, 0].map((sequence) => counter.step(sequence));
    assert.deepEqual(steps.map((step) => step.missing), [0, 0, 0, 2, 0, 0]); // prettier-ignore
    assert.deepEqual(steps.map((step) => step.repeated), [false, false, true, false, false, true]); // prettier-ignore
  });
});

describe('pictures and keys on the screen of a tablet', () => {
  const picture = { width: 10, height: 1, data: new Uint8Array(40).fill(255) };
  picture.data.set([0, 0, 0, 255], 0);
  picture.data.set([255, 0, 0, 255], 36);

  it('are written in the tablet’s own bits', async () => {
    assert.deepEqual([...oneBit(picture)], [0x7f, 0xbf]);
    assert.deepEqual([...rgb565(picture).slice(0, 4)], [0, 0, 255, 255]);
    assert.deepEqual([...rgb565(picture).slice(18)], [0x00, 0xf8]);
    assert.deepEqual([...rgb24(picture).slice(27)], [0, 0, 255]);
    const modes = await Promise.all([14, 8, 3, 2].map((flag) => encodePicture(picture, flag)));
    assert.deepEqual(modes.map(({ mode }) => mode), [2, 4, 1, 0]); // prettier-ignore
    assert.deepEqual([...inflateSync(modes[2]?.bytes ?? new Uint8Array())], [0x7f, 0xbf]);
    assert.deepEqual([...blocksOf(new Uint8Array(600), 253)].map((block) => block.length), [253, 253, 94]); // prettier-ignore
  });

  it('are found under the pen exactly where they are drawn', () => {
    const capability = {
      ...{ maxX: 10800, maxY: 6480, maxPressure: 1023, screenWidth: 800, screenHeight: 480 },
      ...{ rateHz: 200, resolution: 2540, encodingFlag: 14 },
    };
    const buttons = layButtons(capability);
    for (const { key, area } of buttons) {
      for (const [x, y] of [
        [area.x1, area.y1],
        [area.x2, area.y2],
      ] as const) {
        // prettier-ignore
        const point = { x: Math.round(((x + 0.5) * 10801) / 800), y: Math.round(((y + 0.5) * 6481) / 480) };
        assert.equal(keyAt(buttons, capability, point), key);
      }
    }
    assert.equal(keyAt(buttons, capability, { x: 5000, y: 100 }), undefined);
    const bar = drawBar({ buttons, bar: barOf(buttons, capability), locale: 'zh-CN' });
    assert.equal(bar.width, 800);
    assert.ok(bar.data.some((byte, at) => at % 4 === 0 && byte === 0));
  });
});

it('random reports of a tablet never break the ink', () => {
  fuzz({ seed: 20260302, runs: 20_000 });
});
