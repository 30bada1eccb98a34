import { toGray } from '../kernels/gray.js';
import type { Kernels } from '../kernels/kernels.js';
import type { BilevelRaster, GrayRaster, RgbaRaster } from '../picture/raster.js';
import { binarize, type BinarizeOptions } from './binarize.js';
import { halveRgba } from './downscale.js';
import { inkKind, inkKinds, isColouredInk } from './ink-colour.js';
import { INK_FIELD_PX, inkZones, type InkZones } from './ink-zones.js';
import { paperWithoutInk } from './paper.js';

/** A page taken apart: black print, coloured inks, and the paper below. */
export interface InkLayers {
  readonly black: BilevelRaster;
  /** Seals and pens, each with one colour, red green blue 0 to 255. Kinds without a pixel are absent. */
  readonly inks: readonly { readonly mask: BilevelRaster; readonly rgb: readonly [number, number, number] }[];
  /** The paper at a quarter of the size, ink filled in. */
  readonly paper: RgbaRaster;
}

/**
 * Takes an evened-out colour page apart, so that black and white keeps red seals and blue ink (白纸印章): where print is
 * sealed over it stays black and whole.
 */
export function keepInk(kernels: Kernels, picture: RgbaRaster, options: BinarizeOptions = {}): InkLayers {
  const quarter = halveRgba(kernels, halveRgba(kernels, picture));
  const gray = toGray(kernels, picture);
  const masks = liftInk(picture, gray, inkZones(halveRgba(kernels, quarter)));
  const black = binarize(kernels, gray, options);
  const inks = masks.filter(({ count }) => count > 0).map(({ mask, rgb }) => ({ mask, rgb }));
  return { black, inks, paper: paperWithoutInk(quarter, [black, ...inks.map(({ mask }) => mask)]) };
}

interface LiftedInk {
  readonly mask: BilevelRaster;
  readonly rgb: readonly [number, number, number];
  readonly count: number;
}

/** Collects coloured pixels of the zones by kind, and makes them white in `gray`. */
function liftInk({ widthPx, heightPx, data }: RgbaRaster, gray: GrayRaster, zones: InkZones): LiftedInk[] {
  const rowBytes = (widthPx + 7) >> 3;
  const masks = inkKinds.map(() => new Uint8Array(rowBytes * heightPx));
  const sums = inkKinds.map(() => ({ red: 0, green: 0, blue: 0, weight: 0 }));
  for (let row = 0; row < zones.rows; row += 1) {
    for (let column = 0; column < zones.columns; column += 1) {
      const kinds = zones.kinds[row * zones.columns + column] ?? 0;
      if (kinds === 0) continue;
      // The last field reaches to the edge.
      const right = column === zones.columns - 1 ? widthPx : (column + 1) * INK_FIELD_PX;
      const bottom = row === zones.rows - 1 ? heightPx : (row + 1) * INK_FIELD_PX;
      for (let y = row * INK_FIELD_PX; y < bottom; y += 1) {
        for (let x = column * INK_FIELD_PX; x < right; x += 1) {
          const at = (y * widthPx + x) * 4;
          const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
          if (!isColouredInk(red, green, blue)) continue;
          const kind = kindIn(kinds, inkKind(red, green, blue));
          const byte = y * rowBytes + (x >> 3);
          const mask = masks[kind];
          const sum = sums[kind];
          if (!mask || !sum) continue;
          mask[byte] = (mask[byte] ?? 0) | (0x80 >> (x & 7));
          gray.data[y * widthPx + x] = 255;
          // Pale rims count little.
          const weight = (255 - Math.min(red, green, blue)) ** 2;
          sum.red += red * weight;
          sum.green += green * weight;
          sum.blue += blue * weight;
          sum.weight += weight;
        }
      }
    }
  }
  return masks.map((mask, kind) => {
    const { red, green, blue, weight } = sums[kind] ?? { red: 0, green: 0, blue: 0, weight: 0 };
    const mean = (sum: number): number => Math.round(sum / Math.max(1, weight));
    return {
      mask: { widthPx, heightPx, rowBytes, data: mask },
      rgb: [mean(red), mean(green), mean(blue)],
      count: weight,
    };
  });
}

/** The pixel's own kind when its zone has it, else the first of the zone: rims lean towards other hues. */
function kindIn(kinds: number, own: number): number {
  if (own >= 0 && (kinds & (1 << own)) !== 0) return own;
  return (kinds & 1) !== 0 ? 0 : (kinds & 2) !== 0 ? 1 : 2;
}
