import { inflate } from '../tiff/inflate.js';
import { unpackLzw } from '../tiff/lzw.js';
import type { PdfFilter } from './pdf-image.js';

/** Undoes text and byte filters, with at most `mostBytes` of result. Undefined: damaged, or a filter of pictures. */
export async function unfilter(
  data: Uint8Array,
  filters: readonly PdfFilter[],
  mostBytes: number,
): Promise<Uint8Array | undefined> {
  let bytes: Uint8Array | undefined = data;
  for (const { name, parms } of filters) {
    if (!bytes) return undefined;
    const unpacked: Uint8Array | undefined = await undo(name, parms, bytes, mostBytes);
    bytes = unpacked && undoPredictor(unpacked, parms);
  }
  return bytes;
}

async function undo(
  name: string,
  parms: PdfFilter['parms'],
  data: Uint8Array,
  mostBytes: number,
): Promise<Uint8Array | undefined> {
  switch (name) {
    case 'FlateDecode':
      return inflate(data, mostBytes);
    case 'LZWDecode':
      return unpackLzw(data, mostBytes, { earlyChange: parms.EarlyChange === 0 ? 0 : 1 });
    case 'ASCIIHexDecode':
      return fromHex(data);
    case 'ASCII85Decode':
      return fromAscii85(data);
    case 'RunLengthDecode':
      return fromRunLength(data, mostBytes);
    default:
      return undefined;
  }
}

/** PNG and TIFF predictors of Flate and LZW. @source ISO 32000-1 7.4.4.4 */
function undoPredictor(data: Uint8Array, parms: PdfFilter['parms']): Uint8Array | undefined {
  const number = (key: string, absent: number): number => Number(parms[key] ?? absent);
  const predictor = number('Predictor', 1);
  if (predictor === 1) return data;
  const pixelBits = number('Colors', 1) * number('BitsPerComponent', 8);
  const rowBytes = Math.ceil((pixelBits * number('Columns', 1)) / 8);
  const step = Math.max(1, pixelBits >> 3);
  if (!(rowBytes > 0)) return undefined;
  if (predictor === 2) {
    if (number('BitsPerComponent', 8) !== 8) return undefined;
    const whole = data.slice();
    for (let at = 0; at < whole.length; at += 1)
      if (at % rowBytes >= step) whole[at] = (whole[at] ?? 0) + (whole[at - step] ?? 0);
    return whole;
  }
  const rows = Math.ceil(data.length / (rowBytes + 1));
  const out = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row += 1) {
    const filter = data[row * (rowBytes + 1)] ?? 0;
    if (filter > 4) return undefined;
    for (let x = 0; x < rowBytes; x += 1) {
      const to = row * rowBytes + x;
      const left = x >= step ? (out[to - step] ?? 0) : 0;
      const above = row > 0 ? (out[to - rowBytes] ?? 0) : 0;
      const corner = x >= step && row > 0 ? (out[to - rowBytes - step] ?? 0) : 0;
      out[to] = (data[row * (rowBytes + 1) + 1 + x] ?? 0) + guess(filter, left, above, corner);
    }
  }
  return out;
}

/** @source W3C PNG 9.2 */
function guess(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const sum = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(sum - left), Math.abs(sum - above), Math.abs(sum - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function fromHex(data: Uint8Array): Uint8Array {
  const digits = String.fromCharCode(...data.subarray(0, 65_536)).replace(/>[^]*$|\s/g, '');
  return Uint8Array.from({ length: Math.ceil(digits.length / 2) }, (_none, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2).padEnd(2, '0'), 16),
  );
}

/** @source ISO 32000-1 7.4.3 */
function fromAscii85(data: Uint8Array): Uint8Array {
  const out: number[] = [];
  let group: number[] = [];
  const flush = (): void => {
    const given = group.length;
    if (given < 2) return;
    while (group.length < 5) group.push(84);
    const value = group.reduce((sum, digit) => (sum * 85 + digit) % 4294967296, 0);
    out.push(...[value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].slice(0, given - 1));
    group = [];
  };
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0);
    else if (byte >= 33 && byte <= 117) {
      group.push(byte - 33);
      if (group.length === 5) flush();
    }
  }
  flush();
  return Uint8Array.from(out);
}

function fromRunLength(data: Uint8Array, mostBytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let at = 0; at < data.length && size < mostBytes;) {
    const head = data[at] ?? 128;
    if (head === 128) break;
    const part = head < 128 ? data.subarray(at + 1, at + head + 2) : new Uint8Array(257 - head).fill(data[at + 1] ?? 0);
    parts.push(part);
    size += part.length;
    at += head < 128 ? head + 2 : 2;
  }
  const out = new Uint8Array(size);
  let to = 0;
  for (const part of parts) {
    out.set(part, to);
    to += part.length;
  }
  return out;
}
