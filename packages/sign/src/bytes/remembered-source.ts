import { joinBytes, type ByteSource } from './byte-source.js';

/** Short reads take whole blocks of this size, so that neighbouring objects cost one read. */
export const BLOCK_BYTES = 16_384;
/** Longer reads go past the memory: they are passes over the file. */
const LONGEST_BYTES = 262_144;
/** Blocks kept: 8 MiB. Two for each page of a record of 250 scanned pages. */
const KEPT_BLOCKS = 512;

/** A source that remembers the blocks of short reads, so that opening a revision of the same file again reads little. */
export function rememberedSource(source: ByteSource): ByteSource {
  const { sizeBytes } = source;
  const blocks = new Map<number, Uint8Array>();
  const block = (start: number): Uint8Array | undefined => {
    const known = blocks.get(start);
    if (known) {
      blocks.delete(start);
      blocks.set(start, known);
    }
    return known;
  };
  const load = async (from: number, to: number, options: Parameters<ByteSource['read']>[2]): Promise<Uint8Array> => {
    const bytes = await source.read(from, to - from, options);
    // A part of a larger array would keep all of it.
    for (let start = from; start < to && bytes.byteLength === to - from; start += BLOCK_BYTES)
      blocks.set(start, to - from <= BLOCK_BYTES ? bytes : bytes.slice(start - from, start - from + BLOCK_BYTES));
    for (const start of blocks.keys()) {
      if (blocks.size <= KEPT_BLOCKS) break;
      blocks.delete(start);
    }
    return bytes;
  };
  const { stream } = source;
  return {
    sizeBytes,
    ...(stream && { stream: stream.bind(source) }),
    read: async (offset, lengthBytes, options) => {
      const end = Math.min(sizeBytes, offset + lengthBytes);
      if (offset < 0 || lengthBytes > LONGEST_BYTES || end <= offset) return source.read(offset, lengthBytes, options);
      options?.signal?.throwIfAborted();
      const first = offset - (offset % BLOCK_BYTES);
      const pieces: Uint8Array[] = [];
      for (let start = first; start < end; start += BLOCK_BYTES) {
        const known = block(start);
        if (!known) {
          const to = Math.min(sizeBytes, Math.ceil(end / BLOCK_BYTES) * BLOCK_BYTES);
          pieces.push(await load(start, to, options));
          break;
        }
        pieces.push(known);
      }
      const [only] = pieces;
      return (pieces.length === 1 && only ? only : joinBytes(pieces)).subarray(offset - first, end - first);
    },
  };
}
