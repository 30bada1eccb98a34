import type { Sm3Compress } from '../sm3/sm3-hash.js';
import type { KernelExports } from './kernel-exports.js';

/** Bytes that go to the kernel at once. */
const CHUNK_BYTES = 1 << 16;

/** SM3 blocks by the kernel; the state stays with the hash, so that many hashes share one kernel. */
export function kernelCompress(kernel: KernelExports): Sm3Compress {
  const state = kernel.reserve(32);
  const data = kernel.reserve(CHUNK_BYTES);
  return (words, bytes, start, end) => {
    new Int32Array(kernel.memory.buffer, state, 8).set(words);
    for (let at = start; at < end; at += CHUNK_BYTES) {
      const chunk = bytes.subarray(at, Math.min(end, at + CHUNK_BYTES));
      new Uint8Array(kernel.memory.buffer, data, chunk.byteLength).set(chunk);
      kernel.sm3Blocks(state, data, chunk.byteLength >> 6);
    }
    words.set(new Int32Array(kernel.memory.buffer, state, 8));
  };
}
