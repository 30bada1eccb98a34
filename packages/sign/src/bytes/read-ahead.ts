import { AnjuanError } from '@anjuan/core';
import type { ByteSource } from './byte-source.js';

/** Large enough that a read costs little beside the work on it, small enough that what is left of it is no burden. */
const PIECE_BYTES = 1 << 20;

/**
 * The bytes of a source from an offset, piece by piece; the next piece is on its way while one is worked on. A piece may be
 * overwritten when the next one is asked for. Ends early where the source gives no more.
 * Errors: `aborted`, whatever the medium raises.
 */
export async function* readAhead(
  source: ByteSource,
  from: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const options = signal && { signal };
  try {
    for await (const piece of source.stream?.(from, options) ?? pieces(source, from, options)) {
      signal?.throwIfAborted();
      yield piece;
    }
  } catch (cause) {
    throw signal?.aborted ? new AnjuanError('aborted', { cause }) : cause;
  }
}

/** Reads, one ahead. */
export async function* pieces(
  source: ByteSource,
  from: number,
  options: Parameters<ByteSource['read']>[2],
): AsyncGenerator<Uint8Array, void, undefined> {
  const ask = (at: number): Promise<Uint8Array> => {
    const piece = source.read(at, Math.min(PIECE_BYTES, source.sizeBytes - at), options);
    piece.catch(() => undefined);
    return piece;
  };
  let next = from < source.sizeBytes ? ask(from) : undefined;
  for (let at = from; next;) {
    const bytes = await next;
    if (bytes.byteLength === 0) return;
    at += bytes.byteLength;
    next = at < source.sizeBytes ? ask(at) : undefined;
    yield bytes;
  }
}

/**
 * A Blob through one buffer that every read fills again: reads that each bring an array of their own leave 70 MB behind
 * before the garbage collector comes. Undefined where the Blob is no byte stream. @source WHATWG Streams 4.5
 */
export function blobPieces(blob: Blob): AsyncGenerator<Uint8Array, void, undefined> | undefined {
  try {
    return refilled(blob.stream().getReader({ mode: 'byob' }));
  } catch {
    return undefined;
  }
}

async function* refilled(reader: ReadableStreamBYOBReader): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for (let buffer = new ArrayBuffer(PIECE_BYTES); ;) {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (done || !value) return;
      yield value;
      buffer = value.buffer;
    }
  } finally {
    await reader.cancel();
  }
}
