import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { encodeCommand, samCommands, setBaudCommand } from './commands.js';
import { encodeFrame } from './frame.js';
import { SamFramer } from './sam-framer.js';

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.replaceAll(' ', '').match(/../g) ?? [], (byte) => parseInt(byte, 16));
const payloads = (framer: SamFramer, bytes: Uint8Array): string[] =>
  framer
    .push(bytes)
    .map((frame) => (frame.status === 'whole' ? Buffer.from(frame.payload).toString('hex') : frame.reason));

describe('commands are sent byte for byte as the module expects them', () => {
  const published = {
    reset: 'aa aa aa 96 69 00 03 10 ff ec',
    status: 'aa aa aa 96 69 00 03 11 ff ed',
    samId: 'aa aa aa 96 69 00 03 12 ff ee',
    find: 'aa aa aa 96 69 00 03 20 01 22',
    select: 'aa aa aa 96 69 00 03 20 02 21',
    read: 'aa aa aa 96 69 00 03 30 01 32',
    readWithPrint: 'aa aa aa 96 69 00 03 30 10 23',
    readAddress: 'aa aa aa 96 69 00 03 30 03 30',
  } as const;
  for (const [name, bytes] of Object.entries(published)) {
    test(name, () => {
      assert.deepEqual(encodeCommand(samCommands[name as keyof typeof published]), hex(bytes));
    });
  }
  test('set speed', () => {
    assert.deepEqual(encodeCommand(setBaudCommand(115_200)), hex('aa aa aa 96 69 00 03 60 00 63'));
    assert.deepEqual(encodeCommand(setBaudCommand(9_600)), hex('aa aa aa 96 69 00 03 60 04 67'));
  });
});

describe('SamFramer', () => {
  test('knows the published replies', () => {
    const framer = new SamFramer();
    assert.deepEqual(payloads(framer, hex('aa aa aa 96 69 00 04 00 00 90 94')), ['000090']);
    assert.deepEqual(payloads(framer, hex('aa aa aa 96 69 00 04 00 00 80 84')), ['000080']);
    assert.deepEqual(payloads(framer, hex('aa aa aa 96 69 00 08 00 00 9f 00 00 00 00 97')), ['00009f00000000']);
    assert.deepEqual(payloads(framer, hex('aa aa aa 96 69 00 0c 00 00 90 00 00 00 00 00 00 00 00 9c')), [
      '0000900000000000000000',
    ]);
  });

  test('finds every frame however the stream is cut and whatever noise stands between', () => {
    const noise = fc.uint8Array({ maxLength: 20 }).map((bytes) => bytes.map((byte) => (byte === 0x96 ? 0x95 : byte)));
    const payload = fc.uint8Array({ minLength: 3, maxLength: 300 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(noise, payload), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 20 }),
        (parts, cuts) => {
          const stream = parts.flatMap(([before, content]) => [...before, ...encodeFrame(content)]);
          const framer = new SamFramer();
          const found: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const size = cuts[turn % cuts.length] ?? 1;
            for (const frame of framer.push(Uint8Array.from(stream.slice(at, at + size)))) {
              if (frame.status === 'whole') found.push(frame.payload);
            }
            at += size;
          }
          assert.deepEqual(
            found,
            parts.map(([, content]) => content),
          );
        },
      ),
      { numRuns: 200, seed: 5 },
    );
  });

  test('skips noise, also noise that looks like the beginning of a preamble', () => {
    const framer = new SamFramer();
    assert.deepEqual(payloads(framer, hex('aa aa aa aa aa 96 69 00 04 00 00 90 94')), ['000090']);
    assert.deepEqual(payloads(framer, hex('00 ff aa aa aa 96 aa aa aa 96 69 00 04 00 00 90 94')), ['000090']);
  });

  test('reports a wrong checksum and goes on with the next frame', () => {
    const framer = new SamFramer();
    const bytes = hex('aa aa aa 96 69 00 04 00 00 90 95 aa aa aa 96 69 00 04 00 00 80 84');
    assert.deepEqual(payloads(framer, bytes), ['checksum', '000080']);
  });

  test('a frame whose tail got lost swallows the next frame only until the checksum fails', () => {
    const framer = new SamFramer();
    const cut = encodeFrame(new Uint8Array(40).fill(1)).subarray(0, 30);
    assert.deepEqual(payloads(framer, Uint8Array.from([...cut, ...hex('aa aa aa 96 69 00 04 00 00 90 94')])), []);
    assert.deepEqual(payloads(framer, hex('aa aa aa 96 69 00 04 00 00 80 84 00 00 00 00')), [
      'checksum',
      '000090',
      '000080',
    ]);
  });

  test('believes no length below a status word or above 4,096', () => {
    const framer = new SamFramer();
    assert.deepEqual(payloads(framer, hex('aa aa aa 96 69 00 03 00 00 90')), ['length']);
    assert.deepEqual(payloads(framer, hex('aa aa aa 96 69 10 01 00 00 90')), ['length']);
    assert.deepEqual(payloads(framer, encodeFrame(new Uint8Array(4095).fill(7))).length, 1);
  });

  test('keeps nothing of a frame that was handed out', () => {
    const framer = new SamFramer();
    framer.push(encodeFrame(new Uint8Array(500).fill(0x55)));
    assert.equal(framer.pendingBytes, 0);
    framer.push(encodeFrame(new Uint8Array(500).fill(0x55)).subarray(0, 300));
    assert.equal(framer.pendingBytes, 300);
    assert.equal(framer.missingBytes, 208);
    framer.reset();
    assert.equal(framer.pendingBytes, 0);
    assert.equal(framer.missingBytes, undefined);
  });
});
