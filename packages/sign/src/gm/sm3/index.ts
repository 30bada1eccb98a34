import type { StreamHash } from '../../crypto/algorithms.js';
import type { GmKernels } from '../kernels/load-kernels.js';
import { Sm3Hash } from './sm3-hash.js';

export { hmacSm3 } from './hmac-sm3.js';

/** A streaming SM3; with `kernels` it runs in WASM. Results are equal. @source GB/T 32905-2016 */
export function sm3Hasher(kernels?: GmKernels): StreamHash {
  return new Sm3Hash(kernels?.sm3Compress);
}

/** SM3 of all bytes at once: 32 bytes. @source GB/T 32905-2016 */
export function sm3(bytes: Uint8Array, kernels?: GmKernels): Uint8Array<ArrayBuffer> {
  const hash = new Sm3Hash(kernels?.sm3Compress);
  hash.update(bytes);
  return hash.digest();
}
