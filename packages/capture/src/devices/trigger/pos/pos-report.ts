import { symbologyOf, type Symbology } from './symbology.js';

/** A barcode of a scanner. */
export interface PosBarcode {
  readonly text: string;
  readonly symbology?: Symbology;
}

/** What one report brought. `malformed` is skipped, with what was pending. */
export type PosResult =
  | { readonly status: 'pending' }
  | { readonly status: 'barcode'; readonly barcode: PosBarcode }
  | { readonly status: 'malformed' };

/** Id of the report with decoded data. */
export const POS_REPORT_ID = 2;

/** Layout of the report without its id: length, identifier, data, maker's symbology (60), reserved, more (62). */
const DATA_END = 60;
const MORE = 62;
const REPORT_BYTES = 63;
/** QR version 40 in bytes, the most of any symbology. @source ISO/IEC 18004:2015 table 7 */
const MAX_BYTES = 7_089;
const BRACKET = 0x5d;

/**
 * Joins reports of a scanner to barcodes. Keeps one barcode at most.
 * @source USB HID Point of Sale Usage Tables 1.02, usage page 0x8C
 */
export class PosAssembler {
  #bytes: number[] = [];

  /** Takes the data of the next report with id 2, in order. */
  push(report: Uint8Array): PosResult {
    // Some scanners put a byte before the identifier.
    const lead = [1, 2].find((at) => report[at] === BRACKET);
    const length = report[0] ?? 0;
    const start = (lead ?? 0) + 3;
    if (lead === undefined || report.length < REPORT_BYTES || start + length > DATA_END) return this.#malformed();
    this.#bytes.push(...report.subarray(start, start + length));
    if (this.#bytes.length > MAX_BYTES) return this.#malformed();
    if (report[MORE]) return { status: 'pending' };
    const symbology = symbologyOf(String.fromCharCode(...report.subarray(lead, lead + 3)));
    const text = decode(Uint8Array.from(this.#bytes)).replace(/[\r\n]+$/, '');
    this.reset();
    if (text === '') return { status: 'malformed' };
    return { status: 'barcode', barcode: { text, ...(symbology ? { symbology } : {}) } };
  }

  /** Forgets what is pending. */
  reset(): void {
    this.#bytes = [];
  }

  #malformed(): PosResult {
    this.reset();
    return { status: 'malformed' };
  }
}

/** UTF-8 where the bytes are that, otherwise one character a byte. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}
