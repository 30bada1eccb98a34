/** Bytes that need not be in memory: a file, a Blob, an array, or one after the other. Never changes while in use. */
export interface ByteSource {
  /** Length in bytes. */
  readonly sizeBytes: number;
  /**
   * Bytes from `offset`; shorter at the end of the source, empty beyond it. The result may be a view: do not write to it.
   * Errors: `aborted`, whatever the medium raises.
   */
  read(offset: number, lengthBytes: number, options?: { readonly signal?: AbortSignal }): Promise<Uint8Array>;
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
  return {
    sizeBytes: blob.size,
    read: async (offset, lengthBytes, options) => {
      options?.signal?.throwIfAborted();
      return new Uint8Array(await blob.slice(offset, offset + lengthBytes).arrayBuffer());
    },
  };
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
