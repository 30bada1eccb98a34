import type { Kernels } from '../kernels/kernels.js';
import type { BilevelRaster } from '../picture/raster.js';
import { BitWriter, bitCode, type BitCode } from './bit-writer.js';
import { checkBilevel } from './check-bilevel.js';
import { blackRunCodes, longRunCodes, whiteRunCodes } from './g4-codes.data.js';
import { findTransitions } from './transitions.js';

const LONGEST_RUN = 2560;
const codes = (text: string): readonly BitCode[] => text.split(' ').map(bitCode);

/** Vertical mode by a1 - b1, from -3 to 3. @source ITU-T T.6 table 1 */
const VERTICAL = '0000010 000010 010 1 011 000011 0000011';
const PASS = bitCode('0001');
const HORIZONTAL = bitCode('001');
const END_OF_LINE = bitCode('000000000001');

/**
 * A black-and-white picture as CCITT Group 4 for `/CCITTFaxDecode` with `K -1`, ended by EOFB; black pixels decode to 0.
 * It is fast enough in TypeScript, so both kinds of kernels run the same code.
 * Errors: `invalid-argument` for bytes that do not fit the size.
 * @source ITU-T T.6; ISO 32000-1 7.4.6
 */
export function encodeCcittG4(_kernels: Kernels, picture: BilevelRaster): Uint8Array<ArrayBuffer> {
  checkBilevel(picture);
  const { widthPx, heightPx, rowBytes, data } = picture;
  const coder = new RowCoder(widthPx);
  for (let y = 0; y < heightPx; y += 1) coder.code(data.subarray(y * rowBytes, (y + 1) * rowBytes));
  return coder.finish();
}

class RowCoder {
  readonly #widthPx: number;
  readonly #writer = new BitWriter();
  readonly #vertical = codes(VERTICAL);
  readonly #runs = [codes(whiteRunCodes), codes(blackRunCodes)] as const;
  readonly #longRuns = codes(longRunCodes);
  #reference: Int32Array;
  #current: Int32Array;

  constructor(widthPx: number) {
    this.#widthPx = widthPx;
    this.#reference = new Int32Array(widthPx + 5).fill(widthPx);
    this.#current = new Int32Array(widthPx + 5);
  }

  /** One row against the one before. @source ITU-T T.6 2.2 */
  code(row: Uint8Array): void {
    const widthPx = this.#widthPx;
    const reference = this.#reference;
    const current = this.#current;
    findTransitions(row, widthPx, current);
    // a0 stands before the first pixel at the start; `own` is the index of a1, whose parity is the colour of a0.
    let a0 = -1;
    let own = 0;
    let other = 0;
    while (a0 < widthPx) {
      const a1 = current[own] ?? widthPx;
      // b1: first change of the reference right of a0 to the colour opposite of a0's.
      if (other > 0) other -= 1;
      if ((other & 1) !== (own & 1)) other += other > 0 ? -1 : 1;
      while ((reference[other] ?? widthPx) <= a0 && (reference[other] ?? widthPx) < widthPx) other += 2;
      const b1 = reference[other] ?? widthPx;
      const b2 = reference[other + 1] ?? widthPx;
      if (b2 < a1) {
        this.#writer.write(PASS);
        a0 = b2;
        continue;
      }
      const vertical = this.#vertical[a1 - b1 + 3];
      if (vertical !== undefined) {
        this.#writer.write(vertical);
        a0 = a1;
        own += 1;
        continue;
      }
      const a2 = current[own + 1] ?? widthPx;
      this.#writer.write(HORIZONTAL);
      this.#writeRun(own & 1, a1 - Math.max(a0, 0));
      this.#writeRun(1 - (own & 1), a2 - a1);
      a0 = a2;
      own += 2;
    }
    this.#reference = current;
    this.#current = reference;
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#writer.write(END_OF_LINE);
    this.#writer.write(END_OF_LINE);
    return this.#writer.finish();
  }

  #writeRun(colour: number, lengthPx: number): void {
    let rest = lengthPx;
    for (; rest >= LONGEST_RUN; rest -= LONGEST_RUN) this.#write(this.#longRuns[12]);
    if (rest >= 1792) this.#write(this.#longRuns[(rest - 1792) >> 6]);
    else if (rest >= 64) this.#write(this.#runs[colour === 0 ? 0 : 1][63 + (rest >> 6)]);
    this.#write(this.#runs[colour === 0 ? 0 : 1][rest & 63]);
  }

  #write(code: BitCode | undefined): void {
    if (code !== undefined) this.#writer.write(code);
  }
}
