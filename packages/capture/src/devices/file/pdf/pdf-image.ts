/** One filter of a stream with its parameters. */
export interface PdfFilter {
  /** Long name without slash: `FlateDecode`, `DCTDecode`. */
  readonly name: string;
  readonly parms: Readonly<Record<string, number | boolean>>;
}

/** Colours of an image. `indexed`: the samples name entries of a table of base colours. */
export type PdfColour =
  | { readonly kind: 'gray' | 'rgb' | 'cmyk' }
  | { readonly kind: 'indexed'; readonly base: 'gray' | 'rgb' | 'cmyk'; readonly table: Uint8Array };

/** An image XObject, apart from the PDF library. @source ISO 32000-1 8.9.5 */
export interface PdfImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bits: number;
  /** Absent: a colour space that scans do not use. */
  readonly colour?: PdfColour;
  readonly filters: readonly PdfFilter[];
  readonly data: Uint8Array;
  readonly decode?: readonly number[];
  /** Painted in the colour of the moment where samples are 0. */
  readonly isStencil: boolean;
}

/** Coordinates: [a b c d e f]. @source ISO 32000-1 8.3.3 */
export type Matrix = readonly [number, number, number, number, number, number];

/** First this, then that. */
export function multiply(first: Matrix, then: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [A, B, C, D, E, F] = then;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}
