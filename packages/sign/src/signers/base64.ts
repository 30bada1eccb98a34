import { signError } from '../errors/sign-codes.js';

/** Base64 with padding. @source RFC 4648 4 */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.byteLength; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** Bytes of base64 as services send it: line breaks and missing padding are taken. Errors: `signer-protocol`. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text.replace(/\s+/g, '')), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw signError('signer-protocol', { details: { reason: 'base64' }, cause });
  }
}
