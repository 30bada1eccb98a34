import { isDict, type PdfObject } from '../objects.js';
import { isWhite } from './chars.js';
import type { ObjectParser } from './object-parser.js';

/** `n g obj ... endobj`, or the part of it before the data of a stream. */
export interface IndirectObject {
  readonly number: number;
  readonly generation: number;
  /** Offset of the first digit. */
  readonly offset: number;
  readonly value: PdfObject;
  /** First byte of the stream's data; undefined when it is no stream. */
  readonly dataOffset: number | undefined;
  /** Behind `endobj`; undefined for a stream. */
  readonly endOffset: number | undefined;
}

/** `n g obj` at the position; leading white space is an anomaly. */
function header(parser: ObjectParser): readonly [number: number, generation: number, offset: number] {
  const from = parser.at;
  parser.skipSpace();
  if (parser.at !== from) parser.note('xref-offset-wrong', from);
  const { offset } = parser;
  const number = parser.unsigned();
  parser.skipSpace();
  const generation = parser.unsigned();
  parser.skipSpace();
  if (number === undefined || generation === undefined || !parser.keyword('obj'))
    return parser.fail('object-header', from);
  return [number, generation, offset];
}

/** @source ISO 32000-2 7.3.8.1, 7.3.10 */
export function readIndirectObject(parser: ObjectParser): IndirectObject {
  const [number, generation, offset] = header(parser);
  const value = parser.object();
  parser.skipSpace();
  if (isDict(value) && parser.keyword('stream')) {
    const first = parser.byteAt(parser.at);
    parser.at += first === 13 && parser.byteAt(parser.at + 1) === 10 ? 2 : first === 10 || first === 13 ? 1 : 0;
    if (first !== 10 && parser.byteAt(parser.at - 1) !== 10) parser.note('stream-keyword-eol', parser.at - 1);
    return { number, generation, offset, value, dataOffset: parser.offset, endOffset: undefined };
  }
  readEndobj(parser);
  return { number, generation, offset, value, dataOffset: undefined, endOffset: parser.offset };
}

/** Behind the data of a stream: `endstream endobj`. More than a line end before it means that /Length is wrong. */
export function readStreamEnd(parser: ObjectParser): number {
  const from = parser.at;
  if (parser.byteAt(parser.at) === 13) parser.at += 1;
  if (parser.byteAt(parser.at) === 10) parser.at += 1;
  const lineEnd = parser.at;
  while (isWhite(parser.byteAt(parser.at))) parser.at += 1;
  if (parser.at > lineEnd) parser.note('stream-length-wrong', from);
  if (!parser.keyword('endstream')) parser.fail('stream-length', from);
  parser.skipSpace();
  readEndobj(parser);
  return parser.offset;
}

function readEndobj(parser: ObjectParser): void {
  const from = parser.at;
  if (!parser.keyword('endobj')) parser.input.note('endobj-missing', parser.input.base + from, 0);
}
