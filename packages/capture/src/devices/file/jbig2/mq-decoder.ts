import { mqStates } from '../../../encode/mq-states.js';

/** Arithmetic decoder; zeros behind the end. @source ITU-T T.88 annex E.3 */
export class MqDecoder {
  readonly #data: Uint8Array;
  #at = 0;
  #a = 0x8000;
  #c = 0;
  #ct = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
    this.#c = (data[0] ?? 0xff) << 16;
    this.#byteIn();
    this.#c <<= 7;
    this.#ct -= 7;
  }

  /** True when more was read than there is: the data broke off long ago. */
  get exhausted(): boolean {
    return this.#at > this.#data.length + 64;
  }

  /** The next pixel in this context; `contexts` holds 2 * state + likelier pixel. */
  decode(contexts: Uint8Array, context: number): number {
    const state = contexts[context] ?? 0;
    const word = mqStates[state] ?? 0;
    const qe = word & 0xffff;
    const likely = state & 1;
    let pixel = likely;
    let next = state;
    this.#a -= qe;
    if (this.#c >>> 16 < qe) {
      const swapped = this.#a < qe;
      pixel = swapped ? likely : 1 - likely;
      next = swapped ? (word >>> 16) & 0xff : word >>> 24;
      this.#a = qe;
    } else {
      this.#c -= qe << 16;
      if (this.#a & 0x8000) return likely;
      const swapped = this.#a < qe;
      pixel = swapped ? 1 - likely : likely;
      next = swapped ? word >>> 24 : (word >>> 16) & 0xff;
    }
    contexts[context] = next;
    do {
      if (this.#ct === 0) this.#byteIn();
      this.#a <<= 1;
      this.#c <<= 1;
      this.#ct -= 1;
    } while ((this.#a & 0x8000) === 0);
    return pixel;
  }

  #byteIn(): void {
    const after = this.#data[this.#at + 1] ?? 0xff;
    if ((this.#data[this.#at] ?? 0xff) === 0xff && after > 0x8f) {
      this.#c += 0xff00;
      this.#ct = 8;
      // Counts on behind the end, so that endless data are noticed.
      if (this.#at >= this.#data.length) this.#at += 1;
      return;
    }
    const stuffed = (this.#data[this.#at] ?? 0xff) === 0xff;
    this.#at += 1;
    this.#c += after << (stuffed ? 9 : 8);
    this.#ct = stuffed ? 7 : 8;
  }
}
