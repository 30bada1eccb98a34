import { fontError } from './sfnt.js';

/** Items of a CFF INDEX, read when asked for. @source Adobe TN 5176 5 */
export interface CffIndex {
  readonly count: number;
  /** Offset of the byte after it. */
  readonly end: number;
  item(index: number): Uint8Array | undefined;
}

const EMPTY: CffIndex = { count: 0, end: 0, item: () => undefined };

export function readIndex(view: DataView, at: number): CffIndex {
  const count = view.getUint16(at);
  if (count === 0) return { ...EMPTY, end: at + 2 };
  const size = view.getUint8(at + 2);
  if (size < 1 || size > 4) throw fontError('CFF index');
  const base = at + 2 + (count + 1) * size;
  const offset = (index: number): number => {
    let value = 0;
    for (let byte = 0; byte < size; byte += 1) value = value * 256 + view.getUint8(at + 3 + index * size + byte);
    return base + value;
  };
  const item = (index: number): Uint8Array | undefined => {
    if (index < 0 || index >= count) return undefined;
    const start = offset(index);
    const end = offset(index + 1);
    if (end < start || end > view.byteLength) throw fontError('CFF index');
    return new Uint8Array(view.buffer, view.byteOffset + start, end - start);
  };
  return { count, end: offset(count), item };
}

/** Operands by operator; two-byte operators are 1200 + second byte. @source Adobe TN 5176 4 */
export function readDict(bytes: Uint8Array): ReadonlyMap<number, readonly number[]> {
  const dict = new Map<number, number[]>();
  let operands: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at++] ?? 0;
    const next = (): number => bytes[at++] ?? 0;
    if (byte <= 21) {
      dict.set(byte === 12 ? 1200 + next() : byte, operands);
      operands = [];
    } else if (byte === 28) operands.push(((next() << 24) >> 16) | next());
    else if (byte === 29) operands.push((next() << 24) | (next() << 16) | (next() << 8) | next());
    else if (byte === 30) operands.push(readReal(next));
    else if (byte <= 246) operands.push(byte - 139);
    else if (byte <= 250) operands.push((byte - 247) * 256 + next() + 108);
    else operands.push(-(byte - 251) * 256 - next() - 108);
  }
  return dict;
}

function readReal(next: () => number): number {
  let text = '';
  for (let count = 0; count < 32; count += 1) {
    const byte = next();
    for (const nibble of [byte >> 4, byte & 15]) {
      if (nibble === 15) return Number(text);
      text += ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', 'E', 'E-', '', '-'][nibble] ?? '';
    }
  }
  return NaN;
}

/** What is needed to draw the glyphs of a CFF font. */
export interface CffFont {
  readonly charstrings: CffIndex;
  readonly globalSubrs: CffIndex;
  /** Local subroutines of the font dictionary that a glyph belongs to. */
  localSubrs(glyph: number): CffIndex;
}

/** @source Adobe TN 5176; operators 17 CharStrings, 18 Private, 19 Subrs, 12 36 FDArray, 12 37 FDSelect */
export function readCff(view: DataView): CffFont {
  const names = readIndex(view, view.getUint8(2));
  const tops = readIndex(view, names.end);
  const globalSubrs = readIndex(view, readIndex(view, tops.end).end);
  const top = readDict(tops.item(0) ?? new Uint8Array());
  const charstringsAt = top.get(17)?.[0];
  if (charstringsAt === undefined || (top.get(1206)?.[0] ?? 2) !== 2) throw fontError('CFF without Type 2 outlines');
  const charstrings = readIndex(view, charstringsAt);
  const arrayAt = top.get(1236)?.[0];
  const selectAt = top.get(1237)?.[0];
  if (arrayAt === undefined || selectAt === undefined) {
    const local = privateSubrs(view, top);
    return { charstrings, globalSubrs, localSubrs: () => local };
  }
  const array = readIndex(view, arrayAt);
  const known = new Map<number, CffIndex>();
  const localSubrs = (glyph: number): CffIndex => {
    const number = selectFont(view, selectAt, glyph);
    const local = known.get(number) ?? privateSubrs(view, readDict(array.item(number) ?? new Uint8Array()));
    known.set(number, local);
    return local;
  };
  return { charstrings, globalSubrs, localSubrs };
}

function privateSubrs(view: DataView, dict: ReadonlyMap<number, readonly number[]>): CffIndex {
  const [size, at] = dict.get(18) ?? [];
  if (size === undefined || at === undefined || at < 0 || size < 0 || at + size > view.byteLength) return EMPTY;
  const offset = readDict(new Uint8Array(view.buffer, view.byteOffset + at, size)).get(19)?.[0];
  return offset === undefined ? EMPTY : readIndex(view, at + offset);
}

function selectFont(view: DataView, at: number, glyph: number): number {
  const format = view.getUint8(at);
  if (format === 0) return view.getUint8(at + 1 + glyph);
  if (format !== 3) throw fontError('CFF FDSelect');
  const count = view.getUint16(at + 1);
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (view.getUint16(at + 3 + middle * 3) <= glyph) low = middle;
    else high = middle - 1;
  }
  return view.getUint8(at + 5 + low * 3);
}
