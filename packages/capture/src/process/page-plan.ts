import { multiply, quadMatrix, rotation, unturn, type Matrix } from '../clean/matrix.js';
import type { PixelSize } from '../clean/warp.js';
import type { Quad } from '../picture/quad.js';
import type { QuarterTurn } from '../recipe/types.js';
import { paperOf, quadSize, type PaperMm } from './paper-size.js';

/** Where a page is in its master and how large it becomes. */
export interface PagePlan {
  /** Corners in pixels of the master. */
  readonly quad: Quad;
  /** Paper along the quad's sides, before the turn. */
  readonly paperMm: PaperMm;
  /** Before the turn, pixels. */
  readonly size: PixelSize;
  readonly dpi: number;
  /** Pixels an inch of the paper has in the master. */
  readonly sourceDpi: number;
}

/** Text of 6 points stays readable at 300 dpi (DA/T 31-2017 asks 200 at least); more only makes files heavy. */
const MAX_DPI = 300;
/** Cards carry smaller print. */
const MAX_CARD_DPI = 600;
const CARD_LONG_MM = 110;

/** Size of the picture to make: as many pixels as the master has, but no more than print needs. */
export function planPage(quad: Quad, known: { readonly paperMm?: PaperMm; readonly dpi?: number }): PagePlan {
  const measured = quadSize(quad);
  const paperMm = known.paperMm ?? paperOf({ ...measured, ...(known.dpi === undefined ? {} : { dpi: known.dpi }) });
  const source = Math.max((measured.widthPx * 25.4) / paperMm.width, (measured.heightPx * 25.4) / paperMm.height);
  const limit = Math.max(paperMm.width, paperMm.height) <= CARD_LONG_MM ? MAX_CARD_DPI : MAX_DPI;
  const dpi = Math.max(1, Math.round(Math.min(source, limit)));
  const pixels = (mm: number): number => Math.max(2, Math.round((mm / 25.4) * dpi));
  return {
    quad,
    paperMm,
    size: { widthPx: pixels(paperMm.width), heightPx: pixels(paperMm.height) },
    dpi,
    sourceDpi: Math.round(source),
  };
}

/** Size after the turn. */
export function turnedSize({ widthPx, heightPx }: PixelSize, rotationDeg: QuarterTurn): PixelSize {
  return rotationDeg % 180 === 0 ? { widthPx, heightPx } : { widthPx: heightPx, heightPx: widthPx };
}

/** From a place of the finished page to its place in the master, in one step: nothing is resampled twice. */
export function pageMatrix(
  { quad, size }: Pick<PagePlan, 'quad' | 'size'>,
  { rotationDeg, skewDeg }: { readonly rotationDeg: QuarterTurn; readonly skewDeg: number },
): Matrix {
  return multiply(quadMatrix(quad, size), turnMatrix(size, rotationDeg, skewDeg));
}

/** From a place of the finished page to its place on the page before it was turned. */
export function turnMatrix(size: PixelSize, rotationDeg: QuarterTurn, skewDeg: number): Matrix {
  const turned = turnedSize(size, rotationDeg);
  const fine = rotation(-skewDeg, { x: turned.widthPx / 2, y: turned.heightPx / 2 });
  return multiply(unturn(rotationDeg, size), fine);
}
