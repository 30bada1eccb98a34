import type { Ink } from '../ink/ink.js';
import type { FormAppearance } from './appearance.js';
import type { SignatureFont } from './font/signature-font.js';
import type { Seal } from './seal/seal.js';

/** A line as the caller words it. */
export interface SignatureLine {
  readonly text: string;
  /** Height of the characters in millimetres; default as large as fits, at most 3.5. */
  readonly sizeMm?: number;
}

/** What a visible signature says; every part may be absent. @source 21 CFR 11.50: name, time, meaning */
export interface SignatureWords {
  readonly name?: string;
  readonly reason?: string;
  /** Such as `审核` or `知情同意`. */
  readonly meaning?: string;
  /** ISO 8601; shown as it stands there, `2026-03-02 09:12`, never moved into another time zone. */
  readonly time?: string;
}

/** How a visible signature looks. */
export interface SignatureAppearanceOptions {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Lines in the caller's words, or the parts with labels in the language of `locale`. Default no text. */
  readonly text?: readonly SignatureLine[] | SignatureWords;
  /** Handwriting, drawn as vectors. */
  readonly ink?: Ink;
  /** Outlines of the handwriting in hundredths of a millimetre, y down, instead of those that `ink` gives. */
  readonly inkOutlines?: readonly (readonly (readonly [x: number, y: number])[])[];
  /** Seal or picture; stands under the ink when both are given. */
  readonly seal?: Seal;
  /** Says visibly that the key is a test key. */
  readonly testMark: boolean;
  /** Default `zh-CN`. */
  readonly locale?: 'zh-CN' | 'en';
  /** Needed for text and test mark. */
  readonly font?: SignatureFont;
}

/**
 * A visible signature as a Form XObject: handwriting or seal beside its text. Text is searchable (embedded font subset) and fits or ends
 * with an ellipsis, never cut. Nothing refers to fonts outside the file. Errors: `invalid-argument` with details.reason.
 */
export async function signatureAppearance(options: SignatureAppearanceOptions): Promise<FormAppearance> {
  throw new Error(String(options.widthMm));
}
