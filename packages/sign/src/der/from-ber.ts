import { signError } from '../errors/sign-codes.js';
import { tags } from './read.js';
import { der, derOfParts } from './write.js';

const MAX_DEPTH = 48;
const MAX_ELEMENTS = 200_000;

/** String types that BER may cut into pieces. @source X.690 8.7, 8.14 */
const STRINGS: ReadonlySet<number> = new Set([
  tags.octetString,
  tags.utf8String,
  tags.printableString,
  tags.ia5String,
  tags.bmpString,
]);

interface Cursor {
  readonly input: Uint8Array;
  at: number;
  left: number;
}

/**
 * Turns one BER element at the start of `input` into DER: definite minimal lengths, strings in one piece. Values, and the order
 * of sets, stay as they are. For envelopes of old producers. Errors: `der-malformed`. @source X.690 8.1.3, 8.7
 */
export function fromBer(input: Uint8Array): { readonly der: Uint8Array<ArrayBuffer>; readonly usedBytes: number } {
  const cursor: Cursor = { input, at: 0, left: MAX_ELEMENTS };
  return { der: element(cursor, input.byteLength, 0).der, usedBytes: cursor.at };
}

function fail(offset: number, reason: string): never {
  throw signError('der-malformed', { details: { offset, reason } });
}

function next(cursor: Cursor, limit: number): number {
  const byte = cursor.at < limit ? cursor.input[cursor.at] : undefined;
  if (byte === undefined) fail(cursor.at, 'truncated');
  cursor.at += 1;
  return byte;
}

function element(cursor: Cursor, limit: number, depth: number): { der: Uint8Array<ArrayBuffer>; contents: Uint8Array } {
  if (depth > MAX_DEPTH || --cursor.left < 0) fail(cursor.at, 'too-complex');
  const first = next(cursor, limit);
  // Tags from 31 on do not occur in what is read this way.
  if ((first & 0x1f) === 31) fail(cursor.at, 'tag-too-large');
  let length = next(cursor, limit);
  const indefinite = length === 0x80;
  if (length > 0x80) {
    const count = length & 0x7f;
    length = 0;
    for (let index = 0; index < count; index += 1) length = Math.min(length * 256 + next(cursor, limit), 2 ** 40);
  }
  if (indefinite && (first & 0x20) === 0) fail(cursor.at, 'indefinite-length');
  const end = indefinite ? limit : cursor.at + length;
  if (end > limit) fail(cursor.at, 'truncated');
  if ((first & 0x20) === 0) {
    const contents = cursor.input.subarray(cursor.at, end);
    cursor.at = end;
    return { der: der(first, contents), contents };
  }
  const parts: { der: Uint8Array; contents: Uint8Array }[] = [];
  while (indefinite ? !endMark(cursor, end) : cursor.at < end) parts.push(element(cursor, end, depth + 1));
  if (STRINGS.has(first & ~0x20)) {
    const pieces = parts.map(({ contents }) => contents);
    const joined = derOfParts(first & ~0x20, pieces);
    return { der: joined, contents: joined.subarray(joined.byteLength - sum(parts)) };
  }
  const members = parts.map((part) => part.der);
  return { der: derOfParts(first, members), contents: new Uint8Array(0) };
}

const sum = (parts: readonly { readonly contents: Uint8Array }[]): number =>
  parts.reduce((total, { contents }) => total + contents.byteLength, 0);

/** Steps over the two zeros that end an indefinite length. */
function endMark(cursor: Cursor, limit: number): boolean {
  if (cursor.at + 2 > limit) fail(cursor.at, 'truncated');
  if (cursor.input[cursor.at] !== 0 || cursor.input[cursor.at + 1] !== 0) return false;
  cursor.at += 2;
  return true;
}
