import { madeShapes } from './shapes.data.js';

/** An input to sign: one way in which PDF files are put together. */
export interface InputShape {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Opens it; absent when no password is needed. */
  readonly password?: string;
}

/** Objects 1 catalog, 2 pages, 3 and 6 a page each, 4 content, 5 font; 9 and above are the caller's. */
export interface ShapeParts {
  /** More entries of the catalog, the first page, and further objects. */
  readonly catalog?: string;
  readonly page?: string;
  readonly objects?: Readonly<Record<number, string>>;
}

const CONTENT = 'BT /F1 12 Tf 72 720 Td (Anjuan consent form) Tj ET';
const CONTENT_OBJECT = `<< /Length ${CONTENT.length} >>\nstream\n${CONTENT}\nendstream`;
const ID = '/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]';

function bodies({ catalog = '', page = '', objects = {} }: ShapeParts): Map<number, string> {
  return new Map<number, string>([
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`],
    [2, `<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 /MediaBox [0 0 595 842] >>`],
    [3, `<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${page} >>`],
    [5, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    [6, '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>'],
    ...Object.entries(objects).map(([number, body]) => [Number(number), body] as const),
  ]);
}

/** A file written from start to end; every character is one byte. */
class Layout {
  readonly offsets = new Map<number, number>();
  text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';

  object(number: number, body: string): void {
    this.offsets.set(number, this.text.length);
    this.text += `${number} 0 obj\n${body}\nendobj\n`;
  }

  /** An object stream, uncompressed; gives the rows for a cross-reference stream. */
  pack(number: number, values: ReadonlyMap<number, string>): Map<number, readonly number[]> {
    let at = 0;
    const heads: string[] = [];
    for (const [key, body] of values) {
      heads.push(`${key} ${at}`);
      at += body.length + 1;
    }
    const head = `${heads.join(' ')}\n`;
    const data = `${head}${[...values.values()].join('\n')}\n`;
    const dict = `/Type /ObjStm /N ${values.size} /First ${head.length} /Length ${data.length}`;
    this.object(number, `<< ${dict} >>\nstream\n${data}\nendstream`);
    return new Map([...values.keys()].map((key, index) => [key, [2, number, index]]));
  }

  /** One section from 0; numbers without an object are free. */
  table(size: number, trailer = ''): number {
    const start = this.text.length;
    const rows = Array.from({ length: size }, (_, number) => {
      const offset = this.offsets.get(number);
      return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`;
    });
    this.text += `xref\n0 ${size}\n${rows.join('')}`;
    this.trailer(start, `/Size ${size} ${trailer}`);
    return start;
  }

  trailer(start: number, more: string): void {
    this.text += `trailer\n<< /Root 1 0 R ${ID} ${more} >>\n`;
    this.end(start);
  }

  /** A cross-reference stream over everything, or only over `rows`. */
  xrefStream(number: number, rows: Map<number, readonly number[]>, trailer: string): number {
    const start = this.text.length;
    const sorted = [...rows].sort(([first], [second]) => first - second);
    const data = sorted.map(([, [type = 0, second = 0, third = 0]]) =>
      String.fromCharCode(type, second >> 16, (second >> 8) & 255, second & 255, third),
    );
    const index = sorted.map(([key]) => `${key} 1`).join(' ');
    const dict = `/Type /XRef /W [1 3 1] /Index [${index}] /Root 1 0 R ${ID} /Length ${rows.size * 5} ${trailer}`;
    this.object(number, `<< ${dict} >>\nstream\n${data.join('')}\nendstream`);
    return start;
  }

  end(start: number): void {
    this.text += `startxref\n${start}\n%%EOF\n`;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.text, (character) => character.charCodeAt(0));
  }
}

/** A file with a cross-reference table in one section. */
export function tableShape(parts: ShapeParts = {}): Uint8Array<ArrayBuffer> {
  const file = new Layout();
  const values = bodies(parts);
  for (const [number, body] of values) file.object(number, body);
  file.object(4, CONTENT_OBJECT);
  file.table(Math.max(...values.keys()) + 1);
  return file.bytes();
}

/** A file with a cross-reference stream; `packed` puts all but the content into an object stream. */
export function streamShape(parts: ShapeParts & { readonly packed?: boolean } = {}): Uint8Array<ArrayBuffer> {
  const file = new Layout();
  const values = bodies(parts);
  const size = Math.max(8, ...values.keys()) + 1;
  file.object(4, CONTENT_OBJECT);
  const rows = parts.packed ? file.pack(7, values) : new Map<number, readonly number[]>();
  if (!parts.packed) for (const [number, body] of values) file.object(number, body);
  for (const [number, offset] of file.offsets) rows.set(number, [1, offset, 0]);
  rows.set(0, [0, 0, 255]);
  rows.set(size, [1, file.text.length, 0]);
  file.end(file.xrefStream(size, rows, `/Size ${size + 1}`));
  return file.bytes();
}

/**
 * A table for old readers; font and second page stand in an object stream that only /XRefStm of a last, empty section lists:
 * the way of the office programs.
 */
export function hybridShape(parts: ShapeParts = {}): Uint8Array<ArrayBuffer> {
  const file = new Layout();
  const values = bodies(parts);
  const hidden = new Map([5, 6].map((number) => [number, values.get(number) ?? '']));
  file.object(4, CONTENT_OBJECT);
  for (const [number, body] of values) if (!hidden.has(number)) file.object(number, body);
  const rows = file.pack(7, hidden);
  const size = Math.max(8, ...values.keys()) + 1;
  const xref = file.xrefStream(8, rows, `/Size ${size}`);
  const main = file.table(size);
  const empty = file.text.length;
  file.text += 'xref\n0 0\n';
  file.trailer(empty, `/Size ${size} /Prev ${main} /XRefStm ${xref}`);
  return file.bytes();
}

const made = (data: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(data), (character) => character.charCodeAt(0));

/** One input for each way in which files are put together, with and without a password. */
export function inputShapes(): readonly InputShape[] {
  return [
    { name: 'table', bytes: tableShape() },
    { name: 'xref-stream', bytes: streamShape() },
    { name: 'object-streams', bytes: streamShape({ packed: true }) },
    { name: 'hybrid', bytes: hybridShape() },
    { name: 'linearized', bytes: made(madeShapes.linearized) },
    { name: 'linearized-stream', bytes: made(madeShapes.linearizedStream) },
    { name: 'aes-256', bytes: made(madeShapes.aes256) },
    { name: 'aes-256-password', bytes: made(madeShapes.aes256Password), password: 'user' },
    { name: 'aes-128-password', bytes: made(madeShapes.aes128), password: 'user' },
    { name: 'rc4', bytes: made(madeShapes.rc4) },
  ];
}
