import type { ByteSource } from '../../bytes/byte-source.js';
import type { PdfDecryption } from '../crypt/encryption.js';
import { isDict, isName, isRef, pdfRef } from '../objects.js';
import type { PdfDict, PdfObject, PdfRef, PdfStream, PdfString } from '../objects.js';
import type { AtRevision, PdfAnomaly, PdfEncryption, PdfFile, PdfRevision, XrefEntry } from '../pdf-file.js';
import { decryptObject } from './decrypt-object.js';
import { decodeFilters, filterSteps, type FilterStep } from './filters/decode-filters.js';
import { readIndirectObject, readStreamEnd, type IndirectObject } from './indirect-object.js';
import { limits } from './limits.js';
import { Lru } from './lru.js';
import type { NoteAnomaly } from './object-parser.js';
import { objectOfStream, readObjectStream, type ObjectStream } from './object-stream.js';
import type { PdfBytes } from './pdf-bytes.js';
import { beyondLimit, malformed } from './read-errors.js';
import { isCount } from './xref-section.js';

const KEPT_OBJECTS = 4_096;
const FEW_REVISIONS = 16;
const KEPT_OBJECT_STREAM_BYTES = 16 * 1024 * 1024;

type OffsetEntry = Extract<XrefEntry, { kind: 'offset' }>;
type CompressedEntry = Extract<XrefEntry, { kind: 'compressed' }>;

/** What `openPdf` found out. */
export interface PdfReaderParts {
  readonly source: ByteSource;
  readonly bytes: PdfBytes;
  readonly version: string;
  readonly revisions: readonly PdfRevision[];
  readonly linearized: boolean;
  readonly trailer: PdfDict;
}

/** The file that `openPdf` gives. */
export class PdfReader implements PdfFile {
  readonly source: ByteSource;
  readonly revisions: readonly PdfRevision[];
  readonly linearized: boolean;
  readonly trailer: PdfDict;
  readonly size: number;
  version: string;
  readonly #bytes: PdfBytes;
  readonly #objects = new Lru<XrefEntry, IndirectObject>(KEPT_OBJECTS);
  readonly #objectStreams = new Lru<XrefEntry, ObjectStream>(KEPT_OBJECT_STREAM_BYTES);
  /** Revision as of which a stream was read: its /Filter may be a reference. */
  readonly #readAt = new WeakMap<PdfStream, AtRevision>();
  readonly #spans = new WeakMap<PdfString, readonly [offset: number, lengthBytes: number]>();
  #decryption: PdfDecryption | undefined;
  #newest: ReadonlyMap<number, XrefEntry> | undefined;

  constructor({ source, bytes, version, revisions, linearized, trailer }: PdfReaderParts) {
    this.source = source;
    this.#bytes = bytes;
    this.version = version;
    this.revisions = revisions;
    this.linearized = linearized;
    this.trailer = trailer;
    let size = Number(trailer.entries.get('Size') ?? 0);
    for (const { entries } of revisions) for (const number of entries.keys()) size = Math.max(size, number + 1);
    this.size = size;
  }

  get anomalies(): readonly PdfAnomaly[] {
    return this.#bytes.anomalies;
  }

  get encryption(): PdfEncryption | undefined {
    return this.#decryption;
  }

  /** From now on objects are decrypted; those read before are forgotten by nobody, so call it before any. */
  decryptWith(decryption: PdfDecryption): void {
    this.#decryption = decryption;
  }

