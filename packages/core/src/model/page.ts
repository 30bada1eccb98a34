/** Multiples of 90 degrees, clockwise. */
export type RotationDeg = 0 | 90 | 180 | 270;

/** Widths in pixels at which the page service serves a page; one ladder for all archives (archive API, page service). */
export const WIDTH_LADDER_PX = [160, 480, 1000, 1600, 2400] as const;

export interface PageEntry {
  /** Unique in the record. */
  readonly pageId: string;
  /** Width in points (1/72 inch) before `rotationDeg` is applied. */
  readonly widthPt: number;
  /** Height in points before `rotationDeg` is applied. */
  readonly heightPt: number;
  /** Rotation that the file asks for. */
  readonly rotationDeg: RotationDeg;
  /** `text` has real text, `scan` is one picture, `image` is an image file. */
  readonly kind: 'text' | 'scan' | 'image';
  /** Rendition widths on offer, ascending; empty without page service. */
  readonly widthsPx: readonly number[];
}

/** A run of text. Origin is the upper left corner of the page as displayed (after `rotationDeg`), in points. */
export interface TextRun {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Body of `$page-text`. */
export interface PageText {
  readonly pageIndex: number;
  readonly text: string;
  readonly runs: readonly TextRun[];
  /** `ocr` text is a suggestion, never the legal text. */
  readonly source: 'pdf' | 'ocr' | 'none';
}
