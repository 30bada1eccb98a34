import { AnjuanError } from '@anjuan/core';
import { isDict, isName, isString, type PdfDict, type PdfObject } from '../objects.js';

/** How a class of data is encrypted. */
export type CryptMethod = 'Identity' | 'V2' | 'AESV2' | 'AESV3';

/** An /Encrypt dictionary of the standard handler, checked. @source ISO 32000-2 tables 20, 21, 25 */
export interface EncryptDict {
  readonly revision: number;
  readonly keyBytes: number;
  readonly o: Uint8Array;
  readonly u: Uint8Array;
  readonly oe: Uint8Array;
  readonly ue: Uint8Array;
  readonly permissions: number;
  readonly encryptMetadata: boolean;
  /** First part of the file's /ID. */
  readonly id: Uint8Array;
  readonly streams: CryptMethod;
  readonly strings: CryptMethod;
  readonly embeddedFiles: CryptMethod;
  /** Crypt filters by name. */
  readonly filters: ReadonlyMap<string, CryptMethod>;
}

/** `pdf-encrypted` with a reason. */
export const cannotOpen = (reason: 'handler-unsupported' | 'password-wrong' | 'password-missing'): AnjuanError =>
  new AnjuanError('pdf-encrypted', { details: { reason } });

const damaged = (): AnjuanError => new AnjuanError('pdf-malformed', { details: { reason: 'encrypt' } });

/** Errors: `pdf-encrypted` for other handlers, `pdf-malformed`. */
export function readEncryptDict({ entries }: PdfDict, id: Uint8Array): EncryptDict {
  const number = (key: string, otherwise?: number): number => {
    const value = entries.get(key) ?? otherwise;
    if (typeof value !== 'number') throw damaged();
    return value;
  };
  const bytes = (key: string, length: number): Uint8Array => {
    const value = entries.get(key);
    if (!isString(value) || value.bytes.byteLength < length) throw damaged();
    return value.bytes;
  };
  if (!isName(entries.get('Filter'), 'Standard')) throw cannotOpen('handler-unsupported');
  const version = number('V', 0);
  const revision = number('R');
  const pairs: Readonly<Record<number, readonly number[]>> = { 1: [2, 3], 2: [3], 4: [4], 5: [5, 6] };
  if (pairs[version]?.includes(revision) !== true) throw cannotOpen('handler-unsupported');
  const long = revision >= 5;
  const keyBits = version === 1 ? 40 : version === 4 ? 128 : long ? 256 : number('Length', 40);
  if (keyBits % 8 !== 0 || keyBits < 40 || keyBits > (long ? 256 : 128)) throw damaged();
  const filters = version >= 4 ? cryptFilters(entries.get('CF')) : new Map<string, CryptMethod>();
  const method = (key: string, otherwise: CryptMethod): CryptMethod => {
    if (version < 4) return 'V2';
    const name = entries.get(key);
    return name === undefined || name === null ? otherwise : filterMethod(filters, name);
  };
  const streams = method('StmF', 'Identity');
  return {
    revision,
    keyBytes: keyBits / 8,
    o: bytes('O', long ? 48 : 32),
    u: bytes('U', long ? 48 : revision === 2 ? 32 : 16),
    oe: long ? bytes('OE', 32) : new Uint8Array(),
    ue: long ? bytes('UE', 32) : new Uint8Array(),
    permissions: number('P') | 0,
    encryptMetadata: entries.get('EncryptMetadata') !== false,
    id,
    streams,
    strings: method('StrF', 'Identity'),
    embeddedFiles: method('EFF', streams),
    filters,
  };
}

/** @source ISO 32000-2 7.6.6 */
function cryptFilters(value: PdfObject | undefined): ReadonlyMap<string, CryptMethod> {
  const filters = new Map<string, CryptMethod>();
  for (const [name, filter] of isDict(value) ? value.entries : []) {
    const cfm = isDict(filter) ? filter.entries.get('CFM') : undefined;
    const method = isName(cfm) ? cfm.value : 'None';
    if (method === 'V2' || method === 'AESV2' || method === 'AESV3') filters.set(name, method);
  }
  return filters;
}

/** Errors: `pdf-encrypted` when the filter is not one of the standard handler. */
export function filterMethod(filters: ReadonlyMap<string, CryptMethod>, name: PdfObject): CryptMethod {
  if (isName(name, 'Identity')) return 'Identity';
  const method = isName(name) ? filters.get(name.value) : undefined;
  if (method === undefined) throw cannotOpen('handler-unsupported');
  return method;
}
