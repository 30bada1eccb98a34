import type { Quad } from '../picture/quad.js';

/** Size of a sheet, millimetres. */
export interface PaperMm {
  readonly width: number;
  readonly height: number;
}

interface PaperFormat {
  /** Shorter and longer side, millimetres. */
  readonly short: number;
  readonly long: number;
}

/** What hospitals print on, most usual first. @source ISO 216; GB/T 788 (16 开 185 x 260); ISO/IEC 7810 ID-1 */
export const paperFormats = {
  a4: { short: 210, long: 297 },
  k16: { short: 185, long: 260 },
  a5: { short: 148, long: 210 },
  b5: { short: 176, long: 250 },
  a3: { short: 297, long: 420 },
  id1: { short: 53.98, long: 85.6 },
} as const satisfies Record<string, PaperFormat>;

const all: readonly PaperFormat[] = Object.values(paperFormats);
/** Corners found in a photo put the ratio of sides off by this much at most, in practice. */
const RATIO_TOLERANCE = 0.06;
/** A card is small and flat, its ratio exact; sheets of no format must not shrink to cards. */
const CARD_RATIO_TOLERANCE = 0.035;
/** With a true resolution the size itself must fit within 3 mm or 3 %. */
const SIZE_TOLERANCE_MM = 3;
const SIZE_TOLERANCE = 0.03;

/** What the pixels say about a sheet. */
export interface PaperHint {
  /** Lengths of the page in pixels, before it is turned. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels an inch, when the device or its calibration knows. */
  readonly dpi?: number;
}

/**
 * The sheet that a page most probably is. With a resolution: the format of that size, else the measured size (receipts).
 * Without: the most usual format with such sides, else a sheet as wide as A4 is, or as high, as the ratio allows.
 */
export function paperOf({ widthPx, heightPx, dpi }: PaperHint): PaperMm {
  const upright = heightPx >= widthPx;
  const short = Math.min(widthPx, heightPx);
  const long = Math.max(widthPx, heightPx);
  const { short: shortMm, long: longMm } = dpi === undefined ? byRatio(short, long) : bySize(short, long, dpi);
  return upright ? { width: shortMm, height: longMm } : { width: longMm, height: shortMm };
}

function bySize(shortPx: number, longPx: number, dpi: number): PaperFormat {
  const short = (shortPx / dpi) * 25.4;
  const long = (longPx / dpi) * 25.4;
  const near = (measured: number, side: number): boolean =>
    Math.abs(measured - side) <= Math.max(SIZE_TOLERANCE_MM, side * SIZE_TOLERANCE);
  const format = all.find((known) => near(short, known.short) && near(long, known.long));
  return format ?? { short: round(short), long: round(long) };
}

function byRatio(shortPx: number, longPx: number): PaperFormat {
  const ratio = longPx / shortPx;
  const off = (known: PaperFormat): number => Math.abs(ratio / (known.long / known.short) - 1);
  // A4, A5, A3 and nearly 16 开 and B5 have the same ratio: the most usual wins unless another is clearly closer.
  const best = all.reduce((winner, known) => (off(known) + 0.015 < off(winner) ? known : winner));
  if (off(best) <= (best === paperFormats.id1 ? CARD_RATIO_TOLERANCE : RATIO_TOLERANCE)) return best;
  const { short, long } = paperFormats.a4;
  return ratio > long / short ? { short: round(long / ratio), long } : { short, long: round(short * ratio) };
}

const round = (mm: number): number => Math.round(mm * 10) / 10;

/** Mean lengths of opposite sides, pixels. */
export function quadSize([a, b, c, d]: Quad): { readonly widthPx: number; readonly heightPx: number } {
  const length = (p: { x: number; y: number }, q: { x: number; y: number }): number => Math.hypot(q.x - p.x, q.y - p.y);
  return {
    widthPx: Math.max(length(a, b), length(d, c)),
    heightPx: Math.max(length(a, d), length(b, c)),
  };
}
