import { joinBytes } from '../../../bytes/byte-source.js';

/** What a section lists besides the objects drafted since the last one. */
export interface SectionOptions {
  readonly root?: string;
  readonly prev?: number;
  /** More entries of the trailer. */
  readonly more?: string;
  /** Entries for an xref stream: number of object, number of stream, index. */
  readonly compressed?: readonly (readonly [number: number, stream: number, index: number])[];
  /** Leaves these drafted objects to the next section. */
  readonly hide?: readonly number[];
}

const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** Writes PDF files by hand, byte for byte, also such as no writer should make. One character is one byte. */
export class PdfDraft {
  readonly #parts: Uint8Array[] = [];
  #open = new Map<number, number>();
  #size = 1;
  offset = 0;

  constructor(start: string | Uint8Array = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n') {
    this.raw(start);
  }

  raw(part: string | Uint8Array): this {
    const bytes = typeof part === 'string' ? latin(part) : part;
    this.#parts.push(bytes);
    this.offset += bytes.byteLength;
    return this;
  }

  object(number: number, body: string, generation = 0): this {
    this.#open.set(number, this.offset);
    this.#size = Math.max(this.#size, number + 1);
    return this.raw(`${number} ${generation} obj\n${body}\nendobj\n`);
  }

  stream(number: number, dict: string, data: string | Uint8Array): this {
    this.#open.set(number, this.offset);
    this.#size = Math.max(this.#size, number + 1);
    this.raw(`${number} 0 obj\n<< ${dict} /Length ${data.length} >>\nstream\n`);
    return this.raw(data).raw('\nendstream\nendobj\n');
  }

  /** An object stream, uncompressed. */
  objectStream(number: number, objects: Readonly<Record<number, string>>, more = ''): this {
    const bodies = Object.entries(objects);
    let at = 0;
    const index = bodies.map(([key, body]) => `${key} ${(at += body.length + 1) - body.length - 1}`).join(' ');
    const first = index.length + 1;
    const data = `${index} ${bodies.map(([, body]) => `${body} `).join('')}`;
    return this.stream(number, `/Type /ObjStm /N ${bodies.length} /First ${first} ${more}`, data);
  }

  /** A table of everything since the last section, with trailer; gives its offset. */
  table({ root = '1 0 R', prev, more = '', hide = [] }: SectionOptions = {}): number {
    const { offset } = this;
    const numbers = [...this.#open.keys()].filter((number) => !hide.includes(number)).sort((a, b) => a - b);
    let text = prev === undefined ? 'xref\n0 1\n0000000000 65535 f \n' : 'xref\n';
    for (const number of numbers) text += `${number} 1\n${digits(this.#open.get(number) ?? 0, 10)} 00000 n \n`;
    const link = prev === undefined ? '' : `/Prev ${prev}`;
    this.#open = new Map([...this.#open].filter(([key]) => hide.includes(key)));
    this.raw(`${text}trailer\n<< /Size ${this.#size} /Root ${root} ${link} ${more} >>\n`);
    return offset;
  }

  /** A cross-reference stream of everything since the last section; gives its offset. */
  xrefStream(
    number: number,
    { root = '1 0 R', prev, more = '', compressed = [], hide = [] }: SectionOptions = {},
  ): number {
    const { offset } = this;
    this.#size = Math.max(this.#size, number + 1, ...compressed.map(([packed]) => packed + 1));
    const rows = new Map<number, readonly [number, number, number]>();
    if (prev === undefined) rows.set(0, [0, 0, 255]);
    for (const [key, place] of this.#open) if (!hide.includes(key)) rows.set(key, [1, place, 0]);
    for (const [packed, stream, index] of compressed) rows.set(packed, [2, stream, index]);
    rows.set(number, [1, offset, 0]);
    const sorted = [...rows].sort(([a], [b]) => a - b);
    const data = sorted.flatMap(([, [type, second, third]]) => [
      type,
      ...[16_777_216, 65_536, 256, 1].map((unit) => Math.floor(second / unit) % 256),
      third,
    ]);
    const index = sorted.map(([key]) => `${key} 1`).join(' ');
    const link = prev === undefined ? '' : `/Prev ${prev}`;
    const dict = `/Type /XRef /Size ${this.#size} /W [1 4 1] /Index [${index}] /Root ${root} ${link} ${more}`;
    this.stream(number, dict, Uint8Array.from(data));
    this.#open = new Map([...this.#open].filter(([key]) => hide.includes(key)));
    return offset;
  }

  end(startxref: number, eof = '%%EOF\n'): this {
    return this.raw(`startxref\n${startxref}\n${eof}`);
  }

  bytes(): Uint8Array {
    return joinBytes(this.#parts);
  }
}

/** Catalog, pages and one page as objects 1 to 3. */
export function draftPage(draft = new PdfDraft(), catalog = ''): PdfDraft {
  return draft
    .object(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`)
    .object(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>')
    .object(3, '<< /Type /Page /Parent 2 0 R >>');
}
