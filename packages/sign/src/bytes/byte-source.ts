import { blobPieces, pieces, readAhead } from './read-ahead.js';

/** Bytes that need not be in memory: a file, a Blob, an array, or one after the other. Never changes while in use. */
export interface ByteSource {
  /** Length in bytes. */
  readonly sizeBytes: number;
  /**
   * Bytes from `offset`; shorter at the end of the source, empty beyond it. The result may be a view: do not write to it.
   * Errors: `aborted`, whatever the medium raises.
   */
  read(offset: number, lengthBytes: number, options?: { readonly signal?: AbortSignal }): Promise<Uint8Array>;
  /**
   * All bytes from `offset` to the end, piece by piece, for a source that can give them with less work than `read`. A piece
   * may be overwritten when the next one is asked for. Errors: those of `read`.
   */
  stream?(offset: number, options?: { readonly signal?: AbortSignal }): AsyncIterable<Uint8Array>;
}

/** An array as a source. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.byteLength,
    read: (offset, lengthBytes) => Promise.resolve(bytes.subarray(offset, offset + lengthBytes)),
  };
}

/** A Blob or File as a source; nothing is read before it is asked for. */
export function blobSource(blob: Blob): ByteSource {
  const source: ByteSource = {
    sizeBytes: blob.size,
    read: async (offset, lengthBytes, options) => {
      options?.signal?.throwIfAborted();
      return new Uint8Array(await blob.slice(offset, offset + lengthBytes).arrayBuffer());
    },
    stream: (offset, options) => blobPieces(blob.slice(offset)) ?? pieces(source, offset, options),
  };
  return source;
}

/** Sources one after the other, without a copy: an original and its increments. */
export function joinSources(parts: readonly ByteSource[]): ByteSource {
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  return {
    sizeBytes,
    read: async (offset, lengthBytes, options) => {
      const end = Math.min(sizeBytes, offset + lengthBytes);
      const pieces: Uint8Array[] = [];
      let start = 0;
      for (const part of parts) {
        const from = Math.max(offset, start);
        const to = Math.min(end, start + part.sizeBytes);
        if (from < to) pieces.push(await part.read(from - start, to - from, options));
        start += part.sizeBytes;
      }
      return pieces.length === 1 && pieces[0] ? pieces[0] : joinBytes(pieces);
    },
    stream: async function* (offset, options) {
      let start = 0;
      for (const part of parts) {
        if (offset < start + part.sizeBytes) yield* readAhead(part, Math.max(0, offset - start), options?.signal);
        start += part.sizeBytes;
      }
    },
  };
}

/** One array of all pieces. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.byteLength;
  }
  return joined;
}
