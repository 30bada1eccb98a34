import type { PageEntry } from '@anjuan/core';

/** A rendition may be stretched so much before a wider one, or vector, is asked for. */
export const STRETCH = 1.15;

/** The narrowest rung that needs no more than a slight stretch; the widest when none does. */
export function renditionWidth(widthsPx: readonly number[], wantedPx: number): number {
  return widthsPx.find((width) => width * STRETCH >= wantedPx) ?? widthsPx[widthsPx.length - 1] ?? wantedPx;
}

/** Width of the page as the file shows it, before the reader's rotation. */
export function fileWidthPt(page: PageEntry): number {
  const width = page.rotationDeg % 180 === 0 ? page.widthPt : page.heightPt;
  return Number.isFinite(width) && width > 0 ? Math.min(14_400, Math.max(1, width)) : 595;
}
