/** Bytes that arrive in any pieces and are taken in the pieces that a protocol needs. Grows to what waits, and shrinks again. */
export class ByteQueue {
  #buffer = new Uint8Array(0);
  #start = 0;
  #end = 0;

  /** Bytes that wait. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** Adds a copy of the bytes. */
  push(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#buffer.length) this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** A view of the first bytes, valid until the next call; shorter when fewer wait. */
  peek(count: number): Uint8Array {
    return this.#buffer.subarray(this.#start, Math.min(this.#end, this.#start + count));
  }

  /** Removes and gives a copy of the first bytes; fewer when fewer wait. */
  take(count: number): Uint8Array<ArrayBuffer> {
    const taken = this.peek(count).slice();
    this.#start += taken.length;
    if (this.#start === this.#end) this.clear();
    return taken;
  }

  /** Removes the first bytes. */
  skip(count: number): void {
    this.#start = Math.min(this.#end, this.#start + count);
    if (this.#start === this.#end) this.clear();
  }

  /** Position of the pattern from the front, or -1. */
  indexOf(pattern: Uint8Array, from = 0): number {
    const last = this.length - pattern.length;
    const bytes = this.peek(this.length);
    const first = pattern[0] ?? 0;
    for (let at = bytes.indexOf(first, from); at >= 0 && at <= last; at = bytes.indexOf(first, at + 1)) {
      if (pattern.every((byte, index) => bytes[at + index] === byte)) return at;
    }
    return -1;
  }

  /** Forgets everything. */
  clear(): void {
    this.#start = 0;
    this.#end = 0;
    // A picture of many megabytes is not kept for the sake of the next one.
    if (this.#buffer.length > 1 << 20) this.#buffer = new Uint8Array(0);
  }

  #makeRoom(more: number): void {
    const needed = this.length + more;
    const target = needed > this.#buffer.length ? new Uint8Array(Math.max(1024, needed * 2)) : this.#buffer;
    target.set(this.#buffer.subarray(this.#start, this.#end));
    this.#end -= this.#start;
    this.#start = 0;
    this.#buffer = target;
  }
}

/** The bytes of an ASCII text. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);
}

/** The text of bytes, one character a byte (ISO 8859-1), as HTTP headers are. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
