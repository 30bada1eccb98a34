import type { PdfObject } from '../objects.js';
import { limits } from './limits.js';
import { ObjectParser, type NoteAnomaly } from './object-parser.js';
import { beyondLimit, malformed } from './read-errors.js';
import { isCount } from './xref-section.js';

/** A decoded object stream. */
export interface ObjectStream {
  readonly bytes: Uint8Array;
  /** Number and place of each object. */
  readonly index: readonly (readonly [number: number, at: number])[];
}

/** /Extends is not followed: an entry names the stream that holds its object. @source ISO 32000-2 7.5.7 */
export function readObjectStream(
  bytes: Uint8Array,
  context: { readonly first: PdfObject; readonly count: PdfObject; readonly note: NoteAnomaly },
): ObjectStream {
  const { first, count, note } = context;
  if (!isCount(first) || !isCount(count) || first > bytes.byteLength) throw malformed('object-stream');
  if (count > limits.members) throw beyondLimit('object-stream-size');
  const parser = new ObjectParser({ bytes: bytes.subarray(0, first), base: 0, complete: true, note });
  const index: (readonly [number, number])[] = [];
  const seen = new Set<number>();
  for (let at = 0; at < count; at += 1) {
    parser.skipSpace();
    const number = parser.unsigned();
    parser.skipSpace();
    const offset = parser.unsigned();
    if (number === undefined || offset === undefined) throw malformed('object-stream');
    if (seen.has(number)) note('duplicate-object', 0, 0);
    seen.add(number);
    index.push([number, first + offset]);
  }
  return { bytes, index };
}

/** One object of the stream. */
export function objectOfStream(
  { bytes, index }: ObjectStream,
  place: { readonly number: number; readonly index: number; readonly note: NoteAnomaly },
): PdfObject {
  let found = index[place.index];
  if (found?.[0] !== place.number) {
    place.note('object-stream-index-wrong', 0, 0);
    found = index.find(([number]) => number === place.number);
  }
  if (found === undefined || found[1] > bytes.byteLength) throw malformed('object-stream-index');
  const parser = new ObjectParser({ bytes, base: 0, complete: true, note: place.note }, found[1]);
  return parser.object();
}
