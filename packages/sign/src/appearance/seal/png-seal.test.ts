import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { AnjuanError } from '@anjuan/core';
import fc from 'fast-check';
import { sealAppearance, sealFromPng, type SealPicture } from '../index.js';

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32?.(body) ?? 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly type: number;
  /** Rows with their filter bytes. */
  readonly raw: Uint8Array;
  readonly interlace?: number;
  readonly extra?: readonly (readonly [string, readonly number[]])[];
}

function png({ width, height, bits, type, raw, interlace = 0, extra = [] }: Picture): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, type, 0, 0, interlace], 8);
  const chunks = extra.map(([name, data]) => chunk(name, Uint8Array.from(data)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    ...[chunk('IHDR', header), ...chunks],
    ...[chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))],
  ]);
}

const colors = (picture: SealPicture): number[] => [...inflateSync(picture.image.bytes)];
const cover = (picture: SealPicture): number[] | undefined => picture.mask && [...inflateSync(picture.mask.bytes)];
const read = (picture: Picture) => sealFromPng(png(picture), { widthMm: 30 });
const refusal = (reason: string) => (error: unknown) =>
  AnjuanError.is(error) && error.code === 'seal-picture-unsupported' && error.details['reason'] === reason;

describe('a seal from a PNG picture', () => {
  it('reads colour with transparency, filters undone', async () => {
    // Row 1 plain, row 2 "up": the second row repeats the first with half the cover.
    const raw = Uint8Array.of(0, 200, 30, 30, 255, 0, 0, 0, 0, 2, 0, 0, 0, 129, 0, 0, 0, 0);
    const seal = await read({ width: 2, height: 2, bits: 8, type: 6, raw });
    assert.deepEqual(colors(seal), [200, 30, 30, 0, 0, 0, 200, 30, 30, 0, 0, 0]);
    assert.deepEqual(cover(seal), [255, 0, 128, 0]);
    assert.deepEqual([seal.widthMm, seal.heightMm, seal.widthPx], [30, 30, 2]);
  });

  it('reads palettes, gray, one bit and sixteen bits, and colours that stand for nothing', async () => {
    const palette = [['PLTE', [255, 255, 255, 200, 30, 30]], ['tRNS', [0]]] as const; // prettier-ignore
    const mapped = await read({
      width: 3,
      height: 1,
      bits: 2,
      type: 3,
      raw: Uint8Array.of(0, 0b01000100),
      extra: palette,
    });
    assert.deepEqual(
      [colors(mapped), cover(mapped)],
      [
        [200, 30, 30, 255, 255, 255, 200, 30, 30],
        [255, 0, 255],
      ],
    );
    const gray = await read({ width: 8, height: 1, bits: 1, type: 0, raw: Uint8Array.of(0, 0b10100000) });
    assert.deepEqual([colors(gray), cover(gray)], [[255, 0, 255, 0, 0, 0, 0, 0], undefined]);
    const deep = await read({ width: 1, height: 1, bits: 16, type: 2, raw: Uint8Array.of(0, 200, 9, 30, 9, 10, 9) });
    assert.deepEqual([colors(deep), cover(deep)], [[200, 30, 10], undefined]);
    const keyed = await read({
      ...{ width: 2, height: 1, bits: 16, type: 0, raw: Uint8Array.of(0, 9, 1, 9, 2) },
      extra: [['tRNS', [9, 2]]],
    });
    assert.deepEqual(cover(keyed), [255, 0]);
    const both = await read({ width: 1, height: 1, bits: 8, type: 4, raw: Uint8Array.of(0, 77, 128) });
    assert.deepEqual([colors(both), cover(both)], [[77], [128]]);
  });

  it('brings its mask along when it is drawn', async () => {
    const raw = Uint8Array.of(0, 200, 30, 30, 128);
    const { parts } = await sealAppearance({ seal: await read({ width: 1, height: 1, bits: 8, type: 6, raw }) });
    assert.equal(parts.length, 2);
    const image = parts[1];
    assert.ok(typeof image === 'object' && image && 'dict' in image);
    assert.deepEqual(image.dict.entries.get('SMask'), { type: 'ref', number: -1, generation: 0 });
  });

  it('refuses in words what it cannot use', async () => {
    const one = { width: 1, height: 1, bits: 8, type: 0, raw: Uint8Array.of(0, 1) };
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ['not-png', Buffer.from('GIF89a')],
      ['interlaced', png({ ...one, interlace: 1 })],
      ['size', png({ ...one, width: 4001, height: 1000 })],
      ['size', png({ ...one, height: 2 })],
      ['size', png({ ...one, raw: new Uint8Array(5_000_000) })],
      ['header', png({ ...one, bits: 3 })],
      ['filter', png({ ...one, raw: Uint8Array.of(5, 1) })],
      ['palette', png({ ...one, type: 3 })],
      ['cut-off', png(one).subarray(0, 40)],
    ];
    for (const [reason, bytes] of cases) {
      await assert.rejects(sealFromPng(bytes, { widthMm: 30 }), refusal(reason), reason);
    }
    const aborted = sealFromPng(png(one), { widthMm: 30, signal: AbortSignal.abort() });
    await assert.rejects(aborted, (error) => AnjuanError.is(error) && error.code === 'aborted');
  });

  it('answers damaged files with typed errors only', async () => {
    const whole = png({ width: 2, height: 2, bits: 8, type: 6, raw: new Uint8Array(18) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }), async (changes) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        await sealFromPng(bytes, { widthMm: 30 }).catch((error: unknown) => assert.ok(AnjuanError.is(error)));
      }),
      { numRuns: 300 },
    );
  });
});
