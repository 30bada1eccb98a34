import { AnjuanError } from '@anjuan/core';
import type { ByteSource } from './byte-source.js';

/** Large enough that a read costs little beside the work on it, small enough that what is left of it is no burden. */
const PIECE_BYTES = 1 << 20;

/**
 * The bytes of a source from an offset, piece by piece; the next piece is on its way while one is worked on. Ends early
 * where the source gives no more. Errors: `aborted`, whatever the medium raises.
 */
export async function* readAhead(
  source: ByteSource,
  from: number,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly at: number; readonly bytes: Uint8Array }, void, undefined> {
  const ask = (at: number): Promise<Uint8Array> => {
    const piece = source.read(at, Math.min(PIECE_BYTES, source.sizeBytes - at), signal && { signal });
    piece.catch(() => undefined);
    return piece;
  };
  let next = from < source.sizeBytes ? ask(from) : undefined;
  for (let at = from; next;) {
    let bytes: Uint8Array;
    try {
      signal?.throwIfAborted();
      bytes = await next;
    } catch (cause) {
      throw signal?.aborted ? new AnjuanError('aborted', { cause }) : cause;
    }
    if (bytes.byteLength === 0) return;
    const after = at + bytes.byteLength;
    next = after < source.sizeBytes ? ask(after) : undefined;
    yield { at, bytes };
    at = after;
  }
}
