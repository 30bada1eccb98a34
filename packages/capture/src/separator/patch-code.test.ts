import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { seededRandom } from '../testing/sam-random.js';
import type { RgbaRaster } from '../picture/raster.js';
import { findPatchCode, patchBars, type PatchCode } from './patch-code.js';

interface Paper {
  readonly dpi: number;
  readonly bars?: readonly { readonly fromMm: number; readonly heightMm: number }[];
  readonly skewDeg?: number;
  readonly noise?: number;
  /** Centre of the bars and their width as shares of the page. */
  readonly width?: number;
}

/** An A4 page with bars 8 mm below the upper edge. */
function paper({ dpi, bars = [], skewDeg = 0, noise = 0, width = 0.6 }: Paper): RgbaRaster {
  const widthPx = Math.round((210 / 25.4) * dpi);
  const heightPx = Math.round((297 / 25.4) * dpi);
  const random = seededRandom(3);
  const slope = Math.tan((skewDeg * Math.PI) / 180);
  const data = new Uint8ClampedArray(widthPx * heightPx * 4).fill(255);
  for (let y = 0; y < heightPx * 0.4; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const mm = ((y + (x - widthPx / 2) * slope) / dpi) * 25.4 - 8;
      const inside = Math.abs(x / widthPx - 0.5) < width / 2;
      const black = inside && bars.some(({ fromMm, heightMm }) => mm >= fromMm && mm < fromMm + heightMm);
      const gray = (black ? 40 : 220) + (random() - 0.5) * noise;
      const at = (y * widthPx + x) * 4;
      data[at] = data[at + 1] = data[at + 2] = gray;
    }
  }
  return { widthPx, heightPx, data };
}

const turned = ({ widthPx, heightPx, data }: RgbaRaster): RgbaRaster => {
  const out = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) out.set(data.subarray(at, at + 4), data.length - 4 - at);
  return { widthPx, heightPx, data: out };
};

const codes: readonly PatchCode[] = ['1', '2', '3', '4', '6', 'T'];

describe('patch codes', () => {
  test('are 0.8 inch high with two wide and two narrow bars', () => {
    for (const code of codes) {
      const last = patchBars(code).at(-1);
      assert.ok(Math.abs((last?.fromMm ?? 0) + (last?.heightMm ?? 0) - 20.32) < 1e-9);
      assert.equal(patchBars(code).filter(({ heightMm }) => heightMm > 3).length, 2);
    }
  });

  for (const code of codes) {
    test(`${code} is read at 75 to 300 dpi, askew, noisy and upside down`, () => {
      const bars = patchBars(code);
      assert.equal(findPatchCode(paper({ dpi: 75, bars })), code);
      assert.equal(findPatchCode(paper({ dpi: 200, bars, noise: 100 })), code);
      assert.equal(findPatchCode(paper({ dpi: 100, bars, skewDeg: 3 })), code);
      assert.equal(findPatchCode(paper({ dpi: 100, bars, skewDeg: -3 })), code);
      assert.equal(findPatchCode(turned(paper({ dpi: 100, bars }))), code);
    });
  }

  const others: Record<string, Paper> = {
    'a white page': { dpi: 100 },
    'a noisy page': { dpi: 100, noise: 200 },
    'a ruled form': { dpi: 100, bars: [0, 8, 16, 24, 32].map((fromMm) => ({ fromMm, heightMm: 0.5 })) },
    'lines of equal bars': { dpi: 100, bars: [0, 4, 8, 12, 16, 20].map((fromMm) => ({ fromMm, heightMm: 2 })) },
    'bars too narrow to be printed for a scanner': { dpi: 100, bars: patchBars('T'), width: 0.1 },
    'one bar too many': { dpi: 100, bars: [...patchBars('T'), { fromMm: 22, heightMm: 2 }] },
  };
  for (const [name, page] of Object.entries(others)) {
    test(`${name} has none`, () => assert.equal(findPatchCode(paper(page)), undefined));
  }
});
