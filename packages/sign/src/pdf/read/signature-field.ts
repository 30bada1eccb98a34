import type { PdfDict, PdfRef } from '../objects.js';

/** Which fields a lock or a FieldMDP transform concerns. @source ISO 32000-2 table 236, 12.8.2.4 */
export interface FieldSelection {
  readonly action: 'All' | 'Include' | 'Exclude';
  /** Fully qualified names; empty for `All`. */
  readonly fields: readonly string[];
}

/** The /Lock of a field: what signing it shall lock. @source ISO 32000-2 table 236 */
export interface FieldLock extends FieldSelection {
  /** Permissions that signing sets for the whole document. */
  readonly permissions?: 1 | 2 | 3;
}

/** The /V of a signature field, as it stands in the file; nothing in it is checked yet. */
export interface SignatureValue {
  /** Undefined when the dictionary stands directly in the field. */
  readonly ref: PdfRef | undefined;
  /** Empty when /V is no dictionary or leads nowhere; see `problem`. */
  readonly dict: PdfDict;
  /** Set when /V is there but is no dictionary: never "not signed". */
  readonly problem?: 'not-a-dictionary' | 'missing-object';
  readonly kind: 'Sig' | 'DocTimeStamp';
  readonly filter: string | undefined;
  readonly subFilter: string | undefined;
  /** The numbers of /ByteRange as they are; undefined when it is absent or no array of numbers. */
  readonly byteRange: readonly number[] | undefined;
  /** Bytes of /Contents with the padding of the slot; undefined when it is absent or no string. */
  readonly contents: Uint8Array | undefined;
  /** Where `<...>` (or `(...)`) of /Contents stands in the file; undefined when it stands inside an object stream. */
  readonly contentsSpan: readonly [offset: number, lengthBytes: number] | undefined;
  /** Claimed time /M as text. */
  readonly mByM?: string;
  /** P of the DocMDP transform in /Reference; 2 when it names none. */
  readonly docMdp?: 1 | 2 | 3;
  /** /Perms /DocMDP of the catalog names this signature. */
  readonly certifies: boolean;
  readonly fieldMdp?: FieldSelection;
  /** Index of the revision that wrote the value in force. */
  readonly revision: number;
}

/** A field of type Sig. */
export interface SignatureField {
  /** Fully qualified name, parts joined by `.`. */
  readonly name: string;
  /** Undefined when the field stands directly in /Fields, which the standard forbids. */
  readonly fieldRef: PdfRef | undefined;
  /** Widgets of the field; the field itself when both are one dictionary. */
  readonly widgetRefs: readonly PdfRef[];
  /** Zero-based page of each widget; -1 when no page lists it. */
  readonly pageIndexes: readonly number[];
  /** Rectangle of the first widget in points: left, bottom, right, top. */
  readonly rect: readonly [number, number, number, number] | undefined;
  /** The field dictionary. */
  readonly dict: PdfDict;
  readonly lock?: FieldLock;
  readonly value?: SignatureValue;
}
