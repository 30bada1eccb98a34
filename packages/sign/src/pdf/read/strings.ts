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
  const input = parser.input.bytes;
  const found = input.indexOf(0x3e, from);
  // A slot of many kilobytes may go on behind the window; then nothing of it is looked at.
  const end = found < 0 ? input.byteLength : found;
  if (found < 0 && parser.byteAt(end) === END) return parser.fail('string-end', from);
  const digits = new Uint8Array((end - from) >> 1);
  let count = 0;
  for (let at = from + 1; at < end; at += 1) {
    const byte = input[at] ?? 0;
    const value = hexValue(byte);
    if (value >= 0) {
      digits[count >> 1] = ((digits[count >> 1] ?? 0) << 4) | value;
      count += 1;
    } else if (!isWhite(byte)) return parser.fail('hex-string', at);
  }
  const bytes = digits.subarray(0, (count + 1) >> 1);
  if (count % 2 === 1) bytes[count >> 1] = (bytes[count >> 1] ?? 0) << 4;
  parser.at = end + 1;
  return { type: 'string', bytes, form: 'hex' };
}
