import { signError } from '../errors/sign-codes.js';
import { tags, type DerNode } from './read.js';

function fail(node: DerNode, reason: string): never {
  throw signError('der-malformed', { details: { offset: node.offset, reason } });
}

/** True for a universal element of this tag number. */
export const isUniversal = (node: DerNode | undefined, tag: number): node is DerNode =>
  node !== undefined && node.tagClass === 'universal' && node.tag === tag;

/** True for `[n]`. */
export const isContext = (node: DerNode | undefined, tag: number): node is DerNode =>
  node !== undefined && node.tagClass === 'context' && node.tag === tag;

/** The node itself when it is of the tag, else `der-malformed`. */
export function expectUniversal(node: DerNode | undefined, tag: number, parent: DerNode): DerNode {
  if (!isUniversal(node, tag)) fail(node ?? parent, 'unexpected-tag');
  return node;
}

/** Dotted object identifier. @source X.690 8.19 */
export function readOid(node: DerNode): string {
  if (!isUniversal(node, tags.oid) || node.constructed || node.contents.byteLength === 0) fail(node, 'not-an-oid');
  const arcs: bigint[] = [];
  let value = 0n;
  let first = true;
  for (const byte of node.contents) {
    if (first && byte === 0x80) fail(node, 'oid-not-minimal');
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (value > 1n << 128n) fail(node, 'oid-too-large');
    first = (byte & 0x80) === 0;
    if (!first) continue;
    arcs.push(value);
    value = 0n;
  }
  if (!first) fail(node, 'truncated');
  const [joined = 0n, ...rest] = arcs;
  const top = joined < 80n ? joined / 40n : 2n;
  return [top, joined - top * 40n, ...rest].join('.');
}

/** A signed integer of any size; minimal form only. @source X.690 8.3 */
export function readInteger(node: DerNode): bigint {
  const { contents } = node;
  if (!(isUniversal(node, tags.integer) || isUniversal(node, tags.enumerated)) || node.constructed)
    fail(node, 'not-an-integer');
  return integerOf(node, contents);
}

function integerOf(node: DerNode, contents: Uint8Array): bigint {
  const [first, second] = contents;
  if (first === undefined) fail(node, 'integer-empty');
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    fail(node, 'integer-not-minimal');
  if (contents.byteLength > 4096) fail(node, 'integer-too-large');
  let hex = '';
  for (const byte of contents) hex += byte.toString(16).padStart(2, '0');
  const value = BigInt(`0x${hex}`);
  return first >= 0x80 ? value - (1n << BigInt(contents.byteLength * 8)) : value;
}

/** A small integer. */
export function readSmallInteger(node: DerNode): number {
  const value = readInteger(node);
  if (value > 2n ** 31n || value < -(2n ** 31n)) fail(node, 'integer-too-large');
  return Number(value);
}

/** TRUE is FF. @source X.690 11.1 */
export function readBoolean(node: DerNode): boolean {
  const [byte, more] = node.contents;
  if (!isUniversal(node, tags.boolean) || more !== undefined || (byte !== 0 && byte !== 0xff))
    fail(node, 'not-a-boolean');
  return byte === 0xff;
}

/** Bytes of an OCTET STRING (primitive, as DER demands). */
export function readOctets(node: DerNode): Uint8Array {
  if (!isUniversal(node, tags.octetString) || node.constructed) fail(node, 'not-octets');
  return node.contents;
}

/** Bytes and count of unused bits of a BIT STRING; unused bits are zero. @source X.690 11.2 */
export function readBits(node: DerNode): { readonly bytes: Uint8Array; readonly unusedBits: number } {
  const unusedBits = node.contents[0];
  if (!isUniversal(node, tags.bitString) || node.constructed || unusedBits === undefined || unusedBits > 7)
    fail(node, 'not-bits');
  const bytes = node.contents.subarray(1);
  const last = bytes.at(-1) ?? 0;
  if (unusedBits > 0 && (bytes.byteLength === 0 || (last & ((1 << unusedBits) - 1)) !== 0))
    fail(node, 'bits-not-minimal');
  return { bytes, unusedBits };
}

/** Text of any of the character string types. */
export function readText(node: DerNode): string {
  if (node.tagClass !== 'universal' || node.constructed) fail(node, 'not-text');
  const { contents } = node;
  switch (node.tag) {
    case tags.utf8String:
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(contents);
      } catch {
        return fail(node, 'text-not-utf8');
      }
    case tags.bmpString:
      if (contents.byteLength % 2 !== 0) fail(node, 'text-not-bmp');
      return Array.from({ length: contents.byteLength >> 1 }, (_, index) =>
        String.fromCharCode(((contents[index * 2] ?? 0) << 8) | (contents[index * 2 + 1] ?? 0)),
      ).join('');
    case tags.numericString:
    case tags.printableString:
    case tags.teletexString:
    case tags.ia5String:
    case tags.visibleString:
      return Array.from(contents, (byte) => String.fromCharCode(byte)).join('');
    default:
      return fail(node, 'not-text');
  }
}

/** UTCTime or GeneralizedTime in Zulu, as milliseconds since 1970. @source X.690 11.7, 11.8; RFC 5280 4.1.2.5 */
export function readTime(node: DerNode): number {
  const text = Array.from(node.contents, (byte) => String.fromCharCode(byte)).join('');
  const short = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const long = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,6})?Z$/.exec(text);
  const match = isUniversal(node, tags.utcTime) ? short : isUniversal(node, tags.generalizedTime) ? long : null;
  if (!match) fail(node, 'not-a-time');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const fullYear = match === short ? (year < 50 ? 2000 + year : 1900 + year) : year;
  const time = Date.UTC(fullYear, month - 1, day, hour, minute, second);
  const date = new Date(time);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  if (
    date.getUTCFullYear() !== fullYear ||
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    fail(node, 'not-a-time');
  return time + Math.round(Number(match[7] ?? 0) * 1000);
}
