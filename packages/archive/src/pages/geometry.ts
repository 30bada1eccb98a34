import { WIDTH_LADDER_PX, type RotationDeg } from '@anjuan/core';

/** Size of a page before its rotation, in points. */
export interface PageGeometry {
  readonly widthPt: number;
  readonly heightPt: number;
  readonly rotationDeg: RotationDeg;
}

/** Most pixels one rendition may have: 2400 px of an A3 sheet on end fits, a ten metre roll does not. */
export const MAX_PIXELS = 24_000_000;
/** JPEG cannot be taller. */
const MAX_SIDE_PX = 65_000;
/** Smallest side that layout arithmetic should meet. */
const MIN_SIDE_PT = 1;

export function rotationOf(quarterTurns: number): RotationDeg {
  const turns = [0, 90, 180, 270] as const;
  return turns[((quarterTurns % 4) + 4) % 4] ?? 0;
}

/** Size as the reader sees it, after the rotation. */
export function displayedSize(page: PageGeometry): { readonly widthPt: number; readonly heightPt: number } {
  const turned = page.rotationDeg === 90 || page.rotationDeg === 270;
  return turned ? { widthPt: page.heightPt, heightPt: page.widthPt } : page;
}

/** Pixel height of a rendition `widthPx` wide. */
export function heightForWidth(page: PageGeometry, widthPx: number): number {
  const { widthPt, heightPt } = displayedSize(page);
  return Math.max(1, Math.round((widthPx * heightPt) / widthPt));
}

/**
 * Ladder widths on offer. `naturalWidthPx` is the width of a picture's own pixels: beyond it a wider rendition shows nothing
 * more, so the ladder ends with the first step that holds them all.
 */
export function widthsOnOffer(page: PageGeometry, naturalWidthPx?: number): readonly number[] {
  const fitting = WIDTH_LADDER_PX.filter((widthPx) => {
    const heightPx = heightForWidth(page, widthPx);
    return heightPx <= MAX_SIDE_PX && widthPx * heightPx <= MAX_PIXELS;
  });
  if (naturalWidthPx === undefined) return fitting;
  const last = fitting.findIndex((widthPx) => widthPx >= naturalWidthPx);
  return last < 0 ? fitting : fitting.slice(0, last + 1);
}

/** Two decimals are finer than any screen; sides below one point would divide by zero later. */
export function sidePt(value: number): number {
  return Number.isFinite(value) ? Math.max(MIN_SIDE_PT, Math.round(value * 100) / 100) : MIN_SIDE_PT;
}
