/** Reads places of a file through one window of memory, so that a file of any size costs the same. */
export class BlobWindow {
  readonly #blob: Blob;
  readonly #windowBytes: number;
  #start = 0;
  #bytes = new Uint8Array(0);

  constructor(blob: Blob, windowBytes = 262_144) {
    this.#blob = blob;
    this.#windowBytes = windowBytes;
  }

  get size(): number {
    return this.#blob.size;
  }

  /** So many bytes from there; undefined when the file ends before. */
  async read(start: number, length: number): Promise<Uint8Array | undefined> {
    if (start < 0 || length < 0 || start + length > this.#blob.size) return undefined;
    const inside = start >= this.#start && start + length <= this.#start + this.#bytes.length;
    if (!inside) {
      const end = Math.min(this.#blob.size, start + Math.max(length, this.#windowBytes));
      this.#bytes = new Uint8Array(await this.#blob.slice(start, end).arrayBuffer());
      this.#start = start;
    }
    return this.#bytes.subarray(start - this.#start, start - this.#start + length);
  }
}
