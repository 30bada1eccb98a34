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

/** The sections of one save, newest first: more than one in linearized files and in those without `startxref` between. */
type Save = readonly [XrefSection, ...XrefSection[]];

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
    if (last === undefined) saves.push([section]);
    else if (section.offset < last[0].offset) {
      if (!linearized || saves.length > 1 || last.length > 1) throw malformed('prev-order', section.offset);
      saves[0] = [section, ...last];
    } else if (await adjoins(bytes, fileEnd(last), section.offset)) saves[saves.length - 1] = [section, ...last];
    else saves.push([section]);
  }
  const revisions: PdfRevision[] = [];
  let startOffset = 0;
  for (const [index, save] of saves.entries()) {
    const [{ offset: xrefOffset, kind: xrefKind, trailer }] = save;
    const next = saves[index + 1]?.[0].offset ?? bytes.sizeBytes;
    const end = await sectionEnd(bytes, fileEnd(save), next, signal);
    if (end.endOffset > next || xrefOffset < startOffset) throw malformed('revision-overlap', next);
    if (end.value !== xrefOffset) {
      bytes.note('startxref-mismatch', end.startxrefOffset, end.endOffset - end.startxrefOffset);
    }
    revisions.push({
      index,
      startOffset,
      endOffset: end.endOffset,
      eofOffset: end.eofOffset,
      startxrefOffset: end.startxrefOffset,
      xrefOffset,
      xrefKind,
      xrefSpans: [...save.flatMap(({ spans }) => spans), ...(await innerEnds(bytes, save, signal))],
      trailer,
      entries: save.length === 1 ? save[0].entries : merged(bytes, save),
    });
    startOffset = end.endOffset;
  }
  checkEntries(bytes, revisions);
  return revisions;
}

/** `startxref 0 %%EOF` behind the first section of a linearized file. @source ISO 32000-2 F.3.4 */
async function innerEnds(
  bytes: PdfBytes,
  save: Save,
  signal: AbortSignal | undefined,
): Promise<readonly (readonly [number, number])[]> {
  const spans: (readonly [number, number])[] = [];
  for (const { endOffset } of save) {
    const end = endOffset < fileEnd(save) ? await readEnd(bytes, endOffset, signal) : undefined;
    if (end !== undefined) spans.push([end.startxrefOffset, end.endOffset - end.startxrefOffset]);
  }
  return spans;
}

const fileEnd = (save: Save): number => Math.max(...save.map(({ endOffset }) => endOffset));

/** Nothing but white space between two sections: the older one has no `startxref` of its own. */
async function adjoins(bytes: PdfBytes, from: number, to: number): Promise<boolean> {
  if (to < from || to - from > 16) return false;
  return (await bytes.windows.read(from, to - from)).subarray(0, to - from).every(isWhite);
}

/** All sections of a save. Those of a linearized file share no object but 0. */
function merged(bytes: PdfBytes, save: Save): ReadonlyMap<number, XrefEntry> {
  const entries = new Map<number, XrefEntry>();
  for (const section of save.toReversed()) {
    for (const [number, entry] of section.entries) {
      const other = entries.get(number);
      if (other !== undefined && other.kind !== 'free' && !sameEntry(other, entry)) {
        bytes.note('duplicate-xref-entry', section.offset, 0, number);
      }
      entries.set(number, entry);
    }
  }
  return entries;
}

/** New entries of a revision lead into its own bytes; numbers stay below /Size. */
function checkEntries(bytes: PdfBytes, revisions: readonly PdfRevision[]): void {
  const known = new Map<number, XrefEntry>();
  for (const { entries, startOffset, endOffset, trailer, xrefOffset, xrefKind } of revisions) {
    const size = trailer.entries.get('Size');
    if (!isCount(size)) throw malformed('trailer-size', xrefOffset);
    for (const [number, entry] of entries) {
      if (number >= size) bytes.note('entry-beyond-size', xrefOffset, 0, number);
      const before = known.get(number);
      if (revisions.length > 1) known.set(number, entry);
      if (entry.kind !== 'offset' || (entry.offset >= startOffset && entry.offset < endOffset)) continue;
      if (before !== undefined && sameEntry(before, entry)) continue;
      // Word publishes the hidden objects of its first section by a second, empty one with /XRefStm.
      const shown = xrefKind === 'hybrid' && (before === undefined || before.kind === 'free');
      if (entry.offset >= endOffset || !shown) bytes.note('object-outside-revision', entry.offset, 0, number);
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
