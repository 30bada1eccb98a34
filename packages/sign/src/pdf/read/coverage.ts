import { isWhite } from './chars.js';
import type { PdfFile } from '../pdf-file.js';

/** A stretch of bytes of the file. */
export type ByteSpan = readonly [offset: number, lengthBytes: number];

/** What accounts for the bytes of a file, and what does not. */
export interface FileCoverage {
  /** Bytes of no object, section or marker, other than white space and comments outside of any marker. */
  readonly unexplained: readonly ByteSpan[];
  /** Bytes that two objects or sections claim. */
  readonly overlaps: readonly ByteSpan[];
  /** Objects whose extent cannot be read. */
  readonly unreadable: readonly number[];
}

const CHUNK_BYTES = 65_536;

/**
 * Explains every byte of the file: header, objects in force in any revision, cross-reference sections, `startxref` and
 * `%%EOF`. Reads each object once and the gaps between them. What stays unexplained may be looked at with `scanObjects`.
 * Errors: `aborted`.
 */
export async function readCoverage(
  file: PdfFile,
  options: { readonly signal?: AbortSignal } = {},
): Promise<FileCoverage> {
  const { signal } = options;
  const spans: ByteSpan[] = [];
  const unreadable = new Set<number>();
  const seen = new Set<number>();
  for (const { index, entries, xrefSpans, startxrefOffset, endOffset } of file.revisions) {
    spans.push(...(xrefSpans ?? []));
    if (startxrefOffset !== undefined) spans.push([startxrefOffset, endOffset - startxrefOffset]);
    for (const [number, entry] of entries) {
      if (entry.kind !== 'offset' || seen.has(entry.offset)) continue;
      seen.add(entry.offset);
      try {
        const at = { revision: index, ...(signal === undefined ? {} : { signal }) };
        const span = await file.extent(number, at);
        if (span !== undefined) spans.push(span);
      } catch (error) {
        if (signal?.aborted === true) throw error;
        unreadable.add(number);
      }
    }
  }
  const sorted = spans.toSorted((a, b) => a[0] - b[0] || b[1] - a[1]);
  const unexplained: ByteSpan[] = [];
  const overlaps: ByteSpan[] = [];
  let end = 0;
  let last: ByteSpan = [-1, 0];
  for (const span of [...sorted, [file.source.sizeBytes, 0] as const]) {
    const same = span[0] === last[0] && span[1] === last[1];
    if (span[0] < end && !same) overlaps.push([span[0], Math.min(end, span[0] + span[1]) - span[0]]);
    if (span[0] > end) unexplained.push(...(await gapsOf(file, [end, span[0]], signal)));
    end = Math.max(end, span[0] + span[1]);
    last = span;
  }
  return { unexplained, overlaps, unreadable: [...unreadable] };
}

/** The part of a gap from its first to its last byte that is neither white space nor comment. */
async function gapsOf(
  { source }: PdfFile,
  [from, to]: readonly [number, number],
  signal: AbortSignal | undefined,
): Promise<readonly ByteSpan[]> {
  let first = -1;
  let last = -1;
  let comment = false;
  for (let start = from; start < to; start += CHUNK_BYTES) {
    const bytes = await source.read(start, Math.min(CHUNK_BYTES, to - start), signal === undefined ? {} : { signal });
    bytes.forEach((byte, index) => {
      if (comment) comment = byte !== 10 && byte !== 13;
      else if (byte === 0x25) comment = true;
      else if (!isWhite(byte)) {
        if (first < 0) first = start + index;
        last = start + index + 1;
      }
    });
  }
  return first < 0 ? [] : [[first, last - first]];
}
