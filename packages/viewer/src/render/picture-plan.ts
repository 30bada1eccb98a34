import type { PageEntry } from '@anjuan/core';
import type { PageBox } from '../layout/index.js';
import type { SourceTier } from '../source/page-source.js';
import { fileWidthPt, renditionWidth, STRETCH } from '../source/rendition/ladder.js';

/** Which tiers can draw a page. */
export interface PageTiers {
  readonly rendition: boolean;
  readonly vector: boolean;
}

export interface PicturePlan {
  readonly tier: SourceTier;
  /** Device pixels per point to ask for; steady over small zoom changes, so that caches hit. */
  readonly scale: number;
}

export const THUMBNAIL_WIDTH_PX = 160;
/** Pixels of one picture: desktop canvases, and what touch devices bear. */
export const MAX_PICTURE_PX = { fine: 16_777_216, coarse: 5_000_000 } as const;

/** The sharp picture for a page at a wanted scale (device px per point). */
export function sharpPlan(
  page: PageEntry,
  box: PageBox,
  tiers: PageTiers,
  scale: number,
  maxPixels: number,
): PicturePlan {
  const capped = Math.min(scale, Math.sqrt(maxPixels / (box.widthPt * box.heightPt)));
  const width = fileWidthPt(page);
  const widest = page.widthsPx[page.widthsPx.length - 1];
  if (tiers.rendition && widest !== undefined && (!tiers.vector || capped * width <= widest * STRETCH)) {
    return { tier: 'rendition', scale: renditionWidth(page.widthsPx, capped * width) / width };
  }
  return { tier: 'vector', scale: capped };
}

/** The small picture for the rail and for fast scrolling. */
export function thumbnailPlan(page: PageEntry, tiers: PageTiers): PicturePlan {
  const width = fileWidthPt(page);
  const rung = tiers.rendition ? renditionWidth(page.widthsPx, THUMBNAIL_WIDTH_PX) : THUMBNAIL_WIDTH_PX;
  return { tier: 'thumbnail', scale: rung / width };
}
