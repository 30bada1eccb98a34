import { bytesSource, joinBytes } from '../../bytes/byte-source.js';
import {
  isDict,
  isRef,
  isStream,
  type NewObject,
  type NewStream,
  type PdfDict,
  type PdfObject,
  type PdfRef,
} from '../../pdf/objects.js';
import type { PdfFile } from '../../pdf/pdf-file.js';
import { listPages, openPdf } from '../../pdf/read/index.js';
import { ObjectParser } from '../../pdf/read/object-parser.js';
import { buildIncrement } from '../../pdf/write/index.js';

export const toBytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (char) => char.charCodeAt(0));
export const toText = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
};

/** An object written as it stands in a file. */
export const pdf = (text: string): PdfObject =>
  new ObjectParser({ bytes: toBytes(text), base: 0, complete: true, note: () => undefined }).object();

/** A dictionary written without its brackets. */
export const dictText = (text: string): PdfDict => pdf(`<< ${text} >>`) as PdfDict;

/** A stream with the content as it is. */
export const stream = (content: string, dict = ''): NewStream => ({
  type: 'new-stream',
  dict: dictText(dict),
  bytes: toBytes(content),
});

/** A form XObject of 200 by 20 points. */
export const form = (content: string, more = ''): NewStream =>
  stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 200 20] ${more}`);

export const at = ({ number, generation }: PdfRef): string => `${String(number)} ${String(generation)} R`;

/** One more revision of a file, made by a writer that serves every kind of file; what it says is up to the caller. */
export class Edit {
  readonly file: PdfFile;
  readonly bytes: Uint8Array;
  readonly objects = new Map<number, NewObject>();
  readonly catalog: PdfRef;
  #next: number;

  private constructor(file: PdfFile, bytes: Uint8Array, catalog: PdfRef) {
    this.file = file;
    this.bytes = bytes;
    this.catalog = catalog;
    this.#next = file.size;
  }

  static async open(bytes: Uint8Array, password?: string): Promise<Edit> {
    const file = await openPdf(bytesSource(bytes), password === undefined ? {} : { password });
    const root = file.trailer.entries.get('Root');
    if (!isRef(root)) throw new RangeError('No catalog');
    return new Edit(file, bytes, root);
  }

  async page(index = 0): Promise<PdfRef> {
    const page = (await listPages(this.file))[index];
    if (!page) throw new RangeError('No such page');
    return page.ref;
  }

  /** What is behind a key of an object; a reference is not followed. */
  async value(ref: PdfRef, key: string): Promise<PdfObject> {
    return (await this.entries(ref)).get(key) ?? null;
  }

  async ref(ref: PdfRef, key: string): Promise<PdfRef> {
    const value = await this.value(ref, key);
    if (!isRef(value)) throw new RangeError(`${key} is no reference`);
    return value;
  }

  async entries(ref: PdfRef): Promise<Map<string, PdfObject>> {
    const known = this.objects.get(ref.number) ?? (await this.file.get(ref));
    const dict = known !== null && typeof known === 'object' && 'dict' in known ? known.dict : (known as PdfObject);
    return new Map(isDict(dict) ? dict.entries : []);
  }

  add(object: NewObject): PdfRef {
    const number = this.#next++;
    this.objects.set(number, object);
    return { type: 'ref', number, generation: 0 };
  }

  put(ref: PdfRef, object: NewObject): this {
    this.objects.set(ref.number, object);
    return this;
  }

  /** Sets entries written as text; an empty text removes one. */
  async set(ref: PdfRef, changes: Readonly<Record<string, string | PdfObject>>): Promise<this> {
    const entries = await this.entries(ref);
    for (const [key, value] of Object.entries(changes)) {
      if (value === '') entries.delete(key);
      else entries.set(key, typeof value === 'string' ? pdf(value) : value);
    }
    const old = await this.file.get(ref);
    if (isStream(old) && !this.objects.has(ref.number)) {
      for (const key of ['Filter', 'DecodeParms']) entries.delete(key);
      return this.put(ref, { type: 'new-stream', dict: { type: 'dict', entries }, bytes: await this.file.decode(old) });
    }
    return this.put(ref, { type: 'dict', entries });
  }

  /** Appends to an array under a key, which may be behind a reference. */
  async push(ref: PdfRef, key: string, ...items: readonly PdfObject[]): Promise<this> {
    const value = await this.value(ref, key);
    const list = isRef(value)
      ? ((this.objects.get(value.number) as PdfObject | undefined) ?? (await this.file.get(value)))
      : value;
    const grown = [...(Array.isArray(list) ? (list as readonly PdfObject[]) : []), ...items];
    if (isRef(value)) return this.put(value, grown);
    return this.set(ref, { [key]: grown });
  }

  async build(): Promise<Uint8Array<ArrayBuffer>> {
    const { bytes } = await buildIncrement(this.file, { objects: this.objects });
    return joinBytes([this.bytes, bytes]);
  }
}
