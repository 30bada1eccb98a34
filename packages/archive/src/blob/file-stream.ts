import type { FileHandle } from 'node:fs/promises';
import type { BlobCall, ByteRange } from './blob-store.js';

const CHUNK_BYTES = 256 * 1024;

/** Reads on demand and closes the handle at the end, on cancel and on error. */
export function fileStream(
  handle: FileHandle,
  options: BlobCall & { readonly range?: ByteRange } = {},
): ReadableStream<Uint8Array> {
  let position = options.range?.start ?? 0;
  const end = options.range?.end ?? Infinity;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          if (options.signal?.aborted) throw options.signal.reason;
          const length = Math.min(CHUNK_BYTES, end - position);
          const chunk = new Uint8Array(length);
          const { bytesRead } = length > 0 ? await handle.read(chunk, 0, length, position) : { bytesRead: 0 };
          position += bytesRead;
          if (bytesRead > 0) controller.enqueue(chunk.subarray(0, bytesRead));
          if (bytesRead > 0 && position < end) return;
          await handle.close();
          controller.close();
        } catch (error) {
          await handle.close().catch(() => undefined);
          controller.error(error);
        }
      },
      async cancel() {
        await handle.close();
      },
    },
    { highWaterMark: 1 },
  );
}
