import { pdfName, type PdfDict, type PdfObject } from '../objects.js';
import { writeObject } from './serialize.js';
import { ByteWriter } from './byte-writer.js';

/** Where a new object of the increment begins. */
export interface NewEntry {
  readonly number: number;
  readonly generation: number;
  /** Offset in the whole file. */
  readonly offset: number;
}

/** Keys of a cross-reference stream or of the chain, which belong to one section only. @source ISO 32000-2 7.5.5, 7.5.8.2 */
const OWN_KEYS = new Set('Type W Index Filter DecodeParms DL Length Size Prev XRefStm'.split(' '));

/** The trailer of an increment: everything kept, /Size and /Prev its own. @source ISO 32000-2 7.5.6 */
export function trailerOf(trailer: PdfDict, size: number, previous: number): Map<string, PdfObject> {
  const kept = [...trailer.entries].filter(([key]) => !OWN_KEYS.has(key));
  return new Map<string, PdfObject>([['Size', size], ...kept, ['Prev', previous]]);
}

/** Runs of object numbers without gaps. */
function runs(entries: readonly NewEntry[]): NewEntry[][] {
  const found: NewEntry[][] = [];
  for (const entry of entries) {
    const last = found.at(-1);
    if (last?.at(-1)?.number === entry.number - 1) last.push(entry);
    else found.push([entry]);
  }
  return found;
}

/** `xref`, its sections and the trailer; every entry is 20 bytes. @source ISO 32000-2 7.5.4 */
export function writeXrefTable(
  out: ByteWriter,
  entries: readonly NewEntry[],
  trailer: ReadonlyMap<string, PdfObject>,
): void {
  out.text('xref\n');
  for (const run of runs(entries)) {
    out.text(`${run[0]?.number ?? 0} ${run.length}\n`);
    for (const { offset, generation } of run)
      out.text(`${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n\r\n`);
  }
  out.text('trailer\n');
  writeObject(out, { type: 'dict', entries: trailer });
  out.text('\n');
}

/** A cross-reference stream, not compressed; the last entry is the stream itself. @source ISO 32000-2 7.5.8 */
export function writeXrefStream(
  out: ByteWriter,
  entries: readonly NewEntry[],
  trailer: ReadonlyMap<string, PdfObject>,
): void {
  const own = entries.at(-1);
  let width = 1;
  while ((own?.offset ?? 0) >= 256 ** width) width += 1;
  const data = new ByteWriter();
  for (const { offset, generation } of entries) {
    const row = new Uint8Array(width + 3);
    row[0] = 1;
    for (let index = width, rest = offset; index > 0; index -= 1, rest = Math.floor(rest / 256))
      row[index] = rest % 256;
    row[width + 1] = generation >> 8;
    row[width + 2] = generation & 255;
    data.push(row);
  }
  const dict = new Map<string, PdfObject>([
    ['Type', pdfName('XRef')],
    ['W', [1, width, 2]],
    ['Index', runs(entries).flatMap((run) => [run[0]?.number ?? 0, run.length])],
    ...trailer,
  ]);
  out.text(`${own?.number ?? 0} 0 obj\n`);
  writeObject(out, { type: 'new-stream', dict: { type: 'dict', entries: dict }, bytes: data.bytes() });
  out.text('\nendobj\n');
}
