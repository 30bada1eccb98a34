import type { NewObject, NewStream } from '../pdf/objects.js';

/** Points per millimetre (1 pt = 1/72 inch). */
export const POINTS_PER_MM = 72 / 25.4;

/** A drawing as a Form XObject, ready to be put into an increment. Origin lower left, unit points. */
export interface FormAppearance {
  readonly widthPt: number;
  readonly heightPt: number;
  /** The Form XObject. References to -1, -2 ... mean the first, second ... of `parts`. */
  readonly form: NewStream;
  /** Further indirect objects (fonts, pictures, masks), in the order that negative references count. */
  readonly parts: readonly NewObject[];
}

/** Where a visible signature stands, in millimetres from the lower left corner of the unrotated page (its CropBox). */
export interface Placement {
  /** From 1. */
  readonly pageNumber: number;
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}
