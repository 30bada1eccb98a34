import { pdfName, pdfRef, type PdfDict, type PdfObject, type PdfString } from '../objects.js';
import type { AnomalyId } from './anomaly-id.js';
import { END, isDigit, isRegular, isWhite, latin1 } from './chars.js';
import { limits } from './limits.js';
import { beyondLimit, malformed } from './read-errors.js';
import { readHexString, readLiteralString } from './strings.js';

/** Thrown when the window ends before the object does; whoever made the window makes a larger one. */
export const NEED_MORE = Symbol('need-more');

/** Receives what a lenient reader would pass over; offsets are of the file. */
export type NoteAnomaly = (id: AnomalyId, offset: number, lengthBytes: number) => void;

/** What a parser works on. */
export interface ParserInput {
  readonly bytes: Uint8Array;
  /** Offset of `bytes` in the file. */
  readonly base: number;
  /** No more bytes follow: the end is the end. */
  readonly complete: boolean;
  readonly note: NoteAnomaly;
  /** Receives each string with its place, quotes included. */
  readonly onString?: (value: PdfString, offset: number, lengthBytes: number) => void;
}

/** Objects out of bytes. @source ISO 32000-2 7.2, 7.3 */
export class ObjectParser {
  /** Position within the window. */
  at = 0;
  readonly input: ParserInput;
  /** Bytes that the window should have had; 0 when nobody knows. */
  wantedBytes = 0;

  constructor(input: ParserInput, at = 0) {
    this.input = input;
    this.at = at;
  }

  /** Offset in the file of the position. */
  get offset(): number {
    return this.input.base + this.at;
  }

  byteAt(at: number): number {
    const byte = this.input.bytes[at];
    if (byte !== undefined) return byte;
    if (this.input.complete) return END;
    throw NEED_MORE;
  }

  /** Asks for a window that has so many bytes from here, before they are looked at one by one. */
  want(lengthBytes: number): void {
    this.wantedBytes = this.at + lengthBytes;
    if (!this.input.complete && this.wantedBytes > this.input.bytes.byteLength) throw NEED_MORE;
  }

  note(id: AnomalyId, from: number): void {
    this.input.note(id, this.input.base + from, this.at - from);
  }

  fail(reason: string, at = this.at): never {
    throw malformed(reason, this.input.base + at);
  }

  /** Skips white space and comments. */
  skipSpace(): void {
    for (;;) {
      const byte = this.byteAt(this.at);
      if (byte === 0x25) {
        while (![END, 10, 13].includes(this.byteAt(this.at))) this.at += 1;
      } else if (!isWhite(byte)) return;
      else this.at += 1;
    }
  }

  /** True and behind the word when it stands here as a whole token. */
  keyword(word: string): boolean {
    for (let index = 0; index < word.length; index += 1) {
      if (this.byteAt(this.at + index) !== word.charCodeAt(index)) return false;
    }
    if (isRegular(this.byteAt(this.at + word.length))) return false;
    this.at += word.length;
    return true;
  }

  /** A run of at most 15 digits; undefined, without moving, when there is none. */
  unsigned(): number | undefined {
    const from = this.at;
    let value = 0;
    while (isDigit(this.byteAt(this.at))) {
      value = value * 10 + this.byteAt(this.at) - 0x30;
      this.at += 1;
    }
    if (this.at === from) return undefined;
    return this.at - from > 15 ? this.fail('number', from) : value;
  }

  object(depth = 0): PdfObject {
    if (depth > limits.depth) throw beyondLimit('object-depth');
    this.skipSpace();
    const byte = this.byteAt(this.at);
    if (byte === 0x2f) return pdfName(this.name());
    if (byte === 0x28) return this.#string(readLiteralString);
    if (byte === 0x5b) return this.#array(depth);
    if (byte === 0x3c) return this.byteAt(this.at + 1) === 0x3c ? this.#dict(depth) : this.#string(readHexString);
    if (isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e) return this.#number();
    if (this.keyword('true')) return true;
    if (this.keyword('false')) return false;
    if (this.keyword('null')) return null;
    return this.fail('syntax');
  }

  name(): string {
    const from = this.at;
    let end = from + 1;
    while (isRegular(this.byteAt(end))) end += 1;
    this.at = end;
    const raw = latin1(this.input.bytes.subarray(from + 1, end));
    if (!raw.includes('#')) return raw;
    return raw.replace(/#(..)?/gs, (whole: string, digits?: string) => {
      if (digits === undefined || !/^[\dA-Fa-f]{2}$/.test(digits) || digits === '00') {
        this.note('name-escape', from);
        return whole;
      }
      return String.fromCharCode(Number.parseInt(digits, 16));
    });
  }

  #string(read: (parser: ObjectParser) => PdfString): PdfString {
    const from = this.at;
    const value = read(this);
    this.input.onString?.(value, this.input.base + from, this.at - from);
    return value;
  }

  #array(depth: number): readonly PdfObject[] {
    const members: PdfObject[] = [];
    this.at += 1;
    for (;;) {
      this.skipSpace();
      if (this.byteAt(this.at) === 0x5d) break;
      if (members.push(this.object(depth + 1)) > limits.members) throw beyondLimit('array-size');
    }
    this.at += 1;
    return members;
  }

  #dict(depth: number): PdfDict {
    const entries = new Map<string, PdfObject>();
    this.at += 2;
    for (;;) {
      this.skipSpace();
      const byte = this.byteAt(this.at);
      if (byte === 0x3e && this.byteAt(this.at + 1) === 0x3e) break;
      if (byte !== 0x2f) this.fail('dictionary-key');
      const from = this.at;
      const key = this.name();
      if (entries.has(key)) this.note('duplicate-key', from);
      entries.set(key, this.object(depth + 1));
      if (entries.size > limits.members) throw beyondLimit('dictionary-size');
    }
    this.at += 2;
    return { type: 'dict', entries };
  }

  #number(): PdfObject {
    const from = this.at;
    let end = from;
    while (isRegular(this.byteAt(end))) end += 1;
    const text = latin1(this.input.bytes.subarray(from, Math.min(end, from + 64)));
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return this.fail('number');
    this.at = end;
    const value = Number(text);
    if (!/^\d+$/.test(text)) return value;
    const generation = this.#restOfRef();
    if (generation === undefined) {
      this.at = end;
      return value;
    }
    return pdfRef(value, generation);
  }

  /** Behind the first number: the generation when ` g R` follows. */
  #restOfRef(): number | undefined {
    this.skipSpace();
    if (!isDigit(this.byteAt(this.at))) return undefined;
    let digits = this.at;
    while (isDigit(this.byteAt(digits))) digits += 1;
    if (digits - this.at > 5) return undefined;
    const generation = this.unsigned();
    if (!isWhite(this.byteAt(this.at)) && this.byteAt(this.at) !== 0x25) return undefined;
    this.skipSpace();
    return this.keyword('R') ? generation : undefined;
  }
}
