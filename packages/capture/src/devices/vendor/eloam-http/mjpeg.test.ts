import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii } from '../../usb/byte-queue.js';
import { MjpegParser } from './mjpeg.js';

const TYPE = 'multipart/x-mixed-replace; boundary=frame';

test('frames come out as they went in, with and without their length, in pieces of any size', () => {
  const frame = fc
    .uint8Array({ minLength: 1, maxLength: 200 })
    .map((bytes) => bytes.map((byte) => (byte === 45 || byte < 14 ? 99 : byte)));
  const pieces = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1, maxLength: 5 }), fc.boolean(), pieces, (frames, declared, sizes) => {
      const stream = frames.flatMap((bytes) => [
        ...ascii(`--frame\r\nContent-Type: image/jpeg\r\n${declared ? `Content-Length: ${bytes.length}\r\n` : ''}\r\n`),
        ...bytes,
        ...ascii('\r\n'),
      ]);
      const all = Uint8Array.from([...stream, ...ascii('--frame\r\n')]);
      const parser = new MjpegParser(TYPE);
      const found: number[][] = [];
      for (let at = 0, piece = 0; at < all.length; piece += 1) {
        const size = sizes[piece % sizes.length] ?? 1;
        found.push(...parser.push(all.subarray(at, at + size)).map((each) => [...each]));
        at += size;
      }
      assert.deepEqual(
        found,
        frames.map((bytes) => [...bytes]),
      );
    }),
    { numRuns: 100, seed: 5 },
  );
});

test('boundaries are read in every way that services write them; other types are refused', () => {
  for (const type of [
    TYPE,
    'Multipart/X-Mixed-Replace;boundary="frame"',
    'multipart/x-mixed-replace; boundary=--frame; x=y',
  ]) {
    const parser = new MjpegParser(type);
    assert.equal(parser.push(ascii('--frame\r\nContent-Length: 3\r\n\r\nabc\r\n')).length, 1, type);
  }
  for (const type of ['', 'image/jpeg', 'multipart/x-mixed-replace', 'multipart/x-mixed-replace; boundary=']) {
    assert.throws(() => new MjpegParser(type), { code: 'device-protocol' }, type);
  }
});

test('a frame or header without end is refused', () => {
  assert.throws(() => new MjpegParser(TYPE).push(ascii('x'.repeat(9000))), { code: 'device-protocol' });
  assert.throws(() => new MjpegParser(TYPE).push(ascii('--frame\r\nContent-Length: 99999999\r\n\r\n')), {
    code: 'device-protocol',
  });
  const parser = new MjpegParser(TYPE);
  parser.push(ascii('--frame\r\n\r\n'));
  assert.throws(() => parser.push(new Uint8Array(17 * 1024 * 1024)), { code: 'device-protocol' });
});
