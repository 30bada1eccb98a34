/** Unpacks zlib data, at most `sizeBytes` of them; undefined when they are damaged. Ends early, so a bomb does not go off. */
export async function inflate(data: Uint8Array, sizeBytes: number): Promise<Uint8Array | undefined> {
  const out = new Uint8Array(sizeBytes);
  let to = 0;
  const packed = new Response(new Uint8Array(data)).body;
  if (!packed) return undefined;
  const reader = packed.pipeThrough(new DecompressionStream('deflate')).getReader();
  try {
    while (to < sizeBytes) {
      const { value, done } = await reader.read();
      if (done) break;
      const piece = value.subarray(0, sizeBytes - to);
      out.set(piece, to);
      to += piece.length;
    }
  } catch {
    // Rows before the damage are of no use to a record: the whole page is refused.
    return undefined;
  } finally {
    void reader.cancel().catch(() => undefined);
  }
  return out.subarray(0, to);
}
