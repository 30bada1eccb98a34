import type { PageEntry, RotationDeg } from '@anjuan/core';

/** CSS pixels per point at 100 %. */
export const PX_PER_PT = 96 / 72;

/** Page sides in points that the layout takes at face value (PDF's own limits); anything else is clamped. */
export const PAGE_SIDE_PT = { min: 1, max: 14_400, fallbackWidth: 595, fallbackHeight: 842 } as const;

/** Size of a page as displayed, in points. */
export interface PageBox {
  readonly widthPt: number;
  readonly heightPt: number;
}

/** The page's box after its own rotation and the reader's; absurd sizes are made usable. */
export function pageBox(page: PageEntry, readerRotationDeg: RotationDeg = 0): PageBox {
  const width = clampSide(page.widthPt, PAGE_SIDE_PT.fallbackWidth);
  const height = clampSide(page.heightPt, PAGE_SIDE_PT.fallbackHeight);
  const upright = (page.rotationDeg + readerRotationDeg) % 180 === 0;
  return upright ? { widthPt: width, heightPt: height } : { widthPt: height, heightPt: width };
}

/** Sum of two rotations. */
export function addRotation(a: RotationDeg, degrees: number): RotationDeg {
  const turns = ((Math.round((a + degrees) / 90) % 4) + 4) % 4;
  return ([0, 90, 180, 270] as const)[turns as 0 | 1 | 2 | 3];
}

function clampSide(side: number, fallback: number): number {
  if (!Number.isFinite(side) || side <= 0) return fallback;
  return Math.min(PAGE_SIDE_PT.max, Math.max(PAGE_SIDE_PT.min, side));
}
