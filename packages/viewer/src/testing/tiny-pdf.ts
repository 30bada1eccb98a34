export interface TinyPage {
  readonly widthPt: number;
  readonly heightPt: number;
  readonly rotate?: number;
  readonly text: string;
  /** Comment bytes in the page's content, to make the file large. */
  readonly fillerBytes?: number;
}

/** A plain PDF with one line of Helvetica a page: page dictionaries first, contents after them. */
export function tinyPdf(pages: readonly TinyPage[]): Uint8Array {
  const firstPage = 4;
  const kids = pages.map((_, index) => `${firstPage + index} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.map(
      ({ widthPt, heightPt, rotate = 0 }, index) =>
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${widthPt} ${heightPt}] /Rotate ${rotate} ` +
        `/Resources << /Font << /F1 3 0 R >> >> /Contents ${firstPage + pages.length + index} 0 R >>`,
    ),
    ...pages.map(({ text, heightPt, fillerBytes = 0 }) => {
      const drawing = `BT /F1 18 Tf 40 ${heightPt - 50} Td (${text}) Tj ET\n%${'x'.repeat(fillerBytes)}\n`;
      return `<< /Length ${drawing.length} >>\nstream\n${drawing}endstream`;
    }),
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return new TextEncoder().encode(`${file}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`);
}
