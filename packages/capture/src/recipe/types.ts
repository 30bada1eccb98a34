import type { Quad } from '../picture/quad.js';

/** Clockwise. */
export type QuarterTurn = 0 | 90 | 180 | 270;

/** `seal`: black-and-white text that keeps red seals and blue ink in colour (白纸印章). */
export type PageColour = 'colour' | 'gray' | 'bilevel' | 'seal';

/**
 * What is done to the master of a page; everything that may be changed later. Absent fields: found by the pipeline.
 * The same master and the same complete recipe give the same bytes.
 */
export interface PageRecipe {
  /** Corners in pixels of the master; `whole`: no cropping. Absent: found. */
  readonly quad?: Quad | 'whole';
  /** Turn after warping. Absent: found (0 when in doubt). */
  readonly rotationDeg?: QuarterTurn;
  /** Fine turn after warping, degrees clockwise, -5 to 5. Absent: found. */
  readonly skewDeg?: number;
  readonly colour: PageColour;
  /** Evens out shadows and paper colour. Default true. */
  readonly flatten?: boolean;
  /** Removes specks, never punctuation. Default true for `bilevel` and `seal`. */
  readonly despeckle?: boolean;
  /** Size of the paper in millimetres. Absent: derived from quad, dpi and usual formats. */
  readonly paperMm?: { readonly width: number; readonly height: number };
}

/** One step that was done, with all that is needed to do it again (留痕). */
export type PageOperation =
  | { readonly kind: 'warp'; readonly quad: Quad; readonly widthPx: number; readonly heightPx: number }
  | { readonly kind: 'turn'; readonly rotationDeg: QuarterTurn }
  | { readonly kind: 'deskew'; readonly skewDeg: number }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'gray' }
  | { readonly kind: 'binarize'; readonly windowPx: number; readonly k: number }
  | { readonly kind: 'keep-ink' }
  | { readonly kind: 'despeckle'; readonly maxPx: number }
  | { readonly kind: 'encode'; readonly codec: PageCodec };

/** How the picture of a page is stored in the document. */
export type PageCodec = 'jpeg' | 'jbig2' | 'ccitt-g4' | 'mrc';

/** What a check found wrong. */
export type QualityIssue =
  | 'blank'
  | 'blur'
  | 'glare'
  | 'cut-edge'
  | 'moire'
  | 'skew'
  | 'dark'
  | 'low-resolution'
  | 'duplicate'
  | 'near-duplicate';

/** A finding with its reason: the measured value and the limit it broke, in `unit`. */
export interface QualityFinding {
  readonly issue: QualityIssue;
  /** `warn`: the operator should look; `reject`: almost certainly unusable. Nothing is ever removed by itself. */
  readonly severity: 'warn' | 'reject';
  readonly measured: number;
  readonly limit: number;
  readonly unit: 'percent' | 'degrees' | 'dpi' | 'score' | 'level' | 'bits';
  /** For duplicates: the page it looks like. */
  readonly otherPageId?: string;
}

/** The encoded picture of a page, ready to stand in a document. */
export type PageImage =
  | {
      readonly codec: 'jpeg';
      readonly data: Uint8Array;
      readonly widthPx: number;
      readonly heightPx: number;
      readonly gray: boolean;
    }
  | {
      readonly codec: 'jbig2' | 'ccitt-g4';
      readonly data: Uint8Array;
      readonly widthPx: number;
      readonly heightPx: number;
    }
  | {
      readonly codec: 'mrc';
      readonly widthPx: number;
      readonly heightPx: number;
      /** JBIG2 stencil of the black ink, full resolution. */
      readonly stencil: Uint8Array;
      /** JPEG of the paper without ink, low resolution. */
      readonly background: { readonly data: Uint8Array; readonly widthPx: number; readonly heightPx: number };
      /** Seals and coloured ink: a JBIG2 stencil each, painted in one colour, red green blue 0 to 255. */
      readonly inks: readonly { readonly stencil: Uint8Array; readonly rgb: readonly [number, number, number] }[];
    };

/** A worked-on page. */
export interface ProcessedPage {
  /** The recipe with every field filled in. */
  readonly recipe: Required<PageRecipe>;
  readonly operations: readonly PageOperation[];
  readonly quality: readonly QualityFinding[];
  readonly image: PageImage;
  /** Size of the paper in points, 1/72 inch. */
  readonly widthPt: number;
  readonly heightPt: number;
  readonly dpi: number;
  /** JPEG, at most 320 px on the longer side. */
  readonly thumbnail: Blob;
  /** 64-bit difference hash as 16 hex digits, for near-duplicates. */
  readonly differenceHash: string;
}
