import { isArray, isDict, pdfType, type PdfDict, type PdfObject } from '../../objects.js';
import { limits } from '../limits.js';
import { beyondLimit, malformed } from '../read-errors.js';
import { inflate } from './inflate.js';
import { lzw } from './lzw.js';
import { undoPredictor } from './predictors.js';
import { ascii85, asciiHex, runLength } from './text-filters.js';

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

/** Undoes filters of structure data; a filter of pictures is `pdf-malformed` with reason `filter-unsupported`. */
export function decodeFilters(bytes: Uint8Array, steps: readonly FilterStep[], maxBytes: number): Uint8Array {
  const decoded = steps.reduce((data, step) => decodeStep(data, step, maxBytes), bytes);
  if (decoded.byteLength > maxBytes) throw beyondLimit('decoded-size');
  return decoded;
}

function decodeStep(bytes: Uint8Array, { name, parms }: FilterStep, maxBytes: number): Uint8Array {
  const number = (key: string, otherwise: number): number => {
    const value = parms.get(key);
    return typeof value === 'number' ? value : otherwise;
  };
  const predict = (data: Uint8Array): Uint8Array =>
    undoPredictor(data, {
      predictor: number('Predictor', 1),
      colors: number('Colors', 1),
      bitsPerComponent: number('BitsPerComponent', 8),
      columns: number('Columns', 1),
    });
  // A row of a PNG predictor has one byte more than comes out of it.
  const room = maxBytes * 2 + 65_536;
  switch (SHORT[name] ?? name) {
    case 'FlateDecode':
      return predict(inflate(bytes, number('Predictor', 1) >= 10 ? room : maxBytes).bytes);
    case 'LZWDecode':
      return predict(lzw(bytes, number('Predictor', 1) >= 10 ? room : maxBytes, number('EarlyChange', 1)));
    case 'ASCIIHexDecode':
      return asciiHex(bytes, maxBytes);
    case 'ASCII85Decode':
      return ascii85(bytes, maxBytes);
    case 'RunLengthDecode':
      return runLength(bytes, maxBytes);
    case 'Crypt':
      return bytes;
    default:
      throw malformed('filter-unsupported');
  }
}
