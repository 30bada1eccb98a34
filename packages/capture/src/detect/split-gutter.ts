import { toGray } from '../kernels/gray.js';
import type { Kernels } from '../kernels/kernels.js';
import type { RgbaRaster } from '../picture/raster.js';

/** Where an open book folds. */
export interface Gutter {
  /** Share of the width from the left, 0 to 1. */
  readonly leftShare: number;
  /** 0 to 1; below 0.4 nothing was found and the middle is as good. */
  readonly confidence: number;
}

const FROM = 0.35;
const TO = 0.65;
/** Rows the picture is looked at. */
const BANDS = 24;

/** The fold of a warped double page: the darkest broad column near the middle, on paper, not on ink. */
export function splitGutter(kernels: Kernels, page: RgbaRaster): Gutter {
  const gray = toGray(kernels, page);
  const columns = paperColumns(gray.data, page.widthPx, page.heightPx);
  const radius = Math.max(2, Math.round(page.widthPx * 0.006));
  const smooth = boxSmooth(columns, radius);
  const from = Math.round(page.widthPx * FROM);
  const to = Math.round(page.widthPx * TO);
  const far = Math.max(radius * 4, Math.round(page.widthPx * 0.06));
  let best = { place: page.widthPx / 2, depth: 0 };
  for (let x = from; x <= to; x += 1) {
    const here = smooth[x] ?? 0;
    const depth = Math.min((smooth[x - far] ?? here) - here, (smooth[x + far] ?? here) - here);
    if (depth > best.depth) best = { place: x + 0.5, depth };
  }
  return { leftShare: best.place / page.widthPx, confidence: Math.min(1, best.depth / 24) };
}

/** Brightness of the paper in each column: mean over bands of a bright value, so that lines of text do not count. */
function paperColumns(gray: Uint8Array, widthPx: number, heightPx: number): Float32Array {
  const columns = new Float32Array(widthPx);
  const bandPx = Math.max(1, Math.floor(heightPx / BANDS));
  const step = Math.max(1, Math.floor(bandPx / 16));
  for (let band = 0; band < BANDS; band += 1) {
    const top = band * bandPx;
    const bottom = Math.min(heightPx, top + bandPx);
    for (let x = 0; x < widthPx; x += 1) {
      let brightest = 0;
      for (let y = top; y < bottom; y += step) brightest = Math.max(brightest, gray[y * widthPx + x] ?? 0);
      columns[x] = (columns[x] ?? 0) + brightest / BANDS;
    }
  }
  return columns;
}

function boxSmooth(values: Float32Array, radius: number): Float32Array {
  return values.map((_, i) => {
    let [sum, count] = [0, 0];
    for (let j = Math.max(0, i - radius); j <= Math.min(values.length - 1, i + radius); j += 1) {
      sum += values[j] ?? 0;
      count += 1;
    }
    return sum / count;
  });
}
