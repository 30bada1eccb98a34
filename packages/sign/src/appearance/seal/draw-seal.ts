import type { SignatureFont } from '../font/signature-font.js';
import type { Colour, SealDrawing } from './seal.js';

/** What a drawn seal shows. */
export interface SealDesign {
  readonly shape: 'round' | 'oval' | 'square';
  /** Millimetres. Default 40 round, 45 oval, 20 square. */
  readonly widthMm?: number;
  /** Millimetres. Default as wide as high; 30 oval. */
  readonly heightMm?: number;
  /** Name of the organisation on the arc; in a square seal the words, read in columns from right to left. */
  readonly organisation: string;
  /** Line across, for example `病历专用章`. Not in square seals. */
  readonly bottomText?: string;
  /** Number of the seal on the lower arc. Not in square seals. */
  readonly number?: string;
  /** Five-pointed star in the middle. Default true for round seals. */
  readonly star?: boolean;
  /** Default `SEAL_RED`. */
  readonly colour?: Colour;
  readonly font: SignatureFont;
}

/** Draws a seal (公章) as vectors; texts become outlines, squeezed so that they always fit. Errors: `invalid-argument`. */
export function sealDrawing(design: SealDesign): SealDrawing {
  throw new Error(design.shape);
}
