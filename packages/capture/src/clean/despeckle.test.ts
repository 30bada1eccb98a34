import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BilevelRaster } from '../picture/raster.js';
import { findComponents } from './components.js';
import { despeckle } from './despeckle.js';

const script = { kind: 'script' } as const;

/** A picture from rows of text, `#` is black. */
function drawn(rows: readonly string[]): BilevelRaster {
  const widthPx = rows[0]?.length ?? 0;
  const rowBytes = (widthPx + 7) >> 3;
  const data = new Uint8Array(rowBytes * rows.length);
  rows.forEach((row, y) => {
    for (let x = 0; x < widthPx; x += 1) {
      const at = y * rowBytes + (x >> 3);
      if (row[x] === '#') data[at] = (data[at] ?? 0) | (0x80 >> (x & 7));
    }
  });
  return { widthPx, heightPx: rows.length, rowBytes, data };
}

function shown({ widthPx, heightPx, rowBytes, data }: BilevelRaster): string[] {
  return Array.from({ length: heightPx }, (_, y) =>
    Array.from({ length: widthPx }, (_, x) =>
      (data[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7)) ? '#' : '.',
    ).join(''),
  );
}

test('components: what touches, also by a corner, is one', () => {
  const found = findComponents(
    drawn(['##........', '..#.....##', '.........#', '#.#.......', '#.#...#...', '###....#..']),
  );
  assert.equal(found.count, 4);
  assert.deepEqual([...found.area].sort(), [2, 3, 3, 7]);
  assert.deepEqual([found.left[0], found.top[0], found.right[0], found.bottom[0]], [0, 0, 3, 2]);
});

const character = ['##########', '#....#...#', '#....#...#', '##########', '#....#...#', '#....#...#', '##########'];

/** A row of two characters in a page of 90 columns, with marks put on. */
function pageWith(marks: readonly (readonly [x: number, y: number])[]): string[] {
  const rows = Array.from({ length: 60 }, () => '.'.repeat(90));
  const put = (x: number, y: number, text: string): void => {
    rows[y] = `${(rows[y] ?? '').slice(0, x)}${text}${(rows[y] ?? '').slice(x + text.length)}`;
  };
  [10, 24].forEach((x) => character.forEach((row, i) => put(x, 20 + i, row)));
  marks.forEach(([x, y]) => put(x, y, '#'));
  return rows;
}

test('despeckle: stops, decimal points and broken strokes beside print stay; specks that stand alone go', () => {
  const clean = pageWith([]);
  const punctuation = [
    [21, 26],
    [22, 26],
    [36, 27],
    [37, 26],
    [29, 18],
  ] as const;
  const specks = [
    [5, 5],
    [60, 8],
    [61, 8],
    [80, 23],
    [70, 50],
    [70, 51],
    [71, 51],
    [20, 45],
  ] as const;
  const kept = despeckle(script, drawn(pageWith([...punctuation, ...specks])));
  assert.deepEqual(shown(kept), pageWith(punctuation));
  assert.deepEqual(shown(despeckle(script, drawn(pageWith(specks)))), clean);
});

test('despeckle: a mark of six pixels is no speck, wherever it stands; maxPx moves the limit', () => {
  const rows = pageWith([
    [60, 40],
    [61, 40],
    [62, 40],
    [60, 41],
    [61, 41],
    [62, 41],
  ]);
  assert.deepEqual(shown(despeckle(script, drawn(rows))), rows);
  assert.deepEqual(shown(despeckle(script, drawn(rows), { maxPx: 7 })), pageWith([]));
});
