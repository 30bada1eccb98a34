import { ByteWindows } from '../../bytes/byte-windows.js';
import type { ByteSource } from '../../bytes/byte-source.js';
import type { PdfString } from '../objects.js';
import type { PdfAnomaly } from '../pdf-file.js';
import type { AnomalyId } from './anomaly-id.js';
import { limits } from './limits.js';
import { NEED_MORE, ObjectParser } from './object-parser.js';
import { beyondLimit, malformed } from './read-errors.js';

const FIRST_WINDOW_BYTES = 1_024;

/** Where and how to parse. */
export interface ParsePlace {
  readonly offset: number;
  /** The object concerned, for anomalies. */
  readonly objectNumber?: number;
  readonly onString?: (value: PdfString, offset: number, lengthBytes: number) => void;
  /** Most bytes that may be looked at. Default `limits.objectBytes`. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Bytes of one file with the anomalies found in them. */
export class PdfBytes {
  readonly windows: ByteWindows;
  readonly anomalies: PdfAnomaly[] = [];
  readonly #known = new Set<string>();

  constructor(source: ByteSource) {
    this.windows = new ByteWindows(source);
  }

  get sizeBytes(): number {
    return this.windows.sizeBytes;
  }

  /** Keeps a finding, once. */
  note(id: AnomalyId, offset: number, lengthBytes: number, objectNumber?: number): void {
    const key = `${id} ${offset}`;
    if (this.#known.has(key) || this.#known.size >= limits.anomalies) return;
    this.#known.add(key);
    this.anomalies.push({ id, bytes: [offset, lengthBytes], ...(objectNumber === undefined ? {} : { objectNumber }) });
  }

  /** Runs a parser at an offset, again with a larger window when that one was too small. */
  async parse<T>(place: ParsePlace, run: (parser: ObjectParser) => T): Promise<T> {
    const { offset, objectNumber, onString, maxBytes = limits.objectBytes, signal } = place;
    if (offset >= this.sizeBytes) throw malformed('offset-beyond-end', offset);
    for (let size = FIRST_WINDOW_BYTES; ;) {
      const bytes = await this.windows.read(offset, size, signal);
      const complete = offset + bytes.byteLength >= this.sizeBytes;
      const notes: (readonly [id: AnomalyId, offset: number, lengthBytes: number])[] = [];
      const parser = new ObjectParser({
        bytes,
        base: offset,
        complete,
        note: (...found) => notes.push(found),
        ...(onString === undefined ? {} : { onString }),
      });
      try {
        const result = run(parser);
        for (const [id, from, length] of notes) this.note(id, from, length, objectNumber);
        return result;
      } catch (error) {
        if (error !== NEED_MORE) throw error;
        size = Math.max(size * 4, parser.wantedBytes + FIRST_WINDOW_BYTES);
        if (size > maxBytes) throw beyondLimit('object-size');
      }
    }
  }

  /** Exactly these bytes. */
  async exactly(offset: number, lengthBytes: number, signal?: AbortSignal): Promise<Uint8Array> {
    if (offset + lengthBytes > this.sizeBytes) throw malformed('offset-beyond-end', offset);
    return (await this.windows.read(offset, lengthBytes, signal)).subarray(0, lengthBytes);
  }

  /** Offset of the next `word` that starts within [from, to), undefined when there is none. */
  async find(word: string, from: number, to: number, signal?: AbortSignal): Promise<number | undefined> {
    const first = word.charCodeAt(0);
    for (let start = from; start < to; start += 65_536) {
      const bytes = await this.windows.read(start, Math.min(65_536 + word.length, to + word.length - start), signal);
      const end = Math.min(65_536, to - start);
      for (let at = bytes.indexOf(first); at >= 0 && at < end; at = bytes.indexOf(first, at + 1)) {
        let same = 1;
        while (same < word.length && bytes[at + same] === word.charCodeAt(same)) same += 1;
        if (same === word.length) return start + at;
      }
    }
    return undefined;
  }
}
