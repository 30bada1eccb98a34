import { findComponents } from './components.js';
import { inkKind, inkKinds } from './ink-colour.js';
import type { BilevelRaster, RgbaRaster } from '../picture/raster.js';

/** Fields of 8 x 8 pixels: bit `1 << kind` is set where coloured ink of that kind may be. */
export interface InkZones {
  readonly columns: number;
  readonly rows: number;
  readonly kinds: Uint8Array;
}

/** Side of a field, pixels. */
export const INK_FIELD_PX = 8;
/**
 * The mean colour of 24 x 24 pixels must be this strong: the coloured fringes that a lens makes at black print are red on
 * one side and cyan on the other, so they cancel; and that of the field itself this strong.
 */
const LEAST_AROUND = 9;
const LEAST_CHROMA = 14;
/** Fewer fields in one place are a speck (3 fields are 1.4 square millimetres at 300 dpi). */
const LEAST_FIELDS = 3;
/** A filled area of this many fields is a picture or a coloured heading, not ink on paper. */
const SOLID_FIELDS = 225;
const SOLID_SHARE = 0.8;

/** Where coloured ink is, in an eighth-size picture of an evened-out page; grown by one field around. */
export function inkZones(eighth: RgbaRaster): InkZones {
  const { widthPx: columns, heightPx: rows, data } = eighth;
  const kinds = new Uint8Array(columns * rows);
  const rowBytes = (columns + 7) >> 3;
  const planes = inkKinds.map((): BilevelRaster => {
    return { widthPx: columns, heightPx: rows, rowBytes, data: new Uint8Array(rowBytes * rows) };
  });
  for (let y = 0, at = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1, at += 4) {
      if (chroma([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]) < LEAST_CHROMA) continue;
      const around = meanAround(eighth, x, y);
      if (chroma(around) < LEAST_AROUND) continue;
      const [red, green, blue] = around;
      const plane = planes[inkKind(red, green, blue)]?.data;
      const byte = y * rowBytes + (x >> 3);
      if (plane) plane[byte] = (plane[byte] ?? 0) | (0x80 >> (x & 7));
    }
  }
  planes.forEach((plane, kind) => markInk(plane, kinds, 1 << kind));
  return { columns, rows, kinds };
}

type Colour = readonly [number, number, number];

const chroma = ([red, green, blue]: Colour): number => Math.max(red, green, blue) - Math.min(red, green, blue);

/** Mean of the 3 x 3 fields around a field. */
function meanAround({ widthPx, heightPx, data }: RgbaRaster, column: number, row: number): Colour {
  const sums: [number, number, number] = [0, 0, 0];
  for (let y = row - 1; y <= row + 1; y += 1) {
    for (let x = column - 1; x <= column + 1; x += 1) {
      const at = (Math.min(Math.max(y, 0), heightPx - 1) * widthPx + Math.min(Math.max(x, 0), widthPx - 1)) * 4;
      for (const channel of [0, 1, 2] as const) sums[channel] += data[at + channel] ?? 0;
    }
  }
  return [sums[0] / 9, sums[1] / 9, sums[2] / 9];
}

function markInk(plane: BilevelRaster, kinds: Uint8Array, bit: number): void {
  const { count, area, left, top, right, bottom, ...runs } = findComponents(plane);
  const isInk = new Uint8Array(count);
  for (let i = 0; i < count; i += 1) {
    const fields = area[i] ?? 0;
    const box = ((right[i] ?? 0) - (left[i] ?? 0)) * ((bottom[i] ?? 0) - (top[i] ?? 0));
    const solid = fields >= SOLID_FIELDS && fields >= box * SOLID_SHARE;
    isInk[i] = fields >= LEAST_FIELDS && !solid ? 1 : 0;
  }
  const { widthPx, heightPx } = plane;
  for (let run = 0; run < runs.runCount; run += 1) {
    if (isInk[runs.runComponent[run] ?? 0] !== 1) continue;
    const row = runs.runRow[run] ?? 0;
    const from = Math.max(0, (runs.runFrom[run] ?? 0) - 1);
    const to = Math.min(widthPx, (runs.runTo[run] ?? 0) + 1);
    for (let y = Math.max(0, row - 1); y <= Math.min(heightPx - 1, row + 1); y += 1) {
      for (let x = from; x < to; x += 1) kinds[y * widthPx + x] = (kinds[y * widthPx + x] ?? 0) | bit;
    }
  }
}
