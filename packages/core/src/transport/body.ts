import { AnjuanError } from '../errors/anjuan-error.js';
import { abortError, onAbort } from '../lifecycle/abort.js';
import type { Progress } from './call.js';

export interface ReadBodyOptions {
  readonly signal: AbortSignal;
  readonly requestId: string;
  readonly onProgress?: (progress: Progress) => void;
}

export interface ReadBody {
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  readonly sizeBytes: number;
}

/**
 * Reads a body to its end. Errors: `network-interrupted` when the connection breaks or fewer bytes arrive than
 * declared; what the signal says on abort.
 */
export async function readBody(response: Response, options: ReadBodyOptions): Promise<ReadBody> {
  const totalBytes = declaredLength(response.headers);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  const reader = response.body?.getReader();
  if (reader) {
    const stop = onAbort(options.signal, () => void reader.cancel().catch(() => undefined));
    // The platform's message may name the address; the code says all that is safe.
    const read = (): ReturnType<typeof reader.read> =>
      reader.read().catch(() => {
        throw options.signal.aborted ? abortError(options.signal) : interrupted(options, sizeBytes, totalBytes);
      });
    try {
      for (let part = await read(); !part.done; part = await read()) {
        chunks.push(part.value as Uint8Array<ArrayBuffer>);
        sizeBytes += part.value.byteLength;
        options.onProgress?.({ loadedBytes: sizeBytes, totalBytes });
      }
    } finally {
      stop();
    }
  }
  if (options.signal.aborted) throw abortError(options.signal);
  if (totalBytes !== undefined && sizeBytes < totalBytes) throw interrupted(options, sizeBytes, totalBytes);
  return { chunks, sizeBytes };
}

/**
 * Bytes to expect, or undefined. With a content encoding the header counts compressed bytes. Across origins that
 * header can be hidden from us, so more bytes than declared prove nothing; only fewer do.
 */
function declaredLength(headers: Headers): number | undefined {
  const encoding = headers.get('content-encoding');
  const length = headers.get('content-length');
  if ((encoding !== null && encoding !== 'identity') || length === null || !/^\d+$/.test(length)) return undefined;
  return Number(length);
}

function interrupted(options: ReadBodyOptions, loadedBytes: number, totalBytes: number | undefined): AnjuanError {
  return new AnjuanError('network-interrupted', {
    requestId: options.requestId,
    details: { loadedBytes, totalBytes: totalBytes ?? null },
  });
}
