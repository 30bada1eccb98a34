import type { NewStream } from '../../pdf/objects.js';
import type { PathStep } from '../font/signature-font.js';

/** Red, green, blue, 0..255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Red of Chinese seal ink. */
export const SEAL_RED: Colour = [200, 30, 30];

/** One figure of a seal, in millimetres from its lower left corner, y up. Filled (non-zero rule), or stroked when `strokeMm` is given. */
export interface SealFigure {
  readonly steps: readonly PathStep[];
  readonly strokeMm?: number;
  readonly evenOdd?: boolean;
}

/** A seal as vectors. */
export interface SealDrawing {
  readonly kind: 'drawing';
  readonly widthMm: number;
  readonly heightMm: number;
  readonly colour: Colour;
  readonly figures: readonly SealFigure[];
  /** What the seal says, for readers that cannot see it; may be empty. */
  readonly text: string;
}

/** A seal as pixels, decoded and ready to be written. */
export interface SealPicture {
  readonly kind: 'picture';
  readonly widthMm: number;
  readonly heightMm: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Image XObject, 8-bit RGB or gray. Without /SMask: that is added when it is placed. */
  readonly image: NewStream;
  /** Soft mask; absent when every pixel is opaque. */
  readonly mask?: NewStream;
}

/** A seal (印章) that can be put on a page. */
export type Seal = SealDrawing | SealPicture;
