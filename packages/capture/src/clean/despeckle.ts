import type { Kernels } from '../kernels/kernels.js';
import type { BilevelRaster } from '../picture/raster.js';
import { findComponents, type Components } from './components.js';

/** Specks have fewer black pixels than this at 300 dpi. */
export const SPECK_PX = 6;

/** Side of the fields that neighbours are looked up in, pixels. */
const FIELD_PX = 32;

/**
 * Takes specks out: components of fewer than `maxPx` black pixels (default 6, made for 300 dpi) that stand alone. What is
 * near print stays, whatever its size: full stops, the dots of 。，、, decimal points, i dots, broken strokes.
 */
export function despeckle(
  _kernels: Kernels,
  picture: BilevelRaster,
  options: { readonly maxPx?: number } = {},
): BilevelRaster {
  const { maxPx = SPECK_PX } = options;
  const components = findComponents(picture);
  const near = nearPrint(components, picture, maxPx);
  const data = new Uint8Array(picture.data);
  for (let run = 0; run < components.runCount; run += 1) {
    const component = components.runComponent[run] ?? 0;
    if ((components.area[component] ?? 0) >= maxPx || near(component)) continue;
    const row = (components.runRow[run] ?? 0) * picture.rowBytes;
    const to = components.runTo[run] ?? 0;
    for (let x = components.runFrom[run] ?? 0; x < to; x += 1) {
      const at = row + (x >> 3);
      data[at] = (data[at] ?? 0) & ~(0x80 >> (x & 7));
    }
  }
  return { ...picture, data };
}

/**
 * Print is what is large enough to be a character. A speck belongs to it when it lies in its row (or at its foot: Chinese
 * stops hang low), at most as far away as the character is high.
 */
function nearPrint(
  components: Components,
  { widthPx, heightPx }: BilevelRaster,
  maxPx: number,
): (component: number) => boolean {
  const columns = Math.ceil(widthPx / FIELD_PX);
  const rows = Math.ceil(heightPx / FIELD_PX);
  const fields = new Map<number, number[]>();
  const { area, left, top, right, bottom } = components;
  const reachOf = (i: number): number => {
    const side = Math.max((bottom[i] ?? 0) - (top[i] ?? 0), ((right[i] ?? 0) - (left[i] ?? 0)) / 2);
    return Math.min(Math.max(side, 6), 40);
  };
  for (let i = 0; i < components.count; i += 1) {
    const large = Math.max((bottom[i] ?? 0) - (top[i] ?? 0), (right[i] ?? 0) - (left[i] ?? 0));
    // Smears a little larger than specks do not protect their neighbours.
    if ((area[i] ?? 0) < maxPx * 4 || large < 8) continue;
    const reach = reachOf(i);
    const [x0, x1] = fieldRange((left[i] ?? 0) - reach, (right[i] ?? 0) + reach, columns);
    const [y0, y1] = fieldRange((top[i] ?? 0) - reach, (bottom[i] ?? 0) + reach, rows);
    for (let y = y0; y <= y1; y += 1) {
      for (let x = x0; x <= x1; x += 1) {
        const list = fields.get(y * columns + x);
        if (list) list.push(i);
        else fields.set(y * columns + x, [i]);
      }
    }
  }
  return (speck) => {
    const x = ((left[speck] ?? 0) + (right[speck] ?? 0)) / 2;
    const y = ((top[speck] ?? 0) + (bottom[speck] ?? 0)) / 2;
    const list = fields.get(Math.floor(y / FIELD_PX) * columns + Math.floor(x / FIELD_PX)) ?? [];
    return list.some((i) => {
      const reach = reachOf(i);
      const beside = x > (left[i] ?? 0) - reach && x < (right[i] ?? 0) + reach;
      return beside && y > (top[i] ?? 0) - reach * 0.4 && y < (bottom[i] ?? 0) + reach * 0.4;
    });
  };
}

function fieldRange(from: number, to: number, count: number): readonly [number, number] {
  return [Math.max(0, Math.floor(from / FIELD_PX)), Math.min(count - 1, Math.floor(to / FIELD_PX))];
}
