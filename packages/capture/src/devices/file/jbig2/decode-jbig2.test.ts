import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeCcittG4, encodeJbig2 } from '../../../encode/index.js';
import type { BilevelRaster } from '../../../picture/raster.js';
import { decodeJbig2 } from './decode-jbig2.js';

const script = { kind: 'script' } as const;

const raster = fc
  .record({
    widthPx: fc.integer({ min: 1, max: 70 }),
    heightPx: fc.integer({ min: 1, max: 40 }),
    seed: fc.integer(),
    repeats: fc.boolean(),
  })
  .map(({ widthPx, heightPx, seed, repeats }): BilevelRaster => {
    const rowBytes = Math.ceil(widthPx / 8);
    const data = new Uint8Array(rowBytes * heightPx);
    const mask = 0xff << (rowBytes * 8 - widthPx);
    for (let at = 0; at < data.length; at += 1) {
      const y = Math.floor(at / rowBytes);
      const source = repeats ? at - (y % 5) * rowBytes : at;
      data[at] = Math.imul(source + 1, seed | 1) >>> 13;
      if ((at + 1) % rowBytes === 0) data[at] = (data[at] ?? 0) & mask;
    }
    return { widthPx, heightPx, rowBytes, data };
  });

test('gives back what our encoder wrote, bit for bit, whatever the size', () => {
  fc.assert(
    fc.property(raster, (picture) => {
      const result = decodeJbig2(encodeJbig2(script, picture), picture);
      assert.equal(result.status, 'decoded');
      assert.deepEqual(result.status === 'decoded' && result.data, picture.data);
    }),
    { numRuns: 150, seed: 5 },
  );
});

test('reads fax coded regions', () => {
  const data = Uint8Array.from({ length: 16 }, (_none, index) => index * 17);
  const size = { widthPx: 16, heightPx: 8 };
  const fax = encodeCcittG4(script, { ...size, rowBytes: 2, data });
  const head = [0, 0, 0, 0, 38, 0, 1, 0, 0, 0, 18 + fax.length, 0, 0, 0, 16, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  const result = decodeJbig2(Uint8Array.from([...head, ...fax]), size);
  assert.deepEqual(result, { status: 'decoded', data });
});

test('damaged and foreign streams end well', () => {
  const picture = { widthPx: 16, heightPx: 8, rowBytes: 2, data: new Uint8Array(16).fill(0x3c) };
  const whole = encodeJbig2(script, picture);
  assert.equal(decodeJbig2(new Uint8Array(0), picture).status, 'malformed');
  assert.equal(decodeJbig2(whole.subarray(0, whole.length - 3), picture).status, 'malformed');
  assert.equal(decodeJbig2(whole, { widthPx: 17, heightPx: 8 }).status, 'unsupported');
  const symbols = Uint8Array.from([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  assert.equal(decodeJbig2(symbols, picture).status, 'unsupported');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
      const bytes = whole.slice();
      for (const [at, value] of changes) bytes[at] = value;
      assert.ok(['decoded', 'malformed', 'unsupported'].includes(decodeJbig2(bytes, picture).status));
    }),
    { numRuns: 500, seed: 5 },
  );
});
