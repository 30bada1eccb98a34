import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateSync } from 'node:zlib';
import { AnjuanError } from '@anjuan/core';
import fc from 'fast-check';
import type { PdfObject } from '../../objects.js';
import { decodeFilters } from './decode-filters.js';
import { inflate } from './inflate.js';
import { undoPredictor } from './predictors.js';

const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const is = (code: 'pdf-malformed' | 'pdf-limits-exceeded') => (error: unknown) => AnjuanError.is(error, code);
const decode = (
  name: string,
  bytes: Uint8Array,
  parms: Readonly<Record<string, PdfObject>> = {},
  maxBytes = 1e6,
): Promise<Uint8Array> => decodeFilters(bytes, [{ name, parms: new Map(Object.entries(parms)) }], { maxBytes });

test('what zlib packs with any strategy comes out the same', () => {
  const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 400 })), { maxLength: 12 }),
      fc.integer({ min: 0, max: 9 }),
      fc.constantFrom(...strategies),
      (parts, level, strategy) => {
        const bytes = Buffer.concat(parts.flatMap(([part, times]) => Array.from({ length: times }, () => part)));
        const inflated = inflate(deflateSync(bytes, { level, strategy }), bytes.byteLength);
        assert.ok(inflated.checked && Buffer.compare(inflated.bytes, bytes) === 0);
      },
    ),
    { numRuns: 150 },
  );
});

test('a bomb stops at the limit', async () => {
  const bomb = deflateSync(Buffer.alloc(50_000_000));
  assert.throws(() => inflate(bomb, 1_000_000), is('pdf-limits-exceeded'));
  await assert.rejects(
    decode('RunLengthDecode', new Uint8Array(4_000).fill(129), {}, 10_000),
    is('pdf-limits-exceeded'),
  );
  await assert.rejects(
    decode('ASCII85Decode', new Uint8Array(9_000).fill(0x7a), {}, 10_000),
    is('pdf-limits-exceeded'),
  );
});

