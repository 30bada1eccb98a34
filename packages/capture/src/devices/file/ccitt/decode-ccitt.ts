import { BitReader } from './bit-reader.js';
import { RUN_BITS, runTables } from './run-codes.js';

/** Parameters of a fax-coded picture. */
export interface CcittOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `g4`: T.6; `g3`: T.4, one- or two-dimensional as its end-of-line codes say; `mh`: rows without them. */
  readonly scheme: 'g4' | 'g3' | 'mh';
  /** T.4 with two-dimensional rows. Default false. */
  readonly twoDimensional?: boolean;
  /** Each row begins at a whole byte. Default: true for `mh`. */
  readonly byteAligned?: boolean;
}

/** Mode codes by the next 7 bits. @source ITU-T T.4 table 4 */
type Mode = 'pass' | 'horizontal' | -3 | -2 | -1 | 0 | 1 | 2 | 3 | undefined;

/**
 * Rows of a fax-coded picture, 1 for black, each row padded to whole bytes. Undefined when the data break off or make no sense
 * before the last row; never reads or writes outside, whatever the data. @source ITU-T T.4, T.6
 */
export function decodeCcitt(data: Uint8Array, options: CcittOptions): Uint8Array | undefined {
  const { widthPx, heightPx, scheme } = options;
  const reader = new BitReader(data);
  const rowBytes = Math.ceil(widthPx / 8);
  const out = new Uint8Array(rowBytes * heightPx);
  let reference = new Int32Array(widthPx + 3).fill(widthPx);
  let current = new Int32Array(widthPx + 3).fill(widthPx);
  for (let y = 0; y < heightPx; y += 1) {
    if (reader.atEnd) return undefined;
    if (options.byteAligned ?? scheme === 'mh') reader.align();
    const plain = scheme === 'g4' ? false : startsPlain(reader, options);
    const count = plain ? readPlainRow(reader, current, widthPx) : readCodedRow(reader, reference, current, widthPx);
    if (count === undefined) return undefined;
    current.fill(widthPx, count, Math.min(current.length, count + 3));
    paintRow(out.subarray(y * rowBytes, (y + 1) * rowBytes), current, count, widthPx);
    [reference, current] = [current, reference];
  }
  return out;
}

/** Skips fill and the end-of-line code; true for a row coded by itself. */
function startsPlain(reader: BitReader, { scheme, twoDimensional }: CcittOptions): boolean {
  if (scheme === 'mh') return true;
  while (reader.peek(12) === 0 && !reader.atEnd) reader.skip(1);
  if (reader.peek(12) === 1) reader.skip(12);
  if (twoDimensional !== true) return true;
  const plain = reader.peek(1) === 1;
  reader.skip(1);
  return plain;
}

/** Changes of colour of a row that is coded by itself. */
function readPlainRow(reader: BitReader, current: Int32Array, widthPx: number): number | undefined {
  let at = 0;
  let count = 0;
  while (at < widthPx) {
    const run = readRun(reader, count & 1);
    if (run === undefined || at + run > widthPx || count >= widthPx + 2) return undefined;
    at += run;
    current[count] = at;
    count += 1;
  }
  return count;
}

/** Changes of colour of a row that is coded against the one before. */
function readCodedRow(
  reader: BitReader,
  reference: Int32Array,
  current: Int32Array,
  widthPx: number,
): number | undefined {
  let a0 = -1;
  let count = 0;
  let colour = 0;
  let other = 0;
  while (a0 < widthPx) {
    if (count > widthPx) return undefined;
    if (other > 0) other -= 1;
    if ((other & 1) !== colour) other += other > 0 ? -1 : 1;
    while ((reference[other] ?? widthPx) <= a0 && (reference[other] ?? widthPx) < widthPx) other += 2;
    const b1 = reference[other] ?? widthPx;
    const mode = readMode(reader);
    if (mode === undefined) return undefined;
    if (mode === 'pass') a0 = reference[other + 1] ?? widthPx;
    else if (mode === 'horizontal') {
      const first = readRun(reader, colour);
      const second = readRun(reader, 1 - colour);
      if (first === undefined || second === undefined) return undefined;
      const a1 = Math.max(a0, 0) + first;
      const a2 = a1 + second;
      if (a2 > widthPx) return undefined;
      current[count] = a1;
      current[count + 1] = a2;
      count += 2;
      a0 = a2;
    } else {
      const a1 = b1 + mode;
      if (a1 > widthPx || a1 < Math.max(a0, 0)) return undefined;
      current[count] = a1;
      count += 1;
      a0 = a1;
      colour = 1 - colour;
    }
  }
  return count;
}

function readMode(reader: BitReader): Mode {
  const bits = reader.peek(7);
  const take = (length: number, mode: Mode): Mode => {
    reader.skip(length);
    return mode;
  };
  if (bits >= 64) return take(1, 0);
  if (bits >= 48) return take(3, 1);
  if (bits >= 32) return take(3, -1);
  if (bits >= 16) return take(3, 'horizontal');
  if (bits >= 8) return take(4, 'pass');
  if (bits >= 6) return take(6, 2);
  if (bits >= 4) return take(6, -2);
  if (bits === 3) return take(7, 3);
  if (bits === 2) return take(7, -3);
  return undefined;
}

function readRun(reader: BitReader, colour: number): number | undefined {
  const table = runTables()[colour === 0 ? 0 : 1];
  for (let total = 0; ;) {
    const code = table[reader.peek(RUN_BITS)] ?? 0;
    if (code === 0) return undefined;
    reader.skip(code >> 16);
    const run = code & 0xffff;
    total += run;
    if (run < 64) return total;
    if (reader.atEnd) return undefined;
  }
}

function paintRow(row: Uint8Array, changes: Int32Array, count: number, widthPx: number): void {
  for (let index = 0; index < count; index += 2) {
    const from = changes[index] ?? widthPx;
    const to = index + 1 < count ? (changes[index + 1] ?? widthPx) : widthPx;
    for (let x = from; x < to;) {
      if ((x & 7) === 0 && x + 8 <= to) {
        row[x >> 3] = 0xff;
        x += 8;
      } else {
        row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7));
        x += 1;
      }
    }
  }
}
