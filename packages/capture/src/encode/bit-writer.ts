/** Bits of a code from the most significant: `length` of them at the low end of `bits`. */
export interface BitCode {
  readonly bits: number;
  readonly length: number;
}

/** `0001` as a code. */
export function bitCode(text: string): BitCode {
  return { bits: Number.parseInt(text, 2), length: text.length };
}

/** Writes codes one after the other, most significant bit first. */
export class BitWriter {
  #bytes = new Uint8Array(16384);
  #length = 0;
  #held = 0;
  #heldBits = 0;

  write({ bits, length }: BitCode): void {
    this.#held = (this.#held << length) | bits;
    this.#heldBits += length;
    while (this.#heldBits >= 8) {
      this.#heldBits -= 8;
      this.#push(this.#held >>> this.#heldBits);
    }
    this.#held &= (1 << this.#heldBits) - 1;
  }

  /** The bytes so far, the last one filled up with zeros. */
  finish(): Uint8Array<ArrayBuffer> {
    if (this.#heldBits > 0) this.#push(this.#held << (8 - this.#heldBits));
    this.#heldBits = 0;
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(this.#length * 2);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }
}
