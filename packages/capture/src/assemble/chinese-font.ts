import type { PDFDocument, PDFPage } from 'pdf-lib';

/** Draws text with a Chinese font of the computer that shows or prints the file; nothing is embedded. */
export interface ChineseFont {
  widthOf(text: string, size: number): number;
  draw(page: PDFPage, text: string, place: { readonly x: number; readonly y: number; readonly size: number }): void;
}

/** Glyphs of printable ASCII are half as wide as Chinese ones. @source Adobe-GB1-5, CIDs 1 to 95; registered name STSong-Light */
const HALF = 500;
const FULL = 1000;

/**
 * Song type without embedding: readers bring it or put a font of the system in its place. Right for sheets that are printed
 * and thrown away, not for archived documents.
 */
export async function addChineseFont(pdf: PDFDocument): Promise<ChineseFont> {
  const { beginText, endText, moveText, PDFHexString, PDFName, PDFString, setFontAndSize, showText } =
    await import('pdf-lib');
  const { context } = pdf;
  const fontRef = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: 'STSong-Light',
      Encoding: 'UniGB-UTF16-H',
      DescendantFonts: [
        context.register(
          context.obj({
            Type: 'Font',
            Subtype: 'CIDFontType0',
            BaseFont: 'STSong-Light',
            CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('GB1'), Supplement: 5 },
            DW: FULL,
            W: [1, 95, HALF],
            FontDescriptor: context.register(
              context.obj({
                Type: 'FontDescriptor',
                FontName: 'STSong-Light',
                Flags: 6,
                FontBBox: [-25, -254, 1000, 880],
                ItalicAngle: 0,
                Ascent: 880,
                Descent: -120,
                CapHeight: 880,
                StemV: 93,
              }),
            ),
          }),
        ),
      ],
    }),
  );
  const name = PDFName.of('Song');
  return {
    widthOf: (text, size) =>
      ([...text].reduce((sum, character) => sum + (/[\x20-\x7e]/.test(character) ? HALF : FULL), 0) * size) / 1000,
    draw: (page, text, { x, y, size }) => {
      page.node.setFontDictionary(name, fontRef);
      const codes = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'));
      page.pushOperators(
        beginText(),
        setFontAndSize(name, size),
        moveText(x, y),
        showText(PDFHexString.of(codes.join(''))),
        endText(),
      );
    },
  };
}
