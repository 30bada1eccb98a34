import { joinBytes } from '../bytes/byte-source.js';
import { tags } from './read.js';

/** Encodes one element: `identifier` is the first byte (class, constructed bit, tag below 31). */
export const der = (identifier: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  derOfParts(identifier, contents);

/** The same for lists of any length: a call takes only so many arguments. */
export function derOfParts(identifier: number, contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = contents.reduce((sum, part) => sum + part.byteLength, 0);
  return joinBytes([Uint8Array.of(identifier, ...lengthBytes(length)), ...contents]);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

export const derSequence = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => der(0x30, ...parts);
export const derOctets = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => der(tags.octetString, bytes);
export const derNull = (): Uint8Array<ArrayBuffer> => der(tags.null);
export const derBoolean = (value: boolean): Uint8Array<ArrayBuffer> =>
  der(tags.boolean, Uint8Array.of(value ? 0xff : 0));
export const derBits = (bytes: Uint8Array, unusedBits = 0): Uint8Array<ArrayBuffer> =>
  der(tags.bitString, Uint8Array.of(unusedBits), bytes);
export const derUtf8 = (text: string): Uint8Array<ArrayBuffer> => der(tags.utf8String, new TextEncoder().encode(text));
export const derIa5 = (text: string): Uint8Array<ArrayBuffer> => der(tags.ia5String, new TextEncoder().encode(text));
export const derPrintable = (text: string): Uint8Array<ArrayBuffer> =>
  der(tags.printableString, new TextEncoder().encode(text));
/** `[n] EXPLICIT`, or a constructed `[n] IMPLICIT`. */
export const derContext = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  der(0xa0 | tag, ...parts);
/** A primitive `[n] IMPLICIT`. */
export const derContextPrimitive = (tag: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> => der(0x80 | tag, bytes);

/** SET OF: members in ascending order of their encodings. @source X.690 11.6 */
export function derSetOf(...members: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return der(0x31, ...[...members].sort(compareBytes));
}

/** Byte order; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.byteLength, b.byteLength);
  for (let index = 0; index < shared; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.byteLength - b.byteLength;
}

/** True when both hold the same bytes. Not for secrets. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.byteLength === b.byteLength && compareBytes(a, b) === 0;

/** INTEGER in minimal two's complement. */
export function derInteger(value: bigint | number): Uint8Array<ArrayBuffer> {
  const big = BigInt(value);
  let size = 1;
  while (big >= 1n << BigInt(size * 8 - 1) || big < -(1n << BigInt(size * 8 - 1))) size += 1;
  const bits = BigInt.asUintN(size * 8, big);
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index += 1) bytes[index] = Number((bits >> BigInt((size - 1 - index) * 8)) & 0xffn);
  return der(tags.integer, bytes);
}

/** INTEGER from unsigned big-endian bytes. */
export function derUnsigned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let start = 0;
  while (start < bytes.byteLength - 1 && bytes[start] === 0) start += 1;
  const trimmed = bytes.subarray(start);
  return (trimmed[0] ?? 0) >= 0x80 ? der(tags.integer, Uint8Array.of(0), trimmed) : der(tags.integer, trimmed);
}

/** OBJECT IDENTIFIER from its dotted form. */
export function derOid(dotted: string): Uint8Array<ArrayBuffer> {
  const [top = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  const bytes = [top * 40n + second, ...rest].flatMap((arc) => {
    const septets = [Number(arc & 0x7fn)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) septets.unshift(Number(left & 0x7fn) | 0x80);
    return septets;
  });
  return der(tags.oid, Uint8Array.from(bytes));
}

/** UTCTime until 2049, GeneralizedTime from 2050. @source RFC 5280 4.1.2.5 */
export function derTime(timeMs: number): Uint8Array<ArrayBuffer> {
  const digits = new Date(timeMs).toISOString().replace(/[-:T]|\.\d+/g, '');
  const year = new Date(timeMs).getUTCFullYear();
  const text = new TextEncoder().encode(year < 2050 && year >= 1950 ? digits.slice(2) : digits);
  return der(text.byteLength === 13 ? tags.utcTime : tags.generalizedTime, text);
}

/** GeneralizedTime, always. */
export function derGeneralizedTime(timeMs: number): Uint8Array<ArrayBuffer> {
  const digits = new Date(timeMs).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(tags.generalizedTime, new TextEncoder().encode(digits));
}
