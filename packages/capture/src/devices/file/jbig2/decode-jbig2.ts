import { decodeCcitt } from '../ccitt/decode-ccitt.js';
import { MqDecoder } from './mq-decoder.js';

/** What came out: rows padded to whole bytes, 1 for black; or why not. */
export type Jbig2Result =
  | { readonly status: 'decoded'; readonly data: Uint8Array }
  | { readonly status: 'malformed' }
  | { readonly status: 'unsupported' };

/** Segment types. @source ITU-T T.88 7.3 */
const PAGE = 48;
const GENERIC = new Set([38, 39]);
const WITHOUT_PICTURE = new Set([49, 50, 51, 52, 62]);
/** Places of the adaptive pixels that template 0 has unless told otherwise. @source ITU-T T.88 table 5 */
const NOMINAL = [3, -1, -3, -1, 2, -2, -2, -2];
const TYPICAL_CONTEXT = 0x9b25;
const UNKNOWN_LENGTH = 0xffffffff;

/**
 * A page of a PDF's JBIG2 stream made of generic regions, as our own documents and lossless encoders write them. Symbols,
 * halftones and refinement are `unsupported`. @source ITU-T T.88; ISO 32000-1 7.4.7
 */
export function decodeJbig2(
  stream: Uint8Array,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): Jbig2Result {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const rowBytes = Math.ceil(widthPx / 8);
  const page = new Uint8Array(rowBytes * heightPx);
  let regions = 0;
  for (let at = 0; at < stream.length;) {
    const segment = segmentAt(view, at);
    if (!segment) return { status: 'malformed' };
    const { type, start, length } = segment;
    if (length === UNKNOWN_LENGTH) return { status: 'unsupported' };
    if (start + length > stream.length) return { status: 'malformed' };
    if (GENERIC.has(type)) {
      const region = genericRegion(stream.subarray(start, start + length), { widthPx, heightPx });
      if (region.status !== 'decoded') return region;
      region.data.forEach((byte, index) => (page[index] = (page[index] ?? 0) | byte));
      regions += 1;
    } else if (type !== PAGE && !WITHOUT_PICTURE.has(type)) return { status: 'unsupported' };
    at = start + length;
  }
  return regions === 0 ? { status: 'malformed' } : { status: 'decoded', data: page };
}

/** @source ITU-T T.88 7.2 */
function segmentAt(view: DataView, at: number): { type: number; start: number; length: number } | undefined {
  if (at + 11 > view.byteLength) return undefined;
  const number = view.getUint32(at);
  const flags = view.getUint8(at + 4);
  const few = view.getUint8(at + 5) >> 5;
  const count = few === 7 ? view.getUint32(at + 5) & 0x1fffffff : few;
  const marks = few === 7 ? 4 + Math.ceil((count + 1) / 8) : 1;
  const reference = number <= 256 ? 1 : number <= 65536 ? 2 : 4;
  const lengthAt = at + 5 + marks + count * reference + (flags & 0x40 ? 4 : 1);
  if (lengthAt + 4 > view.byteLength) return undefined;
  return { type: flags & 63, start: lengthAt + 4, length: view.getUint32(lengthAt) };
}

/** @source ITU-T T.88 7.4.1, 7.4.6 */
function genericRegion(data: Uint8Array, size: { readonly widthPx: number; readonly heightPx: number }): Jbig2Result {
  if (data.length < 19) return { status: 'malformed' };
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height, x, y] = [0, 4, 8, 12].map((at) => view.getUint32(at));
  // Regions of a part of the page are allowed, but nobody writes scans so.
  if (width !== size.widthPx || height !== size.heightPx || x !== 0 || y !== 0) return { status: 'unsupported' };
  const flags = data[17] ?? 0;
  if (flags & 1) {
    const rows = decodeCcitt(data.subarray(18), { ...size, scheme: 'g4' });
    return rows ? { status: 'decoded', data: rows } : { status: 'malformed' };
  }
  const isNominal = NOMINAL.every((place, index) => view.getInt8(Math.min(18 + index, data.length - 1)) === place);
  if (((flags >> 1) & 3) !== 0 || !isNominal) return { status: 'unsupported' };
  const rows = decodeRows(data.subarray(26), size, { typical: (flags & 8) !== 0 });
  return rows ? { status: 'decoded', data: rows } : { status: 'malformed' };
}

/** Template 0. @source ITU-T T.88 6.2.5 */
function decodeRows(
  data: Uint8Array,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  { typical }: { readonly typical: boolean },
): Uint8Array | undefined {
  const decoder = new MqDecoder(data);
  const contexts = new Uint8Array(65536);
  const rowBytes = Math.ceil(widthPx / 8);
  const out = new Uint8Array(rowBytes * heightPx);
  // One byte a pixel, with room for the neighbours at both ends.
  let second = new Uint8Array(widthPx + 8);
  let above = new Uint8Array(widthPx + 8);
  let row = new Uint8Array(widthPx + 8);
  let same = 0;
  for (let y = 0; y < heightPx; y += 1) {
    if (decoder.exhausted) return undefined;
    if (typical) same ^= decoder.decode(contexts, TYPICAL_CONTEXT);
    if (same === 1) row.set(above);
    else {
      let w2 = ((second[4] ?? 0) << 1) | (second[5] ?? 0);
      let w1 = ((above[4] ?? 0) << 2) | ((above[5] ?? 0) << 1) | (above[6] ?? 0);
      let w0 = 0;
      for (let at = 4; at < widthPx + 4; at += 1) {
        w2 = ((w2 << 1) | (second[at + 2] ?? 0)) & 31;
        w1 = ((w1 << 1) | (above[at + 3] ?? 0)) & 127;
        const pixel = decoder.decode(contexts, (w2 << 11) | (w1 << 4) | w0);
        row[at] = pixel;
        w0 = ((w0 << 1) | pixel) & 15;
      }
    }
    for (let x = 0; x < widthPx; x += 1)
      if (row[x + 4] === 1) out[y * rowBytes + (x >> 3)] = (out[y * rowBytes + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    [second, above, row] = [above, row, second];
  }
  return out;
}
