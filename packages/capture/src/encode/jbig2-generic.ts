import type { Kernels } from '../kernels/kernels.js';
import type { BilevelRaster } from '../picture/raster.js';
import { endMqCoding, type MqRegisters } from './mq-end.js';
import { mqStates } from './mq-states.js';

/** Context of the flag "this row equals the one above". @source ITU-T T.88 6.2.5.7 figure 8 */
const TYPICAL_CONTEXT = 0x9b25;

/**
 * Coded data of a generic region: template 0 with its nominal adaptive pixels, typical prediction on.
 * @source ITU-T T.88 6.2.5, annex E.2
 */
export function codeGenericRegion(kernels: Kernels, picture: BilevelRaster): Uint8Array<ArrayBuffer> {
  return endMqCoding(kernels.kind === 'script' ? codeRows(picture) : codeCompiled(kernels, picture));
}

function codeCompiled({ arena }: Kernels & { kind: 'wasm' }, { widthPx, heightPx, data }: BilevelRaster): MqRegisters {
  return arena.use((wasm) => {
    const pixels = arena.put(data);
    const states = arena.put(new Uint8Array(mqStates.buffer, mqStates.byteOffset, mqStates.byteLength));
    const out = wasm.jbig2Generic(pixels, widthPx, heightPx, states);
    const [length = 0, a = 0, c = 0, ct = 0] = new Uint32Array(wasm.memory.buffer, out, 4);
    return { bytes: arena.take(out + 16, length), a, c, ct };
  });
}

/** Twin of kernels/jbig2.ts. */
function codeRows({ widthPx, heightPx, rowBytes, data }: BilevelRaster): MqRegisters {
  const contexts = new Uint8Array(65536);
  const blank = new Uint8Array(rowBytes);
  const padding = rowBytes * 8 - widthPx;
  // The byte before the first, which a carry never reaches, stands at 0.
  let out = new Uint8Array(65536);
  let at = 0;
  let a = 0x8000;
  let c = 0;
  let ct = 12;
  let typicalBefore = 0;
  let second = blank;
  let above = blank;
  for (let y = 0; y < heightPx; y += 1) {
    const row = data.slice(y * rowBytes, (y + 1) * rowBytes);
    row[rowBytes - 1] = ((row[rowBytes - 1] ?? 0) >> padding) << padding;
    const typical = isEqual(row, above) ? 1 : 0;
    let context = TYPICAL_CONTEXT;
    let bit = typical ^ typicalBefore;
    typicalBefore = typical;
    // Three bytes of each row: before, at and after the pixel in work.
    let w2 = second[0] ?? 0;
    let w1 = above[0] ?? 0;
    let w0 = row[0] ?? 0;
    for (let x = 0; ; x += 1) {
      const state = contexts[context] ?? 0;
      const word = mqStates[state] ?? 0;
      const qe = word & 0xffff;
      a -= qe;
      if (bit === (state & 1)) {
        if (a & 0x8000) c += qe;
        else {
          if (a < qe) a = qe;
          else c += qe;
          contexts[context] = word >>> 16;
        }
      } else {
        if (a < qe) c += qe;
        else a = qe;
        contexts[context] = word >>> 24;
      }
      while (!(a & 0x8000)) {
        a <<= 1;
        c <<= 1;
        ct -= 1;
        if (ct !== 0) continue;
        if (at + 2 > out.length) out = longer(out);
        let shift = 19;
        if (out[at] === 0xff) shift = 20;
        else if (c >= 0x8000000) {
          const carried = (out[at] ?? 0) + 1;
          out[at] = carried;
          c &= 0x7ffffff;
          if (carried === 0xff) shift = 20;
        }
        at += 1;
        out[at] = c >>> shift;
        c &= (1 << shift) - 1;
        ct = 27 - shift;
      }
      if (typical === 1 || x >= widthPx) break;
      const k = x & 7;
      if (k === 0) {
        const next = (x >> 3) + 1;
        w2 = ((w2 << 8) | (second[next] ?? 0)) & 0xffffff;
        w1 = ((w1 << 8) | (above[next] ?? 0)) & 0xffffff;
        w0 = ((w0 << 8) | (row[next] ?? 0)) & 0xffffff;
      }
      context = (((w2 >> (13 - k)) & 0x1f) << 11) | (((w1 >> (12 - k)) & 0x7f) << 4) | ((w0 >> (16 - k)) & 0xf);
      bit = (w0 >> (15 - k)) & 1;
    }
    second = above;
    above = row;
  }
  return { bytes: out.subarray(1, at + 1), a, c, ct };
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

function longer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const twice = new Uint8Array(bytes.length * 2);
  twice.set(bytes);
  return twice;
}
