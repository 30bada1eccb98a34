import type { PDFRef } from 'pdf-lib';
import type { AssemblePage, TextLine } from '../worker/protocol.js';
import { blankGlyphs, blankMetrics, glyphlessFont } from './glyphless-font.js';
import { rounded, type OpenPdf } from './open-pdf.js';
import { halfWideRanges, isHalfWide, TextCodes } from './text-codes.js';
import { toUnicodeMap } from './to-unicode.js';
import { wellFormed } from './well-formed.js';

const FONT_NAME = 'AnjuanBlank';
const DEFAULT_HEIGHT_PT = 10;
/** Wider blanks look like gaps between columns to readers, so a line of wider print gets a larger font instead. */
const WIDEST_STRETCH = 1.5;

/** The codes of a document's text, or nothing when no page has text. */
export function textCodesOf(pages: readonly AssemblePage[]): TextCodes | undefined {
  const texts = pages.flatMap(({ lines = [] }) => lines.map(({ text }) => text));
  return texts.some((text) => wellFormed(text).trim() !== '') ? new TextCodes(texts) : undefined;
}

/**
 * Embeds the font of blanks: codes of two bytes, each with a width, a blank glyph and its character.
 * @source ISO 32000-1 9.7.4.3, 9.7.6.2, 9.10.3; ISO 19005-2:2011 6.2.11.8 (no code may lead to `.notdef`)
 */
export function addTextFont({ context, ascii }: OpenPdf, codes: TextCodes): PDFRef {
  const { em, ascent, descent, capHeight, half, full } = blankMetrics;
  const file = glyphlessFont();
  const descriptor = context.obj({
    Type: 'FontDescriptor',
    FontName: FONT_NAME,
    // Symbolic: characters outside the standard Latin set.
    Flags: 4,
    FontBBox: [0, descent, em, ascent],
    ItalicAngle: 0,
    Ascent: ascent,
    Descent: descent,
    CapHeight: capHeight,
    StemV: 80,
    FontFile2: context.register(context.flateStream(file, { Length1: file.length })),
  });
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: FONT_NAME,
    CIDSystemInfo: { Registry: ascii('Adobe'), Ordering: ascii('Identity'), Supplement: 0 },
    FontDescriptor: context.register(descriptor),
    DW: full,
    W: halfWideRanges.flatMap(([first, last]) => [first, last, half]),
    CIDToGIDMap: context.register(context.flateStream(glyphMap())),
  });
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: FONT_NAME,
      Encoding: 'Identity-H',
      DescendantFonts: [context.register(descendant)],
      ToUnicode: context.register(context.flateStream(toUnicodeMap(codes.entries()))),
    }),
  );
}

function glyphMap(): Uint8Array {
  const map = new Uint8Array(0x10000 * 2);
  for (let code = 0; code < 0x10000; code += 1) {
    map[code * 2 + 1] = isHalfWide(code) ? blankGlyphs.half : blankGlyphs.full;
  }
  return map;
}

/** Shows the lines of a page invisibly (rendering mode 3), each stretched to the width it has on the paper. */
export function textOperators({ lines = [], heightPt }: AssemblePage, codes: TextCodes): string {
  const shown = lines.map((line) => lineOperators(line, heightPt, codes)).join('');
  return shown === '' ? '' : `BT\n3 Tr\n${shown}ET\n`;
}

function lineOperators(line: TextLine, pageHeightPt: number, codes: TextCodes): string {
  const text = wellFormed(line.text).trim();
  if (text === '') return '';
  const { em, ascent, descent, half, full } = blankMetrics;
  const used = codes.of(text);
  const height = line.height > 0 ? line.height : DEFAULT_HEIGHT_PT;
  const naturalEm = used.reduce((sum, code) => sum + (isHalfWide(code) ? half : full), 0) / em;
  const wanted = line.width > 0 ? line.width / (naturalEm * height) : 1;
  const size = height * Math.min(Math.max(wanted / WIDEST_STRETCH, 1), 2);
  const stretch = wanted * (height / size) * 100;
  const baseline = pageHeightPt - line.y - height * (ascent / (ascent - descent));
  const hex = used.map((code) => code.toString(16).padStart(4, '0')).join('');
  return `/T ${rounded(size)} Tf\n${rounded(stretch)} Tz\n1 0 0 1 ${rounded(line.x)} ${rounded(baseline)} Tm\n<${hex}> Tj\n`;
}
