/**
 * A name such as `/Type`, without the slash and with its `#` escapes undone: one character per byte (U+0000-U+00FF), so
 * that nothing is lost. A writer takes characters above U+00FF as UTF-8.
 */
export interface PdfName {
  readonly type: 'name';
  readonly value: string;
}

/** A string; decrypted when the file is encrypted. `form` is how it stood in the file. */
export interface PdfString {
  readonly type: 'string';
  readonly bytes: Uint8Array;
  readonly form: 'literal' | 'hex';
}

/** An indirect reference. In new parts (see `NewObject`) a negative number -n means the n-th part. */
export interface PdfRef {
  readonly type: 'ref';
  readonly number: number;
  readonly generation: number;
}

/** A dictionary; keys without the slash. */
export interface PdfDict {
  readonly type: 'dict';
  readonly entries: ReadonlyMap<string, PdfObject>;
}

/** A stream of the file: where its raw bytes are, nothing read yet. */
export interface PdfStream {
  readonly type: 'stream';
  readonly dict: PdfDict;
  /** Offset of the first raw byte in the file. */
  readonly offset: number;
  /** Raw length in bytes. */
  readonly lengthBytes: number;
  /** The indirect object that the stream is; needed to decrypt it. */
  readonly owner?: PdfRef;
}

/** Any object of a PDF file. Integers and reals are numbers. @source ISO 32000-2 7.3 */
export type PdfObject =
  null | boolean | number | PdfName | PdfString | PdfRef | readonly PdfObject[] | PdfDict | PdfStream;

/** A stream that is to be written: raw bytes as they shall stand (the dictionary names their filters), without /Length. */
export interface NewStream {
  readonly type: 'new-stream';
  readonly dict: PdfDict;
  readonly bytes: Uint8Array;
}

/** What a new indirect object holds. */
export type NewObject = PdfObject | NewStream;

export const pdfName = (value: string): PdfName => ({ type: 'name', value });
export const pdfRef = (number: number, generation = 0): PdfRef => ({ type: 'ref', number, generation });
export const pdfDict = (entries: Readonly<Record<string, PdfObject>>): PdfDict => ({
  type: 'dict',
  entries: new Map(Object.entries(entries)),
});
export const pdfString = (bytes: Uint8Array, form: PdfString['form'] = 'hex'): PdfString => ({
  type: 'string',
  bytes,
  form,
});

/** Discriminator of an object that may be a plain value. */
export function pdfType(
  value: PdfObject | undefined,
): 'absent' | 'null' | 'boolean' | 'number' | 'array' | 'name' | 'string' | 'ref' | 'dict' | 'stream' {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  return 'type' in value ? value.type : 'array';
}

export const isName = (value: PdfObject | undefined, name?: string): value is PdfName =>
  pdfType(value) === 'name' && (name === undefined || (value as PdfName).value === name);
export const isString = (value: PdfObject | undefined): value is PdfString => pdfType(value) === 'string';
export const isRef = (value: PdfObject | undefined): value is PdfRef => pdfType(value) === 'ref';
export const isDict = (value: PdfObject | undefined): value is PdfDict => pdfType(value) === 'dict';
export const isStream = (value: PdfObject | undefined): value is PdfStream => pdfType(value) === 'stream';
export const isArray = (value: PdfObject | undefined): value is readonly PdfObject[] => Array.isArray(value);
