import { PDFArray, PDFName, type PDFDict } from 'pdf-lib';
import { latin1, nameOf, textOf, type PdfaFile, type PdfaRule } from './pdfa-file.js';

interface TextFont {
  readonly font: PDFDict;
  readonly descendant: PDFDict | undefined;
  readonly descriptor: PDFDict | undefined;
  /** The font program. */
  readonly program: Uint8Array;
  readonly glyphMap: Uint8Array;
}

function fontsOf(file: PdfaFile): readonly TextFont[] {
  return file.dicts
    .filter((dict) => nameOf(dict, 'Subtype') === 'Type0')
    .map((font) => {
      const descendant = file.listOf(font, 'DescendantFonts')[0];
      const descriptor = file.dictAt(descendant, 'FontDescriptor');
      const program = file.bytesOf(descriptor?.get(PDFName.of('FontFile2'))) ?? new Uint8Array();
      const glyphMap = file.bytesOf(descendant?.get(PDFName.of('CIDToGIDMap'))) ?? new Uint8Array();
      return { font, descendant, descriptor, program, glyphMap };
    });
}

/** A table of a TrueType font. */
function tableOf(program: Uint8Array, name: string): DataView | undefined {
  const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
  const count = program.length < 12 ? 0 : view.getUint16(4);
  for (let entry = 12; entry < 12 + count * 16; entry += 16) {
    if (latin1(program.subarray(entry, entry + 4)) !== name) continue;
    return new DataView(program.buffer, program.byteOffset + view.getUint32(entry + 8), view.getUint32(entry + 12));
  }
  return undefined;
}

const glyphOf = ({ glyphMap }: TextFont, code: number): number =>
  ((glyphMap[code * 2] ?? 0) << 8) | (glyphMap[code * 2 + 1] ?? 0);

function statedWidth({ descendant }: TextFont, code: number): number {
  const list = descendant?.get(PDFName.of('W'));
  const values = list instanceof PDFArray ? list.asArray().map((value) => Number(String(value))) : [];
  for (let at = 0; at + 2 < values.length; at += 3) {
    if (code >= (values[at] ?? 0) && code <= (values[at + 1] ?? 0)) return values[at + 2] ?? 0;
  }
  return Number(String(descendant?.get(PDFName.of('DW')) ?? 1000));
}

const every = (file: PdfaFile, holds: (font: TextFont) => boolean): boolean => fontsOf(file).every(holds);
const everyCode = (file: PdfaFile, holds: (font: TextFont, code: number) => boolean): boolean =>
  every(file, (font) => file.shownCodes.every((code) => holds(font, code)));

/** Clause 6.2.11: the font of the text layer. */
export const fontRules: readonly PdfaRule[] = [
  {
    clause: '6.2.11.2',
    says: 'fonts are composite fonts with a TrueType descendant and one name',
    holds: (file) =>
      file.dicts.every((dict) => nameOf(dict, 'Type') !== 'Font' || dict.has(PDFName.of('BaseFont'))) &&
      every(
        file,
        ({ font, descendant, descriptor }) =>
          nameOf(descendant, 'Subtype') === 'CIDFontType2' &&
          nameOf(font, 'BaseFont') === nameOf(descendant, 'BaseFont') &&
          nameOf(font, 'BaseFont') === nameOf(descriptor, 'FontName'),
      ),
  },
  {
    clause: '6.2.11.3.1',
    says: 'the character collection is Adobe-Identity',
    holds: (file) =>
      every(file, ({ descendant }) => {
        const info = file.dictAt(descendant, 'CIDSystemInfo');
        return textOf(info, 'Registry') === 'Adobe' && textOf(info, 'Ordering') === 'Identity';
      }),
  },
  {
    clause: '6.2.11.3.2',
    says: 'codes lead to glyphs by an embedded map',
    holds: (file) => every(file, ({ glyphMap }) => glyphMap.length > 0 && glyphMap.length % 2 === 0),
  },
  {
    clause: '6.2.11.3.3',
    says: 'the encoding is Identity-H',
    holds: (file) => every(file, ({ font }) => nameOf(font, 'Encoding') === 'Identity-H'),
  },
  {
    clause: '6.2.11.4.1',
    says: 'the font program is embedded with all tables a reader needs',
    holds: (file) =>
      every(file, ({ program }) =>
        ['cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'post'].every(
          (name) => tableOf(program, name) !== undefined,
        ),
      ),
  },
  {
    clause: '6.2.11.4.1',
    says: 'the sums of the font program are right',
    holds: (file) =>
      every(file, ({ program }) => {
        const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
        let sum = 0;
        for (let at = 0; at + 4 <= program.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
        return sum === 0xb1b0afba;
      }),
  },
  {
    clause: '6.2.11.5',
    says: 'widths in the file are those of the font program',
    holds: (file) =>
      everyCode(file, (font, code) => {
        const metrics = tableOf(font.program, 'hmtx');
        const at = glyphOf(font, code) * 4;
        return (
          metrics !== undefined && at + 4 <= metrics.byteLength && metrics.getUint16(at) === statedWidth(font, code)
        );
      }),
  },
  {
    clause: '6.2.11.7.2',
    says: 'each shown code has a character, never U+0000, U+FEFF or U+FFFE',
    holds: (file) =>
      everyCode(file, ({ font }, code) => {
        const map = latin1(file.bytesOf(font.get(PDFName.of('ToUnicode'))) ?? new Uint8Array());
        const target = new RegExp(`<${code.toString(16).padStart(4, '0')}> <([0-9A-F]+)>`, 'i').exec(map)?.[1];
        return target !== undefined && !/^(0000|FEFF|FFFE)$/i.test(target);
      }),
  },
  {
    clause: '6.2.11.8',
    says: 'no shown code leads to .notdef or beyond the glyphs',
    holds: (file) =>
      everyCode(file, (font, code) => {
        const count = tableOf(font.program, 'maxp')?.getUint16(4) ?? 0;
        return glyphOf(font, code) > 0 && glyphOf(font, code) < count;
      }),
  },
  {
    clause: '6.2.11',
    says: 'text is invisible',
    holds: ({ operators }) =>
      operators.every(
        (page) =>
          page.every((token, at) => token !== 'Tr' || page[at - 1] === '3') &&
          (!page.includes('Tj') || page.includes('Tr')),
      ),
  },
];
