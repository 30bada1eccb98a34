import { isArray, type PdfDict } from '../objects.js';
import type { XrefEntry } from '../pdf-file.js';
import { limits } from './limits.js';
import { beyondLimit, malformed } from './read-errors.js';
import { isCount } from './xref-section.js';

/** Object numbers and widths that the dictionary of a cross-reference stream states. */
export interface XrefStreamShape {
  readonly widths: readonly [number, number, number];
  readonly ranges: readonly (readonly [first: number, count: number])[];
  /** Bytes that the decoded stream must have. */
  readonly lengthBytes: number;
}

/** @source ISO 32000-2 table 17 */
export function xrefStreamShape(dict: PdfDict, offset: number): XrefStreamShape {
  const w = dict.entries.get('W');
  const size = dict.entries.get('Size');
  if (!isArray(w) || w.length < 3 || !w.every((width) => isCount(width) && width <= 8) || !isCount(size)) {
    throw malformed('xref-stream', offset);
  }
  const [type, second, third] = w.map(Number);
  const widths = [type ?? 0, second ?? 0, third ?? 0] as const;
  const index = dict.entries.get('Index') ?? [0, size];
  if (!isArray(index) || index.length % 2 !== 0 || !index.every(isCount)) throw malformed('xref-stream-index', offset);
  const ranges: [number, number][] = [];
  let total = 0;
  for (let at = 0; at < index.length; at += 2) {
    const [first, count] = [Number(index[at]), Number(index[at + 1])];
    if (first + count - 1 > limits.objectNumber) throw beyondLimit('object-number');
    total += count;
    ranges.push([first, count]);
  }
  if (total > limits.entries) throw beyondLimit('xref-entries');
  return { widths, ranges, lengthBytes: total * (widths[0] + widths[1] + widths[2]) };
}

/** Entries out of the decoded bytes; unknown types stand for null. @source ISO 32000-2 7.5.8.3 */
export function readXrefStreamEntries(
  bytes: Uint8Array,
  { widths, ranges, lengthBytes }: XrefStreamShape,
  offset: number,
): Map<number, XrefEntry> {
  if (bytes.byteLength < lengthBytes) throw malformed('xref-stream-short', offset);
  let at = 0;
  const field = (width: number): number => {
    let value = 0;
    for (const end = at + width; at < end; at += 1) value = value * 256 + (bytes[at] ?? 0);
    if (!Number.isSafeInteger(value)) throw malformed('xref-stream', offset);
    return value;
  };
  const entries = new Map<number, XrefEntry>();
  for (const [first, count] of ranges) {
    for (let number = first; number < first + count; number += 1) {
      const type = widths[0] === 0 ? 1 : field(widths[0]);
      const second = field(widths[1]);
      const third = field(widths[2]);
      if (type === 1) entries.set(number, { kind: 'offset', offset: second, generation: third });
      else if (type === 2) entries.set(number, { kind: 'compressed', streamNumber: second, index: third });
      else entries.set(number, { kind: 'free', generation: type === 0 ? third : 0 });
    }
  }
  return entries;
}
