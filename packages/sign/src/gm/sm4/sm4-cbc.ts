import { keyError } from '../sm2/public-key.js';
import { Sm4 } from './sm4-block.js';

/** Key and start of a chain: 16 bytes each. */
export interface Sm4CbcOptions {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** SM4-CBC with PKCS#7 padding. Gives no protection against changes: prefer GCM. Errors: `gm-malformed`. @source GB/T 17964-2021 */
export function sm4CbcEncrypt(data: Uint8Array, options: Sm4CbcOptions): Uint8Array<ArrayBuffer> {
  const { cipher, iv } = open(options);
  const padding = 16 - (data.byteLength % 16);
  const bytes = new Uint8Array(data.byteLength + padding).fill(padding, data.byteLength);
  bytes.set(data);
  const view = new DataView(bytes.buffer);
  let before = iv;
  for (let at = 0; at < bytes.byteLength; at += 16) {
    for (let index = 0; index < 16; index += 1) bytes[at + index] = (bytes[at + index] ?? 0) ^ (before[index] ?? 0);
    cipher.encryptBlock(view, at);
    before = bytes.subarray(at, at + 16);
  }
  return bytes;
}

/** The inverse of {@link sm4CbcEncrypt}. Errors: `gm-malformed` for a wrong length or padding. */
export function sm4CbcDecrypt(data: Uint8Array, options: Sm4CbcOptions): Uint8Array<ArrayBuffer> {
  const { cipher, iv } = open(options);
  if (data.byteLength === 0 || data.byteLength % 16 !== 0) throw keyError('sm4-data-length');
  const bytes = data.slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.byteLength; at += 16) {
    cipher.decryptBlock(view, at);
    const before = at === 0 ? iv : data.subarray(at - 16, at);
    for (let index = 0; index < 16; index += 1) bytes[at + index] = (bytes[at + index] ?? 0) ^ (before[index] ?? 0);
  }
  const padding = bytes.at(-1) ?? 0;
  const end = bytes.byteLength - padding;
  if (padding < 1 || padding > 16 || bytes.subarray(end).some((byte) => byte !== padding)) {
    throw keyError('sm4-padding');
  }
  return bytes.slice(0, end);
}

function open({ key, iv }: Sm4CbcOptions): { readonly cipher: Sm4; readonly iv: Uint8Array } {
  if (iv.byteLength !== 16) throw keyError('sm4-iv-length');
  return { cipher: new Sm4(key), iv };
}
