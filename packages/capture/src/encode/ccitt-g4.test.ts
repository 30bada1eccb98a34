import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeCcittG4 } from './ccitt-g4.js';
import { blackRunCodes, longRunCodes, whiteRunCodes } from './g4-codes.data.js';
import { bilevelRasters, numbers, rasterOf } from './testing/bilevel-arbitrary.js';
import { decodeCcittG4 } from './testing/pdfjs-decoder.js';

const script = { kind: 'script' } as const;

test('group 4: a reader gets every pixel back', async () => {
  await fc.assert(
    fc.asyncProperty(bilevelRasters(), async (picture) => {
      const decoded = await decodeCcittG4(encodeCcittG4(script, picture), picture.widthPx, picture.heightPx);
      assert.deepEqual(decoded, picture);
    }),
    { numRuns: 200 },
  );
});

test('group 4: runs of every length come back, longer than the longest code too', async () => {
  const next = numbers(3);
  const lengths = [0, 1, 63, 64, 65, 1728, 1791, 1792, 2559, 2560, 2561, 2623, 5121, 6000];
  const row = (first: number): boolean[] =>
    Array.from({ length: 13000 }, (_, x) => x >= first && (x < first + 5200 || next() < 0.2));
  const picture = rasterOf(lengths.map(row));
  assert.deepEqual(await decodeCcittG4(encodeCcittG4(script, picture), 13000, picture.heightPx), picture);
});

test('group 4: the codes of each colour can be told apart', () => {
  for (const [text, count] of [
    [whiteRunCodes, 91],
    [blackRunCodes, 91],
  ] as const) {
    const codes = [...text.split(' '), ...longRunCodes.split(' ')];
    assert.equal(codes.length, count + 13);
    for (const [index, code] of codes.entries()) {
      const clash = codes.find((other, at) => at !== index && other.startsWith(code));
      assert.equal(clash, undefined, code);
    }
  }
});

test('group 4: white rows are one bit each, and the end is marked', () => {
  const bytes = encodeCcittG4(script, rasterOf(Array.from({ length: 8 }, () => [false, false])));
  assert.deepEqual([...bytes], [0xff, 0x00, 0x10, 0x01]);
});
