/** Reads bits, most significant first; zeros behind the end. */
export class BitReader {
  readonly #data: Uint8Array;
  #at = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  /** The next `count` bits (at most 24), which stay. */
  peek(count: number): number {
    const byte = this.#at >> 3;
    const data = this.#data;
    const word =
      (((data[byte] ?? 0) << 24) |
        ((data[byte + 1] ?? 0) << 16) |
        ((data[byte + 2] ?? 0) << 8) |
        (data[byte + 3] ?? 0)) <<
      (this.#at & 7);
    return word >>> (32 - count);
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** Goes on at the next whole byte. */
  align(): void {
    this.#at = (this.#at + 7) & ~7;
  }

  get atEnd(): boolean {
    return this.#at >= this.#data.length * 8;
  }
}
