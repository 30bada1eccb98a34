import { isDict } from '../objects.js';
import type { XrefEntry } from '../pdf-file.js';
import { isDigit, isWhite } from './chars.js';
import { limits } from './limits.js';
import type { ObjectParser } from './object-parser.js';
import { beyondLimit } from './read-errors.js';
import type { XrefSection } from './xref-section.js';

/** Bytes of an entry. @source ISO 32000-2 7.5.4 */
const ENTRY_BYTES = 20;

/** A table with its trailer; the position is behind `xref`. @source ISO 32000-2 7.5.4, 7.5.5 */
export function readXrefTable(parser: ObjectParser, offset: number): XrefSection {
  const from = parser.offset - 4;
  const entries = new Map<number, XrefEntry>();
  for (;;) {
    parser.skipSpace();
    if (!isDigit(parser.byteAt(parser.at))) break;
    readSubsection(parser, entries);
  }
  if (!parser.keyword('trailer')) parser.fail('trailer-missing');
  const trailer = parser.object();
  if (!isDict(trailer)) return parser.fail('trailer');
  const endOffset = parser.offset;
  return { offset, kind: 'table', entries, trailer, spans: [[from, endOffset - from]], endOffset };
}

function readSubsection(parser: ObjectParser, entries: Map<number, XrefEntry>): void {
  const first = parser.unsigned() ?? parser.fail('xref-subsection');
  parser.skipSpace();
  const count = parser.unsigned() ?? parser.fail('xref-subsection');
  if (first + count - 1 > limits.objectNumber) throw beyondLimit('object-number');
  if (count > limits.entries) throw beyondLimit('xref-entries');
  parser.skipSpace();
  // Entries of 19 bytes are read too.
  parser.want(count * (ENTRY_BYTES - 1));
  for (let index = 0; index < count; index += 1) {
    const from = parser.at;
    const entry = wellFormed(parser) ?? readEntry(parser);
    const { at } = parser;
    if (index < count - 1 ? at !== from + ENTRY_BYTES : at < from + ENTRY_BYTES) parser.note('xref-entry-size', from);
    if (entries.has(first + index)) parser.note('duplicate-xref-entry', from);
    entries.set(first + index, entry);
  }
}

/** Digits at an offset; -1 when one of them is none. */
function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** The fast way for an entry of exactly 20 bytes; files have up to a million of them. */
function wellFormed(parser: ObjectParser): XrefEntry | undefined {
  const { bytes } = parser.input;
  const { at } = parser;
  const value = digits(bytes, at, 10);
  const generation = digits(bytes, at + 11, 5);
  const letter = bytes[at + 17];
  const spaced = bytes[at + 10] === 32 && bytes[at + 16] === 32;
  const ended = isWhite(bytes[at + 18] ?? -1) && isWhite(bytes[at + 19] ?? -1) && isDigit(bytes[at + 20] ?? -1);
  if (value <= 0 || generation < 0 || letter !== 0x6e || !spaced || !ended) return undefined;
  parser.at = at + ENTRY_BYTES;
  return { kind: 'offset', offset: value, generation };
}

function readEntry(parser: ObjectParser): XrefEntry {
  const from = parser.at;
  const value = parser.unsigned() ?? parser.fail('xref-entry');
  parser.skipSpace();
  const generation = parser.unsigned() ?? parser.fail('xref-entry');
  parser.skipSpace();
  const inUse = parser.keyword('n');
  if (!inUse && !parser.keyword('f')) parser.fail('xref-entry', from);
  while (isWhite(parser.byteAt(parser.at))) parser.at += 1;
  if (inUse && value === 0) parser.note('xref-entry-zero', from);
  return inUse && value > 0 ? { kind: 'offset', offset: value, generation } : { kind: 'free', generation };
}
