import { isArray, isDict, pdfType, type PdfDict, type PdfObject } from '../../objects.js';
import { limits } from '../limits.js';
import { beyondLimit, malformed } from '../read-errors.js';
import { inflate } from './inflate.js';
import { undoPredictor } from './predictors.js';

/** One filter with its parameters, all references resolved. */
export interface FilterStep {
  readonly name: string;
  readonly parms: ReadonlyMap<string, PdfObject>;
}

/** Short names of inline images, which some writers also use for streams. @source ISO 32000-2 table 92 */
const SHORT: Readonly<Record<string, string>> = {
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  LZW: 'LZWDecode',
  Fl: 'FlateDecode',
  RL: 'RunLengthDecode',
};

/** Filters of a stream in the order in which they are undone. */
export async function filterSteps(
  dict: PdfDict,
  resolve: (value: PdfObject | undefined) => Promise<PdfObject>,
): Promise<readonly FilterStep[]> {
  const filter = await resolve(dict.entries.get('Filter'));
  if (filter === null) return [];
  const parms = await resolve(dict.entries.get('DecodeParms') ?? dict.entries.get('DP'));
  const names = isArray(filter) ? filter : [filter];
  if (names.length > limits.filters) throw beyondLimit('filters');
  const steps: FilterStep[] = [];
  for (const [index, value] of names.entries()) {
    const name = await resolve(value);
    if (pdfType(name) !== 'name') throw malformed('filter');
    const own = await resolve(isArray(parms) ? parms[index] : index === 0 ? parms : null);
    const resolved = new Map<string, PdfObject>();
    if (isDict(own)) for (const [key, entry] of own.entries) resolved.set(key, await resolve(entry));
    steps.push({ name: (name as { readonly value: string }).value, parms: resolved });
  }
  return steps;
}

/** How far and with whom. */
export interface DecodeOptions {
  /** Most bytes that may come out of any filter. */
  readonly maxBytes: number;
  /** Hears of data whose checksum is missing or wrong. */
  readonly onChecksum?: () => void;
}

/** Undoes filters of structure data; a filter of pictures is `pdf-malformed` with reason `filter-unsupported`. */
export async function decodeFilters(
  bytes: Uint8Array,
  steps: readonly FilterStep[],
  options: DecodeOptions,
): Promise<Uint8Array> {
  let decoded = bytes;
  for (const step of steps) decoded = await decodeStep(decoded, step, options);
  if (decoded.byteLength > options.maxBytes) throw beyondLimit('decoded-size');
  return decoded;
}

async function decodeStep(
  bytes: Uint8Array,
  { name, parms }: FilterStep,
  { maxBytes, onChecksum }: DecodeOptions,
): Promise<Uint8Array> {
  const number = (key: string, otherwise: number): number => {
    const value = parms.get(key);
    return typeof value === 'number' ? value : otherwise;
  };
  const predictor = number('Predictor', 1);
  const predictorParms = {
    predictor,
    colors: number('Colors', 1),
    bitsPerComponent: number('BitsPerComponent', 8),
    columns: number('Columns', 1),
  };
  // A row of a PNG predictor has one byte more than comes out of it.
  const room = predictor >= 10 ? maxBytes * 2 + 65_536 : maxBytes;
  const full = SHORT[name] ?? name;
  if (full === 'Crypt') return bytes;
  if (full === 'FlateDecode') {
    const inflated = inflate(bytes, room);
    if (!inflated.checked) onChecksum?.();
    return undoPredictor(inflated.bytes, predictorParms);
  }
  // What few files have comes in a part of its own.
  const { ascii85, asciiHex, lzw, runLength } = await import('./rare-filters.js');
  if (full === 'LZWDecode') return undoPredictor(lzw(bytes, room, number('EarlyChange', 1)), predictorParms);
  if (full === 'ASCIIHexDecode') return asciiHex(bytes, maxBytes);
  if (full === 'ASCII85Decode') return ascii85(bytes, maxBytes);
  if (full === 'RunLengthDecode') return runLength(bytes, maxBytes);
  throw malformed('filter-unsupported');
}
