import { md5 } from '@noble/hashes/legacy.js';
import { joinBytes } from '../../bytes/byte-source.js';
import type { EncryptDict } from './encrypt-dict.js';
import { rc4 } from './rc4.js';

/** @source ISO 32000-2 7.6.4.3.2 step a */
const PAD = Uint8Array.from(
  [
    [0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08],
    [0x2e, 0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a],
  ].flat(),
);

const padded = (password: Uint8Array): Uint8Array => joinBytes([password, PAD]).subarray(0, 32);
const same = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, index) => byte === b[index]);

/** Rounds of RC4 with the key combined with each number. */
function rounds(key: Uint8Array, bytes: Uint8Array, numbers: readonly number[]): Uint8Array {
  return numbers.reduce(
    (data, number) =>
      rc4(
        key.map((byte) => byte ^ number),
        data,
      ),
    bytes,
  );
}

const UP = Array.from({ length: 20 }, (_, index) => index);

/** Algorithm 2: the file key from a user password. @source ISO 32000-2 7.6.4.3.2 */
function userKey(
  password: Uint8Array,
  { o, permissions, id, revision, keyBytes, encryptMetadata }: EncryptDict,
): Uint8Array {
  const p = Uint8Array.of(permissions, permissions >> 8, permissions >> 16, permissions >> 24);
  const extra = revision >= 4 && !encryptMetadata ? [new Uint8Array(4).fill(255)] : [];
  let digest = md5(joinBytes([padded(password), o.subarray(0, 32), p, id, ...extra]));
  if (revision >= 3) for (let round = 0; round < 50; round += 1) digest = md5(digest.subarray(0, keyBytes));
  return digest.slice(0, keyBytes);
}

/** Algorithms 4 to 6: the key when the password opens the file. @source ISO 32000-2 7.6.4.4 */
function checkUser(password: Uint8Array, dict: EncryptDict): Uint8Array | undefined {
  const key = userKey(password, dict);
  if (dict.revision === 2) return same(rc4(key, PAD), dict.u) ? key : undefined;
  const check = rounds(key, md5(joinBytes([PAD, dict.id])), UP);
  return same(check, dict.u) ? key : undefined;
}

/** Algorithm 7: the user password out of /O. @source ISO 32000-2 7.6.4.4.5 */
function userPassword(owner: Uint8Array, { o, revision, keyBytes }: EncryptDict): Uint8Array {
  let digest = md5(padded(owner));
  if (revision >= 3) for (let round = 0; round < 50; round += 1) digest = md5(digest);
  return rounds(digest.subarray(0, keyBytes), o.subarray(0, 32), revision === 2 ? [0] : UP.toReversed());
}

/** File key of revisions 2 to 4; undefined when the password is neither the user's nor the owner's. */
export function fileKeyR4(password: string, dict: EncryptDict): Uint8Array | undefined {
  // Passwords of these revisions are PDFDocEncoding: Latin-1 as far as anybody types.
  const bytes = Uint8Array.from(password, (char) => char.codePointAt(0) ?? 0);
  return checkUser(bytes, dict) ?? checkUser(userPassword(bytes, dict), dict);
}
