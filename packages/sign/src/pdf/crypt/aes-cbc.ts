import { Aes } from './aes.js';

const BLOCK = 16;

interface CbcOptions {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

function load(block: Uint32Array, bytes: Uint8Array, at: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, BLOCK);
  for (let column = 0; column < 4; column += 1) block[column] = view.getUint32(column * 4);
}

function mixIn(block: Uint32Array, other: Uint32Array): void {
  for (let column = 0; column < 4; column += 1) block[column] = (block[column] ?? 0) ^ (other[column] ?? 0);
}

/** Whole blocks; no padding added. @source NIST SP 800-38A 6.2 */
export function encryptCbc(bytes: Uint8Array, { key, iv }: CbcOptions): Uint8Array {
  const aes = new Aes(key);
  const out = new Uint8Array(bytes.byteLength);
  const view = new DataView(out.buffer);
  const chain = new Uint32Array(4);
  const block = new Uint32Array(4);
  load(chain, iv, 0);
  for (let at = 0; at < bytes.byteLength; at += BLOCK) {
    load(block, bytes, at);
    mixIn(chain, block);
    aes.encrypt(chain);
    for (let column = 0; column < 4; column += 1) view.setUint32(at + column * 4, chain[column] ?? 0);
  }
  return out;
}

/** Whole blocks; padding stays. */
export function decryptCbc(bytes: Uint8Array, { key, iv }: CbcOptions): Uint8Array {
  const aes = new Aes(key);
  const out = new Uint8Array(bytes.byteLength);
  const view = new DataView(out.buffer);
  const chain = new Uint32Array(4);
  const next = new Uint32Array(4);
  const block = new Uint32Array(4);
  load(chain, iv, 0);
  for (let at = 0; at < bytes.byteLength; at += BLOCK) {
    load(next, bytes, at);
    block.set(next);
    aes.decrypt(block);
    mixIn(block, chain);
    chain.set(next);
    for (let column = 0; column < 4; column += 1) view.setUint32(at + column * 4, block[column] ?? 0);
  }
  return out;
}
