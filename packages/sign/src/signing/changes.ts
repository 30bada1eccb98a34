import { AnjuanError } from '@anjuan/core';
import type { FormAppearance } from '../appearance/appearance.js';
import { signError } from '../errors/sign-codes.js';
import { isArray, isDict, isRef, isStream, pdfRef } from '../pdf/objects.js';
import type { NewObject, PdfDict, PdfObject, PdfRef } from '../pdf/objects.js';
import type { PdfFile } from '../pdf/pdf-file.js';
import { listPages, listSignatureFields, type PdfPage, type SignatureField } from '../pdf/read/index.js';
import { buildIncrement, type Increment } from '../pdf/write/index.js';
import { isNewStream } from '../pdf/write/serialize.js';

/** What can be given up. */
export interface Abortable {
  readonly signal?: AbortSignal;
}

/** A dictionary whose entries can be set. */
export type Entries = Map<string, PdfObject>;

export const dictOf = (entries: Entries): PdfDict => ({ type: 'dict', entries });

/** Objects of one increment: new ones, and old ones only when they really change. */
export class Changes {
  readonly file: PdfFile;
  readonly objects = new Map<number, NewObject>();
  readonly #at: Abortable;
  readonly #parts = new Map<object, PdfRef>();
  #pages: Promise<readonly PdfPage[]> | undefined;
  #next: number;

  constructor(file: PdfFile, at: Abortable = {}) {
    this.file = file;
    this.#at = at;
    this.#next = file.size;
  }

  /**
   * Signature fields of the file, as it was before these changes. Errors: `pdf-unsignable` when one covers bytes that are
   * not there yet: what is appended would become part of it.
   */
  async signatureFields(): Promise<readonly SignatureField[]> {
    const fields = await listSignatureFields(this.file, this.#at);
    for (const { value } of fields) {
      const [, , from = 0, length = 0] = value?.byteRange ?? [];
      if (from + length > this.file.source.sizeBytes)
        throw signError('pdf-unsignable', { details: { reason: 'signature-beyond-end' } });
    }
    return fields;
  }

  /** A page of the file, from 1. Errors: `invalid-argument`, `pdf-malformed`. */
  async page(pageNumber: number): Promise<PdfPage> {
    this.#pages ??= listPages(this.file, this.#at);
    const page = (await this.#pages)[pageNumber - 1];
    if (!page) throw new AnjuanError('invalid-argument', { details: { name: 'pageNumber', pageNumber } });
    return page;
  }

  /** The increment; `track` as in `buildIncrement`. */
  build(track: readonly object[] = []): Promise<Increment> {
    return buildIncrement(this.file, { objects: this.objects, track, ...this.#at });
  }

  /** Takes up a new object. */
  add(object: NewObject): PdfRef {
    const ref = pdfRef(this.#next++);
    this.objects.set(ref.number, object);
    return ref;
  }

  /** Gives an object another value. */
  set(ref: PdfRef, object: NewObject): void {
    this.objects.set(ref.number, object);
  }

  /** What the object is now, this increment included; a chain of references is followed. */
  async get(value: PdfObject | undefined): Promise<PdfObject> {
    if (!isRef(value)) return value ?? null;
    const changed = this.objects.get(value.number);
    if (changed === undefined) return this.file.resolve(value, this.#at);
    return isNewStream(changed) ? null : changed;
  }

  /** Entries of a dictionary that will be changed. Errors: `pdf-malformed`. */
  async entries(value: PdfObject | undefined): Promise<Entries> {
    const dict = await this.get(value);
    if (!isDict(dict)) throw signError('pdf-unsignable', { details: { reason: 'not-a-dictionary' } });
    return new Map(dict.entries);
  }

  /**
   * Appends values to the array at `key` of a dictionary, in the array's own object when it has one. True when the
   * dictionary itself changed.
   */
  async append(owner: Entries, key: string, values: readonly PdfObject[]): Promise<boolean> {
    const at = owner.get(key);
    const before = await this.get(at);
    const after = [...(isArray(before) ? before : []), ...values];
    if (isRef(at) && isArray(before)) this.set(at, after);
    else owner.set(key, after);
    return !(isRef(at) && isArray(before));
  }

  /** A drawing and its parts as new objects. */
  addForm({ form, parts }: FormAppearance): PdfRef {
    const refs = parts.map((part) => this.#partRef(part));
    const map = (value: PdfObject): PdfObject => {
      if (isRef(value)) return value.number < 0 ? (refs[-value.number - 1] ?? null) : value;
      if (isArray(value)) return value.map(map);
      if (isDict(value)) return mapDict(value);
      return value;
    };
    const mapDict = (dict: PdfDict): PdfDict =>
      dictOf(new Map([...dict.entries].map(([key, value]): [string, PdfObject] => [key, map(value)])));
    const mapNew = (object: NewObject): NewObject => {
      if (isNewStream(object)) return { ...object, dict: mapDict(object.dict) };
      return isStream(object) ? null : map(object);
    };
    parts.forEach((part, index) => {
      const ref = refs[index];
      if (ref && !this.objects.has(ref.number)) this.set(ref, mapNew(part));
    });
    return this.add(mapNew(form));
  }

  /** Slices of one seal share their parts: the same object is written once. */
  #partRef(part: NewObject): PdfRef {
    const known = typeof part === 'object' && part !== null ? this.#parts.get(part) : undefined;
    const ref = known ?? pdfRef(this.#next++);
    if (typeof part === 'object' && part !== null) this.#parts.set(part, ref);
    return ref;
  }
}
