/** One page of a test PDF. Texts stand at points from the lower left corner, in SimSun that is not embedded. */
export interface PlainPage {
  /** Left, bottom, right, top. Default A4 upright. */
  readonly mediaBox?: readonly [number, number, number, number];
  readonly cropBox?: readonly [number, number, number, number];
  readonly rotate?: number;
  readonly texts?: readonly { readonly x: number; readonly y: number; readonly text: string; readonly size?: number }[];
}

/** The smallest PDF with these pages: every byte is known, no library is in between. */
export function plainPdf(pages: readonly PlainPage[]): Uint8Array<ArrayBuffer> {
  const objects: string[] = ['', ''];
  const add = (body: string): number => objects.push(body);
  const descriptor = add(
    '<< /Type /FontDescriptor /FontName /SimSun /Flags 6 /FontBBox [-8 -145 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -141 /CapHeight 700 /StemV 78 >>',
  );
  const descendant = add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor ${String(descriptor)} 0 R /DW 1000 /W [1 95 500] >>`,
  );
  const font = add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [${String(descendant)} 0 R] >>`,
  );
  const kids = pages.map((page) => {
    const content = (page.texts ?? []).map(showText).join('\n');
    const stream = add(`<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`);
    const box = (name: string, value: PlainPage['cropBox']) => (value ? `/${name} [${value.join(' ')}] ` : '');
    return add(
      `<< /Type /Page /Parent 2 0 R ${box('MediaBox', page.mediaBox ?? [0, 0, 595, 842])}${box('CropBox', page.cropBox)}/Rotate ${String(page.rotate ?? 0)} /Resources << /Font << /F1 ${String(font)} 0 R >> >> /Contents ${String(stream)} 0 R >>`,
    );
  });
  objects[0] = '<< /Type /Catalog /Pages 2 0 R >>';
  objects[1] = `<< /Type /Pages /Kids [${kids.map((kid) => `${String(kid)} 0 R`).join(' ')}] /Count ${String(kids.length)} >>`;
  return assemble(objects);
}

function showText({ x, y, text, size = 12 }: { x: number; y: number; text: string; size?: number }): string {
  const hex = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0'));
  return `BT /F1 ${String(size)} Tf ${String(x)} ${String(y)} Td <${hex.join('')}> Tj ET`;
}

function assemble(objects: readonly string[]): Uint8Array<ArrayBuffer> {
  let file = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${String(index + 1)} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  file += `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}
