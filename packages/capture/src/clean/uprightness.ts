import { findComponents, type Components } from './components.js';
import type { BilevelRaster } from '../picture/raster.js';

/** A line of print: rows of the picture, and its components from left to right. */
interface TextRow {
  readonly top: number;
  readonly bottom: number;
  readonly parts: readonly number[];
}

/** Marks smaller than this share of the line are stops, commas and dots. */
const MARK_SHARE = 0.42;
const LEAST_ROWS = 3;

/**
 * Whether a page with level lines stands upright: 1 surely, -1 surely upside down, 0 cannot be told.
 * Stops and commas lie in the lower half of their line; lines begin at one edge and end anywhere.
 */
export function uprightness(picture: BilevelRaster): number {
  const components = findComponents(picture);
  const rows = textRows(components, picture);
  if (rows.length < LEAST_ROWS) return 0;
  let low = 0;
  let high = 0;
  for (const row of rows) {
    for (const place of markPlaces(components, row)) {
      if (place > 0.62) low += 1;
      else if (place < 0.38) high += 1;
    }
  }
  const marks = (low - high) / (low + high + 4);
  const starts = rows.map(({ parts }) => Math.min(...parts.map((i) => components.left[i] ?? 0)));
  const ends = rows.map(({ parts }) => Math.max(...parts.map((i) => components.right[i] ?? 0)));
  const height = median(rows.map(({ top, bottom }) => bottom - top));
  const flush = alignedShare(starts, height) - alignedShare(ends, height);
  return Math.max(-1, Math.min(1, marks + 0.6 * flush * Math.min(1, rows.length / 8)));
}

/** Bands of rows that hold print, of about the usual height. */
function textRows(components: Components, { heightPx }: BilevelRaster): TextRow[] {
  const { count, top, bottom, left, right } = components;
  const heights: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const height = (bottom[i] ?? 0) - (top[i] ?? 0);
    if (height >= 6 && height <= 120 && (right[i] ?? 0) - (left[i] ?? 0) <= 300) heights.push(height);
  }
  const usual = median(heights);
  const filled = new Int32Array(heightPx + 1);
  const parts: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const height = (bottom[i] ?? 0) - (top[i] ?? 0);
    if (height > usual * 3 || (right[i] ?? 0) - (left[i] ?? 0) > usual * 8) continue;
    parts.push(i);
    if (height < usual * MARK_SHARE) continue;
    for (let y = top[i] ?? 0; y < (bottom[i] ?? 0); y += 1) filled[y] = (filled[y] ?? 0) + 1;
  }
  const rows: TextRow[] = [];
  for (let y = 0; y <= heightPx; y += 1) {
    if ((filled[y] ?? 0) === 0) continue;
    const from = y;
    while (y < heightPx && (filled[y] ?? 0) > 0) y += 1;
    if (y - from < usual * 0.6 || y - from > usual * 3) continue;
    const inside = parts.filter((i) => (bottom[i] ?? 0) > from && (top[i] ?? 0) < y + (y - from) * 0.2);
    if (inside.length >= 3) rows.push({ top: from, bottom: y, parts: inside });
  }
  return rows;
}

/** Heights of lone small marks in their line, 0 top to 1 bottom. */
function markPlaces({ left, top, right, bottom, area }: Components, row: TextRow): number[] {
  const height = row.bottom - row.top;
  const gap = height * 0.06;
  return row.parts
    .filter((i) => {
      const side = Math.max((right[i] ?? 0) - (left[i] ?? 0), (bottom[i] ?? 0) - (top[i] ?? 0));
      if (side > height * MARK_SHARE || (area[i] ?? 0) < 4) return false;
      return row.parts.every(
        (other) =>
          other === i || (right[other] ?? 0) + gap < (left[i] ?? 0) || (left[other] ?? 0) - gap > (right[i] ?? 0),
      );
    })
    .map((i) => ((top[i] ?? 0) + (bottom[i] ?? 0) - 2 * row.top) / (2 * height));
}

/** Share of places within half a line's height of the place that most share. */
function alignedShare(places: readonly number[], height: number): number {
  const near = places.map((place) => places.filter((other) => Math.abs(other - place) <= height / 2).length);
  return Math.max(0, ...near) / Math.max(1, places.length);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
