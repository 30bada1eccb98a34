import type { PdfRevision, XrefEntry } from '../pdf-file.js';
import { isWhite } from './chars.js';
import type { PdfBytes } from './pdf-bytes.js';
import { malformed } from './read-errors.js';
import { sameEntry } from './xref-chain.js';
import { isCount, type XrefSection } from './xref-section.js';

/** Where `startxref` of the newest revision is looked for: this many bytes before the end of the file. */
const TAIL_BYTES = 65_536;
/** How far behind a section its `startxref` may stand. */
const GAP_BYTES = 1_048_576;

interface RevisionEnd {
  readonly startxrefOffset: number;
  readonly value: number;
  readonly eofOffset: number;
  readonly endOffset: number;
}

/** `startxref n %%EOF` at an offset. @source ISO 32000-2 7.5.5 */
function readEnd(bytes: PdfBytes, offset: number, signal: AbortSignal | undefined): Promise<RevisionEnd | undefined> {
  return bytes.parse({ offset, signal }, (parser) => {
    parser.skipSpace();
    const startxrefOffset = parser.offset;
    if (!parser.keyword('startxref')) return undefined;
    parser.skipSpace();
    const value = parser.unsigned() ?? parser.fail('startxref');
    const numberEnd = parser.at;
    while (isWhite(parser.byteAt(parser.at))) parser.at += 1;
    const marked = [...'%%EOF'].every((char, index) => parser.byteAt(parser.at + index) === char.charCodeAt(0));
    if (marked) parser.at += 5;
    else {
      parser.at = numberEnd;
      parser.note('eof-missing', numberEnd);
    }
    const eofOffset = parser.offset;
    if (parser.byteAt(parser.at) === 13) parser.at += 1;
    if (parser.byteAt(parser.at) === 10) parser.at += 1;
    return { startxrefOffset, value, eofOffset, endOffset: parser.offset };
  });
}

/** The last `startxref` of the file. Errors: `pdf-malformed`. */
export async function readStartxref(bytes: PdfBytes, signal: AbortSignal | undefined): Promise<RevisionEnd> {
  const from = Math.max(0, bytes.sizeBytes - TAIL_BYTES);
  const tail = await bytes.windows.read(from, TAIL_BYTES, signal);
  for (let at = tail.lastIndexOf(0x73); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(0x73, at - 1)) {
    if (![...'startxref'].every((char, index) => tail[at + index] === char.charCodeAt(0))) continue;
    const end = await readEnd(bytes, from + at, signal);
    if (end !== undefined) return end;
  }
  throw malformed('startxref-missing', from);
}

/** `startxref` behind a section; other bytes between them are an anomaly. */
async function sectionEnd(bytes: PdfBytes, from: number, to: number, signal?: AbortSignal): Promise<RevisionEnd> {
  const next = from < bytes.sizeBytes ? await readEnd(bytes, from, signal) : undefined;
  if (next !== undefined) return next;
  const found = await bytes.find('startxref', from, Math.min(to, from + GAP_BYTES), signal);
  const end = found === undefined ? undefined : await readEnd(bytes, found, signal);
  if (found === undefined || end === undefined) throw malformed('startxref-missing', from);
  bytes.note('bytes-before-startxref', from, found - from);
  return end;
}

/** What the sections of one save say together. */
interface Save {
  readonly main: XrefSection;
  /** The second section of a linearized file. */
  readonly rest?: XrefSection;
}

/**
 * Sections as revisions, oldest first. Every later save must stand behind the one before; only a linearized file has its
 * first section in front of its second. @source ISO 32000-2 7.5.6, annex F
 */
export async function buildRevisions(
  bytes: PdfBytes,
  options: {
    readonly sections: readonly XrefSection[];
    readonly linearized: boolean;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<readonly PdfRevision[]> {
  const { sections, linearized, signal } = options;
  const saves: Save[] = [];
  for (const section of sections.toReversed()) {
    const last = saves.at(-1);
    if (last === undefined || section.offset > last.main.offset) saves.push({ main: section });
    else if (linearized && saves.length === 1 && last.rest === undefined) saves[0] = { main: section, rest: last.main };
    else throw malformed('prev-order', section.offset);
  }
  const revisions: PdfRevision[] = [];
  let startOffset = 0;
  for (const [index, { main, rest }] of saves.entries()) {
    const lastSection = rest ?? main;
    if (main.offset < startOffset) throw malformed('revision-overlap', main.offset);
    const next = saves[index + 1]?.main.offset ?? bytes.sizeBytes;
    const end = await sectionEnd(bytes, lastSection.endOffset, next, signal);
    if (end.endOffset > next) throw malformed('revision-overlap', next);
    if (end.value !== main.offset)
      bytes.note('startxref-mismatch', end.startxrefOffset, end.endOffset - end.startxrefOffset);
    revisions.push({
      index,
      startOffset,
      endOffset: end.endOffset,
      eofOffset: end.eofOffset,
      startxrefOffset: end.startxrefOffset,
      xrefOffset: main.offset,
      xrefKind: main.kind,
      xrefSpans: [...main.spans, ...(rest?.spans ?? [])],
      trailer: main.trailer,
      entries: rest === undefined ? main.entries : merged(bytes, main, rest),
    });
    startOffset = end.endOffset;
  }
  checkEntries(bytes, revisions);
  return revisions;
}

/** Both sections of a linearized file; they share no object but 0. */
function merged(bytes: PdfBytes, first: XrefSection, rest: XrefSection): ReadonlyMap<number, XrefEntry> {
  const entries = new Map(rest.entries);
  for (const [number, entry] of first.entries) {
    const other = entries.get(number);
    if (other !== undefined && other.kind !== 'free' && !sameEntry(other, entry)) {
      bytes.note('duplicate-xref-entry', rest.offset, 0, number);
    }
    entries.set(number, entry);
  }
  return entries;
}

/** New entries of a revision lead into its own bytes; numbers stay below /Size. */
function checkEntries(bytes: PdfBytes, revisions: readonly PdfRevision[]): void {
  const known = new Map<number, XrefEntry>();
  for (const { entries, startOffset, endOffset, trailer, xrefOffset } of revisions) {
    const size = trailer.entries.get('Size');
    if (!isCount(size)) throw malformed('trailer-size', xrefOffset);
    for (const [number, entry] of entries) {
      if (number >= size) bytes.note('entry-beyond-size', xrefOffset, 0, number);
      const before = known.get(number);
      known.set(number, entry);
      if (entry.kind !== 'offset' || (before !== undefined && sameEntry(before, entry))) continue;
      if (entry.offset < startOffset || entry.offset >= endOffset) {
        bytes.note('object-outside-revision', entry.offset, 0, number);
      }
    }
  }
}

/** What stands before the header and behind the newest revision. */
export async function checkEdges(
  bytes: PdfBytes,
  revisions: readonly PdfRevision[],
  options: { readonly newest: number; readonly headerOffset: number; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { newest, headerOffset, signal } = options;
  if (headerOffset > 0) bytes.note('bytes-before-header', 0, headerOffset);
  const last = revisions.at(-1);
  if (last === undefined) return;
  if (last.startxrefOffset !== newest) bytes.note('startxref-repeated', newest, bytes.sizeBytes - newest);
  const end = last.endOffset;
  if (end >= bytes.sizeBytes) return;
  const behind = await bytes.windows.read(end, 1_024, signal);
  const blank = bytes.sizeBytes - end <= 16 && behind.every((byte) => isWhite(byte) && byte !== 0);
  bytes.note(blank ? 'space-after-eof' : 'bytes-after-eof', end, bytes.sizeBytes - end);
}
