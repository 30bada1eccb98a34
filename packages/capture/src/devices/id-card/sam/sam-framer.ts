import { HEADER_BYTES, MAX_FRAME_LENGTH, PREAMBLE, xorOf } from './frame.js';

/** What came in: the payload of a whole frame, or the news that a frame was damaged and skipped. */
export type SamFrame =
  | { readonly status: 'whole'; readonly payload: Uint8Array }
  | { readonly status: 'damaged'; readonly reason: 'checksum' | 'length' };

const CAPACITY = HEADER_BYTES + MAX_FRAME_LENGTH;
const PREAMBLE_BYTES = PREAMBLE.length;

/**
 * Cuts a stream of bytes into frames. Chunks may be cut anywhere; noise before a preamble is skipped; after a damaged
 * frame the search goes on right behind its preamble, so that a good frame inside is found. Memory is one fixed
 * buffer of 4,103 bytes, and what was used is overwritten with zeros: replies carry a person's card.
 */
export class SamFramer {
  #buffer = new Uint8Array(CAPACITY);
  #used = 0;
  readonly #minLength: number;

  /** `minLength`: least LEN of a frame. Default 4 (a reply: three status bytes and CHK); commands have 3. */
  constructor({ minLength = 4 }: { readonly minLength?: number } = {}) {
    this.#minLength = minLength;
  }

  /** Bytes kept for a frame that is not complete yet. */
  get pendingBytes(): number {
    return this.#used;
  }

  /** Bytes that still miss from the frame that has begun; undefined while no header is known. */
  get missingBytes(): number | undefined {
    return this.#startsWithHeader() ? HEADER_BYTES + this.#length() - this.#used : undefined;
  }

  /** Takes the next bytes, in order. The caller keeps the chunk and overwrites it when it carries a card. */
  push(chunk: Uint8Array): SamFrame[] {
    const frames: SamFrame[] = [];
    for (let start = 0; start < chunk.length;) {
      const part = chunk.subarray(start, start + CAPACITY - this.#used);
      this.#buffer.set(part, this.#used);
      this.#used += part.length;
      start += part.length;
      this.#cut(frames);
    }
    return frames;
  }

  /** Forgets and overwrites what is pending. */
  reset(): void {
    this.#drop(this.#used);
  }

  #cut(frames: SamFrame[]): void {
    for (;;) {
      this.#dropNoise();
      if (!this.#startsWithHeader()) return;
      const length = this.#length();
      if (length < this.#minLength || length > MAX_FRAME_LENGTH) {
        frames.push({ status: 'damaged', reason: 'length' });
        this.#drop(PREAMBLE_BYTES);
        continue;
      }
      const end = HEADER_BYTES + length;
      if (this.#used < end) return;
      if (xorOf(this.#buffer, PREAMBLE_BYTES, end) !== 0) {
        frames.push({ status: 'damaged', reason: 'checksum' });
        this.#drop(PREAMBLE_BYTES);
        continue;
      }
      frames.push({ status: 'whole', payload: this.#buffer.slice(HEADER_BYTES, end - 1) });
      this.#drop(end);
    }
  }

  /** Drops bytes until the buffer begins with the preamble or with a beginning of it. */
  #dropNoise(): void {
    let start = 0;
    while (start < this.#used && !this.#preambleAt(start)) start += 1;
    this.#drop(start);
  }

  #preambleAt(start: number): boolean {
    const count = Math.min(PREAMBLE_BYTES, this.#used - start);
    for (let index = 0; index < count; index += 1) {
      if (this.#buffer[start + index] !== PREAMBLE[index]) return false;
    }
    return true;
  }

  #startsWithHeader(): boolean {
    return this.#used >= HEADER_BYTES;
  }

  #length(): number {
    return ((this.#buffer[5] ?? 0) << 8) | (this.#buffer[6] ?? 0);
  }

  #drop(count: number): void {
    if (count === 0) return;
    this.#buffer.copyWithin(0, count, this.#used);
    this.#buffer.fill(0, this.#used - count, this.#used);
    this.#used -= count;
  }
}
