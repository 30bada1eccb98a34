import type { PdfString } from '../objects.js';
import { END, hexValue, isWhite } from './chars.js';
import type { ObjectParser } from './object-parser.js';

/** Letters after a backslash. @source ISO 32000-2 table 3 */
const ESCAPES: Readonly<Record<number, number>> = { 0x6e: 10, 0x72: 13, 0x74: 9, 0x62: 8, 0x66: 12 };

/** A string in parentheses. @source ISO 32000-2 7.3.4.2 */
export function readLiteralString(parser: ObjectParser): PdfString {
  const from = parser.at;
  const bytes: number[] = [];
  let open = 1;
  parser.at += 1;
  for (;;) {
    const byte = parser.byteAt(parser.at);
    parser.at += 1;
    if (byte === END) return parser.fail('string-end', from);
    if (byte === 0x5c) escaped(parser, bytes);
    else if (byte === 13) {
      if (parser.byteAt(parser.at) === 10) parser.at += 1;
      bytes.push(10);
    } else {
      if (byte === 0x28) open += 1;
      if (byte === 0x29) open -= 1;
      if (open === 0) return { type: 'string', bytes: Uint8Array.from(bytes), form: 'literal' };
      bytes.push(byte);
    }
  }
}

function escaped(parser: ObjectParser, bytes: number[]): void {
  const byte = parser.byteAt(parser.at);
  parser.at += 1;
  if (byte >= 0x30 && byte <= 0x37) {
    let value = byte - 0x30;
    for (let more = 0; more < 2; more += 1) {
      const digit = parser.byteAt(parser.at) - 0x30;
      if (digit < 0 || digit > 7) break;
      value = value * 8 + digit;
      parser.at += 1;
    }
    bytes.push(value & 0xff);
  } else if (byte === 13) {
    if (parser.byteAt(parser.at) === 10) parser.at += 1;
  } else if (byte !== 10 && byte !== END) bytes.push(ESCAPES[byte] ?? byte);
}

/** A string of hexadecimal digits; a missing last one is 0. @source ISO 32000-2 7.3.4.3 */
export function readHexString(parser: ObjectParser): PdfString {
  const from = parser.at;
  let end = from + 1;
  let digits = 0;
  for (;;) {
    const byte = parser.byteAt(end);
    if (byte === 0x3e) break;
    if (byte === END) return parser.fail('string-end', from);
    if (hexValue(byte) >= 0) digits += 1;
    else if (!isWhite(byte)) return parser.fail('hex-string', end);
    end += 1;
  }
  const bytes = new Uint8Array((digits + 1) >> 1);
  let index = 0;
  for (let at = from + 1; at < end; at += 1) {
    const value = hexValue(parser.byteAt(at));
    if (value < 0) continue;
    bytes[index >> 1] = (bytes[index >> 1] ?? 0) | (index % 2 === 0 ? value << 4 : value);
    index += 1;
  }
  parser.at = end + 1;
  return { type: 'string', bytes, form: 'hex' };
}
