import { pdfDict, pdfName, pdfString, type NewObject, type PdfRef } from '../../pdf/objects.js';
import { newStream } from '../form/new-stream.js';
import { writeCff } from './cff-write.js';
import type { Glyph, SignatureFont } from './signature-font.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

/** Writes the font of these characters: their CIDs count from 1. Gives the Type 0 font. @source ISO 32000-2 9.7 */
export async function writeFont(
  font: SignatureFont,
  codePoints: readonly number[],
  add: (object: NewObject) => PdfRef,
): Promise<PdfRef> {
  const scale = 1000 / font.unitsPerEm;
  const glyphs: Glyph[] = codePoints.map((codePoint) => font.glyph(codePoint));
  const name = `${subsetTag(codePoints)}+${font.name}`;
  const cff = writeCff(name, [{ advance: font.unitsPerEm, outline: [] }, ...glyphs], font.unitsPerEm);
  const file = add(await newStream({ Subtype: pdfName('CIDFontType0C') }, cff));
  const ascent = Math.round(font.ascent * scale);
  const descent = Math.round(font.descent * scale);
  const descriptor = add(
    pdfDict({
      Type: pdfName('FontDescriptor'),
      FontName: pdfName(name),
      Flags: 4,
      FontBBox: boundingBox(glyphs, scale),
      ItalicAngle: 0,
      Ascent: ascent,
      Descent: descent,
      CapHeight: 733,
      StemV: 80,
      FontFile3: file,
    }),
  );
  const descendant = add(
    pdfDict({
      Type: pdfName('Font'),
      Subtype: pdfName('CIDFontType0'),
      BaseFont: pdfName(name),
      CIDSystemInfo: pdfDict({
        Registry: pdfString(ascii('Adobe'), 'literal'),
        Ordering: pdfString(ascii('Identity'), 'literal'),
        Supplement: 0,
      }),
      FontDescriptor: descriptor,
      DW: 1000,
      W: [1, glyphs.map((glyph) => Math.round(glyph.advance * scale))],
    }),
  );
  return add(
    pdfDict({
      Type: pdfName('Font'),
      Subtype: pdfName('Type0'),
      BaseFont: pdfName(`${name}-Identity-H`),
      Encoding: pdfName('Identity-H'),
      DescendantFonts: [descendant],
      ToUnicode: add(await newStream({}, ascii(toUnicode(codePoints)))),
    }),
  );
}

/** Six letters that differ between different subsets. @source ISO 32000-2 9.9.2 */
function subsetTag(codePoints: readonly number[]): string {
  let hash = 0;
  for (const codePoint of codePoints) hash = (Math.imul(hash, 31) + codePoint) >>> 0;
  let tag = '';
  for (let letter = 0; letter < 6; letter += 1) {
    tag += String.fromCharCode(65 + (hash % 26));
    hash = Math.floor(hash / 26) + 7919 * (letter + 1);
  }
  return tag;
}

function boundingBox(glyphs: readonly Glyph[], scale: number): number[] {
  const box = [0, 0, 0, 0];
  for (const { outline } of glyphs) {
    for (const [, ...ends] of outline) {
      ends.forEach((end, index) => {
        const [low, high] = index % 2 === 0 ? [0, 2] : [1, 3];
        box[low] = Math.min(box[low] ?? 0, Math.floor(end * scale));
        box[high] = Math.max(box[high] ?? 0, Math.ceil(end * scale));
      });
    }
  }
  return box;
}

/** @source ISO 32000-2 9.10.3 */
function toUnicode(codePoints: readonly number[]): string {
  const lines = codePoints.map((codePoint, index) => {
    const text = String.fromCodePoint(codePoint);
    const units = [...Array(text.length).keys()].map((unit) => hex4(text.charCodeAt(unit)));
    return `<${hex4(index + 1)}> <${units.join('')}>`;
  });
  let blocks = '';
  for (let from = 0; from < lines.length; from += 100) {
    const block = lines.slice(from, from + 100);
    blocks += `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`;
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
}
