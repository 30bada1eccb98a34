import { beyondLimit } from '../read-errors.js';

/** Output that grows up to a limit. Errors: `pdf-limits-exceeded`. */
export class ByteBuilder {
  #bytes = new Uint8Array(1_024);
  #length = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(byte: number): void {
    if (this.#length === this.#bytes.byteLength) this.#grow(1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  append(bytes: Uint8Array): void {
    if (this.#length + bytes.byteLength > this.#bytes.byteLength) this.#grow(bytes.byteLength);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.byteLength;
  }

  done(): Uint8Array {
    if (this.#length > this.#maxBytes) throw beyondLimit('decoded-size');
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(more: number): void {
    if (this.#length + more > this.#maxBytes) throw beyondLimit('decoded-size');
    const grown = new Uint8Array(Math.max(this.#length + more, this.#bytes.byteLength * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
