// JBIG2 generic region, template 0, typical prediction on: context modelling and MQ coder in one loop, so that the
// coder's registers stay in locals.
import { reserve } from './arena';

const TYPICAL_CONTEXT: u32 = 0x9b25;
const PIECE: i32 = 65536;

/** The next byte of a row shifted in; zeros beyond its end. */
function window(before: u32, row: usize, index: i32, rowBytes: i32): u32 {
  return ((before << 8) | (index < rowBytes ? <u32>load<u8>(row + <usize>index) : 0)) & 0xffffff;
}

/**
 * Codes `heightPx` rows of packed pixels (1 is black), clearing the padding of each row. `states`: 94 words
 * Qe | next after MPS << 16 | next after LPS << 24. Answers an address: there the number of coded bytes as u32, the
 * bytes themselves 16 further. Twin: src/encode/jbig2-generic.ts.
 */
export function jbig2Generic(pixels: usize, widthPx: i32, heightPx: i32, states: usize): usize {
  const rowBytes = (widthPx + 7) >> 3;
  const padding = <u32>((rowBytes << 3) - widthPx);
  const contexts = reserve(65536);
  memory.fill(contexts, 0, 65536);
  const blank = reserve(rowBytes);
  memory.fill(blank, 0, rowBytes);
  const out = reserve(PIECE);
  let limit = out + <usize>PIECE;
  // One byte before the first, which a carry never reaches.
  let at = out + 15;
  store<u8>(at, 0);
  let a: u32 = 0x8000;
  let c: u32 = 0;
  let ct: u32 = 12;
  let typicalBefore: u32 = 0;
  let second = blank;
  let above = blank;
  for (let y = 0; y < heightPx; y += 1) {
    const row = pixels + <usize>y * <usize>rowBytes;
    const last = row + <usize>rowBytes - 1;
    store<u8>(last, ((<u32>load<u8>(last)) >> padding) << padding);
    const typical: u32 = memory.compare(row, above, rowBytes) == 0 ? 1 : 0;
    let context = TYPICAL_CONTEXT;
    let bit = typical ^ typicalBefore;
    typicalBefore = typical;
    // Three bytes of each row: before, at and after the pixel in work.
    let w2: u32 = load<u8>(second);
    let w1: u32 = load<u8>(above);
    let w0: u32 = load<u8>(row);
    let x = -1;
    while (true) {
      const cell = contexts + <usize>context;
      const state = <u32>load<u8>(cell);
      const word = load<u32>(states + <usize>(state << 2));
      const qe = word & 0xffff;
      a -= qe;
      if (bit == (state & 1)) {
        if (a & 0x8000) c += qe;
        else {
          if (a < qe) a = qe;
          else c += qe;
          store<u8>(cell, (word >> 16) & 0xff);
        }
      } else {
        if (a < qe) c += qe;
        else a = qe;
        store<u8>(cell, word >> 24);
      }
      while (!(a & 0x8000)) {
        const free = min<u32>(clz<u32>(a) - 16, ct);
        a <<= free;
        c <<= free;
        ct -= free;
        if (ct != 0) continue;
        if (at + 8 > limit) limit = reserve(PIECE) + <usize>PIECE;
        let shift: u32 = 19;
        if (load<u8>(at) == 0xff) shift = 20;
        else if (c >= 0x8000000) {
          const carried = <u32>load<u8>(at) + 1;
          store<u8>(at, carried);
          c &= 0x7ffffff;
          if (carried == 0xff) shift = 20;
        }
        at += 1;
        store<u8>(at, c >> shift);
        c &= (1 << shift) - 1;
        ct = 27 - shift;
      }
      if (typical) break;
      x += 1;
      if (x >= widthPx) break;
      const k = <u32>(x & 7);
      if (k == 0) {
        let index = (x >> 3) + 1;
        w2 = window(w2, second, index, rowBytes);
        w1 = window(w1, above, index, rowBytes);
        w0 = window(w0, row, index, rowBytes);
        // White all around: eight likely pixels in one step while the interval stays wide enough for them.
        while ((w2 | w1 | w0) == 0 && index < rowBytes) {
          const white = <u32>load<u8>(contexts);
          const eight = (load<u32>(states + <usize>(white << 2)) & 0xffff) << 3;
          if (white & 1 || a < eight + 0x8000) break;
          a -= eight;
          c += eight;
          x += 8;
          index += 1;
          w2 = window(w2, second, index, rowBytes);
          w1 = window(w1, above, index, rowBytes);
          w0 = window(w0, row, index, rowBytes);
        }
      }
      context = (((w2 >> (13 - k)) & 0x1f) << 11) | (((w1 >> (12 - k)) & 0x7f) << 4) | ((w0 >> (16 - k)) & 0xf);
      bit = (w0 >> (15 - k)) & 1;
    }
    second = above;
    above = row;
  }
  store<u32>(out, <u32>(at - out - 15));
  // The registers for the end of the coding, which the caller does.
  store<u32>(out + 4, a);
  store<u32>(out + 8, c);
  store<u32>(out + 12, ct);
  return out;
}