  entry(number: number, at: AtRevision = {}): XrefEntry | undefined {
    const last = this.#last(at);
    if (last > FEW_REVISIONS && last === this.revisions.length - 1) return this.#newestEntries().get(number);
    for (let index = last; index >= 0; index -= 1) {
      const entry = this.revisions[index]?.entries.get(number);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  /** All entries in force in the newest revision, made when there are too many revisions to look through each time. */
  #newestEntries(): ReadonlyMap<number, XrefEntry> {
    if (this.#newest !== undefined) return this.#newest;
    const newest = new Map<number, XrefEntry>();
    for (const { entries } of this.revisions) for (const [number, entry] of entries) newest.set(number, entry);
    this.#newest = newest;
    return newest;
  }

  async get(ref: PdfRef, at: AtRevision = {}): Promise<PdfObject> {
    const entry = this.entry(ref.number, at);
    if (entry === undefined || entry.kind === 'free') return null;
    const generation = entry.kind === 'offset' ? entry.generation : 0;
    if (generation !== ref.generation) {
      this.#bytes.note('generation-mismatch', entry.kind === 'offset' ? entry.offset : 0, 0, ref.number);
      return null;
    }
    if (entry.kind === 'compressed') return this.#compressed(ref.number, entry, at);
    const found = await this.#indirect(ref.number, entry, at);
    if (found.dataOffset === undefined || !isDict(found.value)) return found.value;
    const lengthBytes = await this.#streamLength(found, found.value, at);
    const stream = { type: 'stream', dict: found.value, offset: found.dataOffset, lengthBytes, owner: ref } as const;
    this.#readAt.set(stream, at.revision === undefined ? {} : { revision: at.revision });
    return stream;
  }

  async resolve(value: PdfObject | undefined, at: AtRevision = {}): Promise<PdfObject> {
    let found = value ?? null;
    for (let steps = 0; isRef(found); steps += 1) {
      if (steps >= limits.refChain) throw beyondLimit('reference-loop');
      found = await this.get(found, at);
    }
    return found;
  }

  async decode(
    stream: PdfStream,
    options: { readonly maxBytes?: number; readonly signal?: AbortSignal } = {},
  ): Promise<Uint8Array> {
    const { maxBytes = limits.decodedBytes, signal } = options;
    const at = { ...this.#readAt.get(stream), ...(signal === undefined ? {} : { signal }) };
    const steps = await filterSteps(stream.dict, (value) => this.resolve(value, at));
    return this.#decode(stream, { steps, maxBytes, signal });
  }

  async #decode(
    stream: PdfStream,
    options: {
      readonly steps: readonly FilterStep[];
      readonly maxBytes: number;
      readonly signal: AbortSignal | undefined;
    },
  ): Promise<Uint8Array> {
    const { steps, maxBytes, signal } = options;
    if (stream.lengthBytes > maxBytes * (steps.length === 0 ? 1 : 4) + 65_536) throw beyondLimit('decoded-size');
    const raw = await this.#bytes.exactly(stream.offset, stream.lengthBytes, signal);
    const { owner } = stream;
    const onChecksum = (): void => this.#bytes.note('flate-checksum', stream.offset, stream.lengthBytes, owner?.number);
    const decoding = { maxBytes, onChecksum };
    if (this.#decryption === undefined || owner === undefined) return decodeFilters(raw, steps, decoding);
    const crypt = steps.find(({ name }) => name === 'Crypt');
    const clear = this.#decryption.decryptStream(raw, {
      dict: stream.dict,
      owner,
      ...(crypt === undefined ? {} : { cryptFilter: crypt.parms.get('Name') ?? null }),
    });
    return decodeFilters(clear, steps, decoding);
  }

  async extent(number: number, at: AtRevision = {}): Promise<readonly [number, number] | undefined> {
    const entry = this.entry(number, at);
    if (entry?.kind !== 'offset') return undefined;
    const found = await this.#indirect(number, entry, at);
    let end = found.endOffset;
    if (end === undefined && found.dataOffset !== undefined && isDict(found.value)) {
      const offset = found.dataOffset + (await this.#streamLength(found, found.value, at));
      end = await this.#bytes.parse({ offset, objectNumber: number, signal: at.signal }, readStreamEnd);
    }
    return [found.offset, (end ?? found.offset) - found.offset];
  }

  /** Where a string stood in the file, with its brackets; undefined for strings of object streams and decrypted ones. */
  spanOf(string: PdfString): readonly [offset: number, lengthBytes: number] | undefined {
    return this.#spans.get(string);
  }

  #last(at: AtRevision): number {
    const newest = this.revisions.length - 1;
    return Math.min(newest, at.revision ?? newest);
  }

  async #indirect(number: number, entry: OffsetEntry, at: AtRevision): Promise<IndirectObject> {
    const known = this.#objects.get(entry);
    if (known !== undefined) return known;
    const found = await this.#readIndirect(number, entry, at.signal);
    this.#objects.set(entry, found);
    return found;
  }

