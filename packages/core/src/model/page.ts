/** Multiples of 90 degrees, clockwise. */
export type RotationDeg = 0 | 90 | 180 | 270;

/** Widths in pixels at which the page service serves a page; one ladder for all archives (archive API, page service). */
export const WIDTH_LADDER_PX = [160, 480, 1000, 1600, 2400] as const;

/** Size and kind of one page, enough to lay it out. */
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
  /** The characters of the run. */
  readonly text: string;
  /** Left edge, in points. */
  readonly x: number;
  /** Upper edge, in points. */
  readonly y: number;
  /** In points. */
  readonly width: number;
  /** In points. */
  readonly height: number;
}

/** Body of `$page-text`. */
export interface PageText {
  /** From 0. */
  readonly pageIndex: number;
  /** The whole page as plain text. */
  readonly text: string;
  /** In reading order as far as the file tells. */
  readonly runs: readonly TextRun[];
  /** `ocr` text is a suggestion, never the legal text. */
  readonly source: 'pdf' | 'ocr' | 'none';
}
