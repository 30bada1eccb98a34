import { isDict, isName, type PdfDict, type PdfObject } from '../objects.js';
import type { XrefEntry } from '../pdf-file.js';
import { decodeFilters, filterSteps } from './filters/decode-filters.js';
import { readIndirectObject, readStreamEnd } from './indirect-object.js';
import { limits } from './limits.js';
import type { PdfBytes } from './pdf-bytes.js';
import { beyondLimit, malformed } from './read-errors.js';
import { isCount, type XrefSection } from './xref-section.js';
import { readXrefStreamEntries, xrefStreamShape } from './xref-stream.js';
import { readXrefTable } from './xref-table.js';

/** Sections from the newest on, as /Prev leads. */
export async function readXrefChain(
  bytes: PdfBytes,
  startxref: number,
  signal: AbortSignal | undefined,
): Promise<readonly XrefSection[]> {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let entries = 0;
  for (let offset: number | undefined = startxref; offset !== undefined;) {
    if (seen.has(offset)) throw beyondLimit('xref-loop');
    if (seen.size >= limits.sections) throw beyondLimit('xref-sections');
    seen.add(offset);
    const section = await readSection(bytes, offset, signal);
    sections.push(section);
    entries += section.entries.size;
    if (entries > limits.entries) throw beyondLimit('xref-entries');
    const prev = section.trailer.entries.get('Prev');
    if (prev !== undefined && prev !== null && !isCount(prev)) throw malformed('prev', offset);
    if (prev === 0) bytes.note('prev-zero', offset, 0);
    offset = prev === 0 ? undefined : (prev ?? undefined);
  }
  return sections;
}

async function readSection(bytes: PdfBytes, offset: number, signal: AbortSignal | undefined): Promise<XrefSection> {
  const table = await bytes.parse({ offset, maxBytes: limits.tableBytes, signal }, (parser) => {
    parser.skipSpace();
    if (!parser.keyword('xref')) return undefined;
    if (parser.at !== 4) parser.note('xref-offset-wrong', 0);
    return readXrefTable(parser, offset);
  });
  if (table === undefined) return readStreamSection(bytes, offset, signal);
  const hidden = table.trailer.entries.get('XRefStm');
  return hidden === undefined ? table : hybrid(bytes, table, hidden, signal);
}

/** Objects that a table hides stand in the stream; what the table shows, counts. @source ISO 32000-2 7.5.8.4 */
async function hybrid(
  bytes: PdfBytes,
  table: XrefSection,
  at: PdfObject,
  signal: AbortSignal | undefined,
): Promise<XrefSection> {
  if (!isCount(at)) throw malformed('xrefstm', table.offset);
  const stream = await readStreamSection(bytes, at, signal);
  const entries = new Map<number, XrefEntry>(stream.entries);
  for (const [number, entry] of table.entries) {
    const other = entries.get(number);
    if (entry.kind === 'free' && other !== undefined) continue;
    if (other !== undefined && other.kind !== 'free' && !sameEntry(other, entry)) {
      bytes.note('hybrid-conflict', stream.offset, 0, number);
    }
    entries.set(number, entry);
  }
  return { ...table, kind: 'hybrid', entries, spans: [...table.spans, ...stream.spans] };
}

/** True when both lead to the same place. */
export function sameEntry(one: XrefEntry, other: XrefEntry): boolean {
  if (one.kind === 'offset') {
    return other.kind === 'offset' && one.offset === other.offset && one.generation === other.generation;
  }
  if (one.kind === 'free') return other.kind === 'free';
  return other.kind === 'compressed' && one.streamNumber === other.streamNumber && one.index === other.index;
}

/** @source ISO 32000-2 7.5.8 */
async function readStreamSection(
  bytes: PdfBytes,
  offset: number,
  signal: AbortSignal | undefined,
): Promise<XrefSection> {
  const found = await bytes.parse({ offset, signal }, readIndirectObject);
  const { value, dataOffset } = found;
  if (!isDict(value) || dataOffset === undefined || !isName(value.entries.get('Type'), 'XRef')) {
    throw malformed('xref-missing', offset);
  }
  const length = value.entries.get('Length');
  if (!isCount(length)) throw malformed('xref-stream-length', offset);
  const endOffset = await bytes.parse({ offset: dataOffset + length, signal }, readStreamEnd);
  const shape = xrefStreamShape(value, offset);
  const raw = await bytes.exactly(dataOffset, length, signal);
  const direct = (entry: PdfObject | undefined): Promise<PdfObject> => Promise.resolve(entry ?? null);
  const data = await decodeFilters(raw, await filterSteps(value, direct), { maxBytes: shape.lengthBytes + 65_536 });
  if (data.byteLength > shape.lengthBytes) bytes.note('xref-stream-long', offset, endOffset - offset, found.number);
  const entries = readXrefStreamEntries(data, shape, offset);
  const spans = [[found.offset, endOffset - found.offset]] as const;
  return { offset, kind: 'stream', entries, trailer: withoutStreamKeys(value), spans, endOffset };
}

const STREAM_KEYS = ['Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms'];

/** The trailer entries of a cross-reference stream. @source ISO 32000-2 table 17 */
function withoutStreamKeys({ entries }: PdfDict): PdfDict {
  return { type: 'dict', entries: new Map([...entries].filter(([key]) => !STREAM_KEYS.includes(key))) };
}