  async #readIndirect(number: number, entry: OffsetEntry, signal: AbortSignal | undefined): Promise<IndirectObject> {
    const strings: (readonly [PdfString, readonly [number, number]])[] = [];
    const place = {
      offset: entry.offset,
      objectNumber: number,
      signal,
      onString: (value: PdfString, offset: number, lengthBytes: number) => strings.push([value, [offset, lengthBytes]]),
    };
    const found = await this.#bytes.parse(place, (parser) => {
      strings.length = 0;
      return readIndirectObject(parser);
    });
    if (found.number !== number || found.generation !== entry.generation) {
      throw malformed('object-header', entry.offset);
    }
    for (const [value, span] of strings) this.#spans.set(value, span);
    const encrypt = this.trailer.entries.get('Encrypt');
    if (this.#decryption === undefined || (isRef(encrypt) && encrypt.number === number)) return found;
    if (isDict(found.value) && isName(found.value.entries.get('Type'), 'XRef')) return found;
    return { ...found, value: decryptObject(found.value, pdfRef(number, found.generation), this.#decryption) };
  }

  async #streamLength(found: IndirectObject, dict: PdfDict, at: AtRevision): Promise<number> {
    const length = dict.entries.get('Length');
    const compressed = isRef(length) && this.entry(length.number, at)?.kind === 'compressed';
    return this.#streamEnd(found, await (compressed ? this.get(length, at) : this.#plain(length, at)), at);
  }

  /** The length, when it is one and `endstream` stands behind so many bytes. */
  async #streamEnd(
    { dataOffset = 0, offset, number }: IndirectObject,
    length: PdfObject,
    at: AtRevision,
  ): Promise<number> {
    if (!isCount(length)) throw malformed('stream-length', offset);
    const place = { offset: dataOffset + length, objectNumber: number, signal: at.signal };
    await this.#bytes.parse(place, readStreamEnd);
    return length;
  }

  /** What a value refers to, when that stands by itself: opening an object stream must never need another one. */
  async #plain(value: PdfObject | undefined, at: AtRevision): Promise<PdfObject> {
    if (!isRef(value)) return value ?? null;
    const entry = this.entry(value.number, at);
    if (entry?.kind !== 'offset' || entry.generation !== value.generation) return null;
    const found = await this.#indirect(value.number, entry, at);
    return isRef(found.value) || found.dataOffset !== undefined ? null : found.value;
  }

  async #compressed(number: number, { streamNumber, index }: CompressedEntry, at: AtRevision): Promise<PdfObject> {
    const container = this.entry(streamNumber, at);
    if (container?.kind !== 'offset') throw malformed('object-stream-missing');
    const note: NoteAnomaly = (id) => this.#bytes.note(id, container.offset, 0, number);
    let stream = this.#objectStreams.get(container);
    if (stream === undefined) {
      stream = await this.#openObjectStream(streamNumber, container, at);
      this.#objectStreams.set(container, stream, stream.bytes.byteLength);
    }
    return objectOfStream(stream, { number, index, note });
  }

  async #openObjectStream(number: number, container: OffsetEntry, at: AtRevision): Promise<ObjectStream> {
    const found = await this.#indirect(number, container, at);
    const { value: dict, dataOffset: offset } = found;
    if (!isDict(dict) || offset === undefined || !isName(dict.entries.get('Type'), 'ObjStm')) {
      throw malformed('object-stream', container.offset);
    }
    const plain = (value: PdfObject | undefined): Promise<PdfObject> => this.#plain(value, at);
    const lengthBytes = await this.#streamEnd(found, await plain(dict.entries.get('Length')), at);
    const stream = { type: 'stream', dict, offset, lengthBytes, owner: pdfRef(number, container.generation) } as const;
    const steps = await filterSteps(dict, plain);
    const bytes = await this.#decode(stream, { steps, maxBytes: limits.decodedBytes, signal: at.signal });
    return readObjectStream(bytes, {
      first: await plain(dict.entries.get('First')),
      count: await plain(dict.entries.get('N')),
      note: (id) => this.#bytes.note(id, container.offset, 0, number),
    });
  }
}
