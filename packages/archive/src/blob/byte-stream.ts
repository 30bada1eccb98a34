import { AnjuanError } from '@anjuan/core';
import type { BlobSource } from './blob-store.js';

/** The chunks of a source; stops with `aborted` and cancels the stream when the signal aborts. */
export async function* chunksOf(source: BlobSource, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  if (signal?.aborted) throw new AnjuanError('aborted');
  if (source instanceof Uint8Array) {
    yield source;
    return;
  }
  const reader = source.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (signal?.aborted) throw new AnjuanError('aborted');
      finished = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!finished) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

/** Counts bytes and throws `validation-failed` (details.maxBytes) beyond the limit. */
export class SizeLimit {
  readonly #maxBytes: number;
  totalBytes = 0;

  constructor(maxBytes = Number.MAX_SAFE_INTEGER) {
    this.#maxBytes = maxBytes;
  }

  add(bytes: number): void {
    this.totalBytes += bytes;
    if (this.totalBytes <= this.#maxBytes) return;
    throw new AnjuanError('validation-failed', {
      message: 'The body is too large.',
      details: { maxBytes: this.#maxBytes },
    });
  }
}

export function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (bytes.byteLength > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}