test('damaged Flate data is refused at every cut', () => {
  const packed = deflateSync(Buffer.from('姓名 '.repeat(50)));
  for (let length = 0; length < packed.byteLength - 5; length += 1) {
    assert.throws(() => inflate(packed.subarray(0, length), 1e6), is('pdf-malformed'), String(length));
  }
  assert.equal(inflate(packed.subarray(0, -1), 1e6).checked, false);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
      try {
        inflate(Uint8Array.of(0x78, 0x9c, ...noise), 100_000);
      } catch (error) {
        assert.ok(AnjuanError.is(error));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('text filters follow the standard', async () => {
  assert.deepEqual(await decode('ASCIIHexDecode', latin('48 65\n6c6C 6F7>zz')), latin('Hellop'));
  assert.deepEqual(await decode('ASCII85Decode', latin('87cURD]i,"Ebo80~>')), latin('Hello World!'));
  assert.deepEqual(await decode('A85', latin('z!!~>')), Uint8Array.of(0, 0, 0, 0, 0));
  assert.deepEqual(
    await decode('RunLengthDecode', Uint8Array.of(2, 1, 2, 3, 254, 9, 128, 7)),
    Uint8Array.of(1, 2, 3, 9, 9, 9),
  );
  for (const [filter, text] of [
    ['ASCIIHexDecode', '4x'],
    ['ASCII85Decode', 'v'],
    ['ASCII85Decode', '!'],
    ['ASCII85Decode', 'uuuuu'],
    ['RunLengthDecode', '\x05a'],
    ['LZWDecode', '\xff\xff'],
  ] as const) {
    await assert.rejects(decode(filter, latin(text)), is('pdf-malformed'), filter);
  }
});

test('LZW reads the example of the standard and words that name themselves', async () => {
  // ISO 32000-2 7.4.4.2, example 1.
  const packed = Uint8Array.of(0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01);
  assert.deepEqual(await decode('LZWDecode', packed), Uint8Array.of(45, 45, 45, 45, 45, 65, 45, 45, 45, 66));
});

/** Packs with codes of growing width, clearing never: checks where the width changes. */
function packLzw(bytes: Uint8Array, early: number): Uint8Array {
  const words = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) words.set(String.fromCharCode(byte), byte);
  let bits = '';
  let next = 258;
  let width = 9;
  const emit = (code: number): void => {
    bits += code.toString(2).padStart(width, '0');
  };
  emit(256);
  let word = '';
  for (const byte of bytes) {
    const longer = word + String.fromCharCode(byte);
    if (words.has(longer)) word = longer;
    else {
      emit(words.get(word) ?? 0);
      if (next < 4_096) words.set(longer, next++);
      // The reader knows one word less at this moment.
      const known = next - 1 + early;
      width = known >= 2_048 ? 12 : known >= 1_024 ? 11 : known >= 512 ? 10 : 9;
      word = String.fromCharCode(byte);
    }
  }
  if (word !== '') emit(words.get(word) ?? 0);
  const known = next + early;
  width = known >= 2_048 ? 12 : known >= 1_024 ? 11 : known >= 512 ? 10 : 9;
  emit(257);
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (part) => Number.parseInt(part.padEnd(8, '0'), 2));
}

test('LZW changes its width at the right code, early or not', async () => {
  const bytes = Uint8Array.from({ length: 9_000 }, (_, index) => ((index * index) % 251) ^ ((index >> 4) % 7));
  for (const early of [0, 1]) {
    assert.deepEqual(await decode('LZWDecode', packLzw(bytes, early), { EarlyChange: early }), bytes, `early ${early}`);
  }
});

test('predictors are undone', async () => {
  const pixels = Uint8Array.from({ length: 60 }, (_, index) => (index * 37) % 256);
  const paeth = (a: number, b: number, c: number): number => {
    const p = a + b - c;
    const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
  };
  const rows: number[] = [];
  for (let row = 0; row < 5; row += 1) {
    rows.push(row);
    for (let at = 0; at < 12; at += 1) {
      const here = row * 12 + at;
      const left = at >= 3 ? (pixels[here - 3] ?? 0) : 0;
      const up = row > 0 ? (pixels[here - 12] ?? 0) : 0;
      const corner = row > 0 && at >= 3 ? (pixels[here - 15] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][row] ?? 0;
      rows.push(((pixels[here] ?? 0) - guess) & 255);
    }
  }
  const parms = { predictor: 15, colors: 3, bitsPerComponent: 8, columns: 4 };
  assert.deepEqual(await undoPredictor(Uint8Array.from(rows), parms), pixels);
  const tiff = { predictor: 2, colors: 1, columns: 4 };
  assert.deepEqual(
    await undoPredictor(Uint8Array.of(1, 2, 3, 250), { ...tiff, bitsPerComponent: 8 }),
    Uint8Array.of(1, 3, 6, 0),
  );
  assert.deepEqual(
    await undoPredictor(Uint8Array.of(0, 255, 0, 2, 0, 0, 1, 0), { ...tiff, bitsPerComponent: 16 }),
    Uint8Array.of(0, 255, 1, 1, 1, 1, 2, 1),
  );
  assert.deepEqual(
    await undoPredictor(Uint8Array.of(0x12, 0x3f), { ...tiff, bitsPerComponent: 4 }),
    Uint8Array.of(0x13, 0x65),
  );
  await assert.rejects(undoPredictor(pixels, { ...parms, predictor: 9 }), is('pdf-malformed'));
  await assert.rejects(undoPredictor(pixels, { ...parms, columns: 0 }), is('pdf-malformed'));
});

test('filters of pictures are named, not decoded', async () => {
  for (const name of ['DCTDecode', 'JPXDecode', 'JBIG2Decode', 'CCITTFaxDecode', 'Unknown']) {
    await assert.rejects(
      decode(name, new Uint8Array(9)),
      (error) => AnjuanError.is(error, 'pdf-malformed') && error.details['reason'] === 'filter-unsupported',
    );
  }
});
