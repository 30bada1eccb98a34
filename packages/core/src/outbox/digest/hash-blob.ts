import { Sha256 } from '../../digest/sha256.js';
import { throwIfAborted } from '../../lifecycle/abort.js';
import { Sha1 } from './sha1.js';

/** Up to here WebCrypto, which wants the whole file at once, is faster than parts and costs no memory to speak of. */
const WHOLE_BYTES = 8 * 1024 * 1024;
/** One part of a larger file. */
const PART_BYTES = 1024 * 1024;

/** Hash functions that the outbox needs. */
export type HashName = 'SHA-256' | 'SHA-1';

/** Lower-case hex digest of a file, read in parts when it is large: no copy of the whole file is ever made. */
export async function hashBlob(
  blob: Blob,
  options: { readonly algorithm?: HashName; readonly signal?: AbortSignal } = {},
): Promise<string> {
  const { algorithm = 'SHA-256', signal } = options;
  throwIfAborted(signal);
  const subtle = subtleCrypto();
  if (subtle && blob.size <= WHOLE_BYTES) {
    return hexOf(new Uint8Array(await subtle.digest(algorithm, await blob.arrayBuffer())));
  }
  const hash = algorithm === 'SHA-1' ? new Sha1() : new Sha256();
  for (let offset = 0; offset < blob.size; offset += PART_BYTES) {
    hash.update(new Uint8Array(await blob.slice(offset, offset + PART_BYTES).arrayBuffer()));
    throwIfAborted(signal);
  }
  return hash.hex();
}

/** WebCrypto, where the page has it: plain http pages have none. */
export function subtleCrypto(): SubtleCrypto | undefined {
  return (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Base64 of a hex digest. */
export function base64OfHex(hex: string): string {
  return btoa(hex.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16))));
}

/** Hex of a base64 digest; undefined when it is none of `sizeBytes` bytes. */
export function hexOfBase64(base64: string, sizeBytes: number): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return bytes.length === sizeBytes ? hexOf(bytes) : undefined;
  } catch {
    return undefined;
  }
}
