import { AnjuanError } from '@anjuan/core';
import { crc16 } from './crc16.js';

/** What a sheet between documents says. */
export interface Separator {
  /** `document`: a new document begins. `cover`: a new stay begins, and with it a new document. */
  readonly type: 'document' | 'cover';
  /** Id of the encounter that the following pages belong to. 1 to 64 characters. */
  readonly encounter?: string;
  /** Code of the document tree for the following document. 1 to 32 letters, digits, `.`, `_`, `-`. */
  readonly category?: string;
  /** Number of the sheet in its print run, 0 to 99,999,999. */
  readonly seq?: number;
}

/**
 * What a barcode text is. `damaged`: one of our sheets, but not to be trusted: `checksum` (misread or cut), `version`
 * (printed by a newer version), `fields` (right checksum, impossible content).
 */
export type SeparatorReading =
  | { readonly status: 'separator'; readonly separator: Separator }
  | { readonly status: 'not-ours' }
  | { readonly status: 'damaged'; readonly reason: 'checksum' | 'version' | 'fields' };

const MARK = 'ANJ';
const VERSION = '1';
const TYPES = { D: 'document', C: 'cover' } as const;
/** Far above the longest text that `formatSeparator` makes (three bytes each become nine characters). */
const MAX_TEXT = 1024;
const CATEGORY = /^[A-Za-z0-9._-]{1,32}$/;

/**
 * The text of a sheet's QR code: `ANJ:1:D:encounter:category:seq:crc`, fields percent-encoded, CRC-16/CCITT of everything
 * before it as four hex digits. With ids in capitals the QR code uses its compact alphabet. Errors: `invalid-argument`.
 */
export function formatSeparator(separator: Separator): string {
  if (!isPossible(separator)) throw new AnjuanError('invalid-argument', { details: { argument: 'separator' } });
  const { type, encounter = '', category = '', seq } = separator;
  const letter = type === 'document' ? 'D' : 'C';
  const fields = [MARK, VERSION, letter, encodeURIComponent(encounter), category, seq === undefined ? '' : String(seq)];
  const body = `${fields.join(':')}:`;
  return body + checksum(body);
}

/** Reads the text of any barcode. Never throws. */
export function parseSeparator(text: string): SeparatorReading {
  if (!text.startsWith(`${MARK}:`)) return { status: 'not-ours' };
  const at = text.lastIndexOf(':') + 1;
  if (text.length > MAX_TEXT || checksum(text.slice(0, at)) !== text.slice(at)) return damaged('checksum');
  const [, version, letter, encounter = '', category = '', seq = '', ...rest] = text.split(':');
  if (version !== VERSION) return damaged('version');
  const type = letter === 'D' || letter === 'C' ? TYPES[letter] : undefined;
  const decoded = decode(encounter);
  if (!type || decoded === undefined || rest.length !== 1 || !/^\d{0,8}$/.test(seq)) return damaged('fields');
  const separator: Separator = {
    type,
    ...(decoded === '' ? {} : { encounter: decoded }),
    ...(category === '' ? {} : { category }),
    ...(seq === '' ? {} : { seq: Number(seq) }),
  };
  return isPossible(separator) ? { status: 'separator', separator } : damaged('fields');
}

/** The separator among the codes of a page; a good one counts more than a damaged one. Undefined when there is none. */
export function findSeparator(codes: readonly { readonly text: string }[]): Separator | undefined {
  for (const { text } of codes) {
    const reading = parseSeparator(text);
    if (reading.status === 'separator') return reading.separator;
  }
  return undefined;
}

function isPossible({ type, encounter, category, seq }: Separator): boolean {
  if (type !== 'document' && type !== 'cover') return false;
  if (encounter !== undefined && (encounter.length < 1 || encounter.length > 64)) return false;
  if (encounter !== undefined && /[\p{Cc}\p{Cs}]/u.test(encounter)) return false;
  if (category !== undefined && !CATEGORY.test(category)) return false;
  return seq === undefined || (Number.isInteger(seq) && seq >= 0 && seq <= 99_999_999);
}

const checksum = (body: string): string =>
  crc16(new TextEncoder().encode(body)).toString(16).toUpperCase().padStart(4, '0');

const damaged = (reason: 'checksum' | 'version' | 'fields'): SeparatorReading => ({ status: 'damaged', reason });

function decode(field: string): string | undefined {
  try {
    return decodeURIComponent(field);
  } catch {
    return undefined;
  }
}
