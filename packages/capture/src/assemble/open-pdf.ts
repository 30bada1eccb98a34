import type { PDFContext, PDFHexString, PDFString } from 'pdf-lib';

/** A PDF in the making: objects of pdf-lib, loaded when the first document is assembled. */
export interface OpenPdf {
  readonly context: PDFContext;
  /** Text of any language (UTF-16). */
  text(value: string): PDFHexString;
  /** A string of ASCII without parentheses and backslashes. */
  ascii(value: string): PDFString;
  /** A string of bytes given as hex digits. */
  hex(digits: string): PDFHexString;
  /** The file: header, objects, cross-reference table, trailer. Object streams are not used. */
  write(): Promise<Uint8Array>;
}

/** Objects written before other tasks of the worker get their turn. */
const OBJECTS_PER_TURN = 200;

export async function openPdf(): Promise<OpenPdf> {
  const { PDFContext, PDFHexString, PDFString, PDFWriter } = await import('pdf-lib');
  const context = PDFContext.create();
  return {
    context,
    text: (value) => PDFHexString.fromText(value),
    ascii: (value) => PDFString.of(value),
    hex: (digits) => PDFHexString.of(digits),
    write: () => PDFWriter.forContext(context, OBJECTS_PER_TURN).serializeToBuffer(),
  };
}

/** A length in points as it stands in the file, to 1/1000 point. */
export function rounded(lengthPt: number): number {
  return Math.round(lengthPt * 1000) / 1000;
}
