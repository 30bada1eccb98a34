import type { FormAppearance, Placement } from '../appearance.js';
import type { Seal } from './seal.js';

/** A page as it is in the file. */
export interface SealedPage {
  /** Size of the CropBox before rotation, in millimetres. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** /Rotate of the page: how far it is turned clockwise when shown. */
  readonly rotationDeg: 0 | 90 | 180 | 270;
}

/** What one page shows of the seal. */
export interface CrossPageSlice {
  /** Seal number from 0: long documents get several whole seals. */
  readonly group: number;
  /** Part of the seal along the fan, in millimetres from its left (edges left, right) or top (edges top, bottom). */
  readonly fromMm: number;
  readonly toMm: number;
  /** In unrotated page space, flush with the edge. */
  readonly placement: Placement;
  /** Already turned so that it stands upright on the shown page. Parts that are the same object in several slices need to be written once only. */
  readonly appearance: FormAppearance;
}

/** Which seal, on which edge, and how it is shared among the pages. */
export interface CrossPageSealOptions {
  readonly pages: readonly SealedPage[];
  readonly seal: Seal;
  /** Edge of the shown page. Default `right`. */
  readonly edge?: 'left' | 'right' | 'top' | 'bottom';
  /** From the top (edges left, right) or the left (edges top, bottom) of the shown page to the seal. Default: in the middle of each page. */
  readonly offsetMm?: number;
  /** Narrowest slice; longer documents get several seals. Default 2; three pages share a seal in any case. */
  readonly perPageMinMm?: number;
  /** Pages that take part: `odd` for documents printed on both sides. Default `all`. */
  readonly sides?: 'all' | 'odd' | 'even';
  /** Default true. */
  readonly multiply?: boolean;
}

/**
 * Cuts a seal over the edges of pages (骑缝章): fanned out, the pages show it whole. Fewer than two pages get no slices.
 * Put the slices into the revision before the first signature, see research. Errors: `invalid-argument` when the seal does not fit on a page.
 */
export async function planCrossPageSeal(options: CrossPageSealOptions): Promise<readonly CrossPageSlice[]> {
  return (await import('./cut-seal.js')).cutSeal(options);
}
