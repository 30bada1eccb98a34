import { onAbort } from '@anjuan/core';
import { protocolError } from './json.js';

/** How a body is read. */
export interface ReadBodyOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** The whole body; `device-protocol` as soon as it is longer than allowed, whatever length it declared. */
export async function readBody(
  response: Response,
  { maxBytes, signal }: ReadBodyOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const leave = (): void => void reader?.cancel().catch(() => undefined);
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    leave();
    throw protocolError('body-too-large');
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stop = onAbort(signal, leave);
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      const chunk = next.value as Uint8Array;
      length += chunk.length;
      if (length > maxBytes) {
        leave();
        throw protocolError('body-too-large');
      }
      chunks.push(chunk);
    }
  } finally {
    stop();
  }
  return joined(chunks, length);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
