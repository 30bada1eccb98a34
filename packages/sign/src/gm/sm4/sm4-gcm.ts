import { joinBytes } from '../../bytes/byte-source.js';
import { keyError } from '../sm2/public-key.js';
import { Ghash } from './ghash.js';
import { Sm4 } from './sm4-block.js';

/** Key and nonce of one message. A nonce must never serve twice with one key. */
export interface Sm4GcmOptions {
  /** 16 bytes. */
  readonly key: Uint8Array;
  /** 12 bytes. */
  readonly nonce: Uint8Array;
  /** Bytes that are protected but not encrypted. */
  readonly associatedData?: Uint8Array;
}

const TAG_BYTES = 16;

/** SM4-GCM: the encrypted bytes and the 16-byte tag. Errors: `gm-malformed`. @source GB/T 36624-2018; RFC 8998 2 */
export function sm4GcmEncrypt(data: Uint8Array, options: Sm4GcmOptions): Uint8Array<ArrayBuffer> {
  const { counter, tag } = open(options);
  const encrypted = counter(data);
  return joinBytes([encrypted, tag(encrypted)]);
}

/**
 * The inverse of {@link sm4GcmEncrypt}. Errors: `gm-malformed` with reason `sm4-tag` when anything was changed; nothing is
 * given back then.
 */
export function sm4GcmDecrypt(data: Uint8Array, options: Sm4GcmOptions): Uint8Array<ArrayBuffer> {
  const { counter, tag } = open(options);
  if (data.byteLength < TAG_BYTES) throw keyError('sm4-data-length');
  const encrypted = data.subarray(0, data.byteLength - TAG_BYTES);
  const expected = tag(encrypted);
  let difference = 0;
  for (let at = 0; at < TAG_BYTES; at += 1) difference |= (expected[at] ?? 0) ^ (data[encrypted.byteLength + at] ?? 0);
  if (difference !== 0) throw keyError('sm4-tag');
  return counter(encrypted);
}

function open({ key, nonce, associatedData = new Uint8Array(0) }: Sm4GcmOptions): {
  readonly counter: (data: Uint8Array) => Uint8Array<ArrayBuffer>;
  readonly tag: (encrypted: Uint8Array) => Uint8Array<ArrayBuffer>;
} {
  if (nonce.byteLength !== 12) throw keyError('sm4-nonce-length');
  const cipher = new Sm4(key);
  const block = new DataView(new ArrayBuffer(16));
  const stream = new DataView(new ArrayBuffer(16));
  new Uint8Array(block.buffer).set(nonce);
  const encryptCounter = (count: number): Uint8Array => {
    block.setUint32(12, count);
    cipher.encryptBlock(block, 0, stream, 0);
    return new Uint8Array(stream.buffer);
  };
  return {
    counter: (data) => {
      const out = data.slice();
      for (let at = 0, count = 2; at < out.byteLength; at += 16, count += 1) {
        const pad = encryptCounter(count);
        const end = Math.min(16, out.byteLength - at);
        for (let index = 0; index < end; index += 1) out[at + index] = (out[at + index] ?? 0) ^ (pad[index] ?? 0);
      }
      return out;
    },
    tag: (encrypted) => {
      const zero = new DataView(new ArrayBuffer(16));
      cipher.encryptBlock(zero, 0);
      const hash = new Ghash(zero);
      hash.update(associatedData);
      hash.update(encrypted);
      const sum = new Uint8Array(hash.finish(associatedData.byteLength, encrypted.byteLength).buffer);
      const pad = encryptCounter(1);
      return Uint8Array.from(sum, (byte, index) => byte ^ (pad[index] ?? 0));
    },
  };
}
