const HEX = Uint8Array.from('0123456789abcdef', (character) => character.charCodeAt(0));

/** Bytes that grow at the end. */
export class ByteWriter {
  #buffer = new Uint8Array(4096);
  #length = 0;

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  push(bytes: Uint8Array): void {
    this.#reserve(bytes.byteLength);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.byteLength;
  }

  /** Characters below 256, one byte each. */
  text(text: string): void {
    this.#reserve(text.length);
    for (let index = 0; index < text.length; index += 1) this.#buffer[this.#length++] = text.charCodeAt(index);
  }

  /** Two hexadecimal digits for each byte. */
  hex(bytes: Uint8Array): void {
    this.#reserve(bytes.byteLength * 2);
    for (const byte of bytes) {
      this.#buffer[this.#length++] = HEX[byte >> 4] ?? 0;
      this.#buffer[this.#length++] = HEX[byte & 15] ?? 0;
    }
  }

  /** A copy of everything written. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#length);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#buffer.byteLength) return;
    const grown = new Uint8Array(Math.max(needed, this.#buffer.byteLength * 2));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}
