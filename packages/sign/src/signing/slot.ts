import { signError } from '../errors/sign-codes.js';
import { pdfName, pdfString, type PdfObject } from '../pdf/objects.js';
import type { Increment, Span } from '../pdf/write/index.js';
import { ByteWriter } from '../pdf/write/byte-writer.js';
import type { Changes, Entries } from './changes.js';
import { dictOf } from './changes.js';
import type { SigningDocument } from './document.js';
import type { AddedSignature } from './types.js';

/** Room for any offset below 10 GB. @source ISO 32000-2 12.8.1 */
const WIDE = 9_999_999_999;

/** An increment whose signature value is still missing. */
export interface Prepared {
  readonly increment: Increment;
  /** From `<` to behind `>` of /Contents. */
  readonly hole: Span;
  readonly byteRange: readonly [number, number, number, number];
}

/** The signature dictionary with its empty slot. Both values are direct. @source ISO 32000-2 12.8.1 table 255 */
export class SignatureSlot {
  readonly #contents: PdfObject & object;
  readonly #range: PdfObject & object = [0, WIDE, WIDE, WIDE];

  constructor(slotBytes: number) {
    this.#contents = pdfString(new Uint8Array(slotBytes));
  }

  /** The dictionary: identity first, then what the caller adds. */
  dictionary(type: 'Sig' | 'DocTimeStamp', filter: string, subFilter: string, more: Entries): PdfObject {
    return dictOf(
      new Map<string, PdfObject>([
        ['Type', pdfName(type)],
        ['Filter', pdfName(filter)],
        ['SubFilter', pdfName(subFilter)],
        ['ByteRange', this.#range],
        ['Contents', this.#contents],
        ...more,
      ]),
    );
  }

  /** Builds the increment and writes the byte range into it. */
  async build(changes: Changes): Promise<Prepared> {
    const increment = await changes.build([this.#contents, this.#range]);
    const base = changes.file.source.sizeBytes;
    const hole = increment.spans.get(this.#contents) ?? [0, 0];
    const [from, to] = increment.spans.get(this.#range) ?? [0, 0];
    const byteRange = [0, hole[0], hole[1], base + increment.bytes.byteLength - hole[1]] as const;
    const text = new ByteWriter();
    text.text(`[${byteRange.join(' ')}]`.padEnd(to - from));
    increment.bytes.set(text.bytes(), from - base);
    return { increment, hole, byteRange };
  }
}

/** True when the value fits the slot. */
export const fits = ({ hole: [from, to] }: Prepared, value: Uint8Array): boolean =>
  value.byteLength * 2 <= to - from - 2;

/** Puts the value into its slot and appends the increment. Errors: `signature-slot-small`. */
export async function fillSlot(
  document: SigningDocument,
  prepared: Prepared,
  value: Uint8Array,
  added: Pick<AddedSignature, 'kind' | 'fieldName'>,
): Promise<void> {
  if (!fits(prepared, value)) throw signError('signature-slot-small', { details: { valueBytes: value.byteLength } });
  const hex = new ByteWriter();
  hex.hex(value);
  prepared.increment.bytes.set(hex.bytes(), prepared.hole[0] + 1 - document.file.source.sizeBytes);
  await document.append(prepared.increment, {
    ...added,
    byteRange: prepared.byteRange,
    valueBytes: value.byteLength,
  });
}
