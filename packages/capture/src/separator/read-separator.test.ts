import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { encode } from 'uqr';
import type { RgbaRaster } from '../picture/raster.js';
import { patchBars } from './patch-code.js';
import { formatSeparator, type Separator } from './payload.js';
import { readSeparator } from './read-separator.js';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
const options = { assetsUrl: 'http://assets.invalid/', wasmBinary: new Uint8Array(readFileSync(wasm)).buffer };
const separator: Separator = { type: 'document', category: 'C0013', seq: 3 };
const text = formatSeparator(separator);

/** Grey-white paper, 600 × 800, with codes of 4 pixels a module at these places. */
function sheet(codes: readonly (readonly [text: string, x: number, y: number])[]): RgbaRaster {
  const widthPx = 600;
  const heightPx = 800;
  const data = new Uint8ClampedArray(widthPx * heightPx * 4).fill(235);
  for (const [content, left, top] of codes) {
    encode(content, { border: 0, ecc: 'M' }).data.forEach((row, y) =>
      row.forEach((black, x) => {
        for (let line = 0; black && line < 4; line += 1) {
          const at = ((top + y * 4 + line) * widthPx + left + x * 4) * 4;
          data.fill(20, at, at + 16);
        }
      }),
    );
  }
  return { widthPx, heightPx, data };
}

const turned = ({ widthPx, heightPx, data }: RgbaRaster): RgbaRaster => {
  const out = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) out.set(data.subarray(at, at + 4), data.length - 4 - at);
  return { widthPx, heightPx, data: out };
};

describe('is this page a separator sheet?', () => {
  for (const [place, x, y] of [
    ['upper left', 30, 20],
    ['lower right', 450, 665],
  ] as const) {
    test(`a code in the ${place} margin is enough`, async () => {
      const page = sheet([[text, x, y]]);
      assert.deepEqual(await readSeparator(page, { ...options, regions: 'margins' }), {
        status: 'separator',
        separator,
      });
      assert.deepEqual(await readSeparator(turned(page), { ...options, regions: 'margins' }), {
        status: 'separator',
        separator,
      });
    });
  }

  test('a code in the middle is found when the whole page is read', async () => {
    const page = sheet([[text, 240, 360]]);
    assert.deepEqual(await readSeparator(page, { ...options, regions: 'margins' }), { status: 'not-ours' });
    assert.deepEqual(await readSeparator(page, options), { status: 'separator', separator });
  });

  test('a good code counts more than a damaged one; a damaged one is told when there is no other', async () => {
    const broken = `${text.slice(0, -4)}0000`;
    assert.deepEqual(await readSeparator(sheet([[broken, 30, 20]]), options), {
      status: 'damaged',
      reason: 'checksum',
    });
    const both = sheet([
      [broken, 30, 20],
      [text, 450, 665],
    ]);
    assert.deepEqual(await readSeparator(both, options), { status: 'separator', separator });
  });

  test('sheets of other makers with a patch code T begin a document, unless that is not wanted', async () => {
    const page = sheet([]);
    // 72 dpi: 600 pixels are A4 wide.
    for (const { fromMm, heightMm } of patchBars('T')) {
      const from = Math.round(20 + fromMm * 2.857);
      const to = Math.round(20 + (fromMm + heightMm) * 2.857);
      for (let y = from; y < to; y += 1) page.data.fill(20, (y * 600 + 100) * 4, (y * 600 + 500) * 4);
    }
    assert.deepEqual(await readSeparator(page, options), { status: 'separator', separator: { type: 'document' } });
    assert.deepEqual(await readSeparator(page, { ...options, patchCodes: 'ignore' }), { status: 'not-ours' });
  });

  test('other codes and plain pages are no sheets', async () => {
    assert.deepEqual(await readSeparator(sheet([['ZY990001', 30, 20]]), options), { status: 'not-ours' });
    assert.deepEqual(await readSeparator(sheet([]), options), { status: 'not-ours' });
  });
});
