/** Makes a frame visible. */
export type DecodeFrame = (bytes: Blob) => Promise<ImageBitmap>;

/**
 * A live view from pushed pictures: decodes only when somebody looks, always the newest, and skips frames that are broken,
 * so that a slow page never falls behind and holds one frame at most.
 */
export class LatestFrames {
  readonly frames: ReadableStream<ImageBitmap>;
  readonly #decode: DecodeFrame;
  #latest: (() => Blob) | undefined;
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(decode: DecodeFrame | undefined) {
    this.#decode = decode ?? ((bytes) => createImageBitmap(bytes));
    this.frames = new ReadableStream<ImageBitmap>(
      { pull: (controller) => this.#deliver(controller), cancel: () => this.end() },
      { highWaterMark: 0 },
    );
  }

  /** A newer frame takes the place of one that nobody saw; unseen frames are never made. */
  push(frame: () => Blob): void {
    if (this.#ended) return;
    this.#latest = frame;
    this.#wake?.();
  }

  /** The live view is over; what is there is still shown. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async #deliver(controller: ReadableStreamDefaultController<ImageBitmap>): Promise<void> {
    for (;;) {
      const frame = this.#latest;
      this.#latest = undefined;
      if (frame) {
        const bitmap = await this.#show(frame);
        if (bitmap) {
          controller.enqueue(bitmap);
          return;
        }
      } else if (this.#ended) {
        controller.close();
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        this.#wake = undefined;
      }
    }
  }

  async #show(frame: () => Blob): Promise<ImageBitmap | undefined> {
    try {
      return await this.#decode(frame());
    } catch {
      return undefined;
    }
  }
}
