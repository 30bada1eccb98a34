import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { joinBytes } from '../../bytes/byte-source.js';
import { decryptCbc, encryptCbc } from './aes-cbc.js';
import type { EncryptDict } from './encrypt-dict.js';

const PASSWORD_BYTES = 127;
const NO_IV = new Uint8Array(16);
const same = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, index) => byte === b[index]);

/** Algorithm 2.B; revision 5 hashes once. @source ISO 32000-2 7.6.4.3.4 */
function hash(
  password: Uint8Array,
  options: { readonly salt: Uint8Array; readonly user: Uint8Array; readonly revision: number },
): Uint8Array {
  const { salt, user, revision } = options;
  let key = sha256(joinBytes([password, salt, user]));
  if (revision < 6) return key;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const once = joinBytes([password, key, user]);
    const data = encryptCbc(joinBytes(Array.from({ length: 64 }, () => once)), {
      key: key.subarray(0, 16),
      iv: key.subarray(16, 32),
    });
    const rest = data.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = rest === 0 ? sha256(data) : rest === 1 ? sha384(data) : sha512(data);
    last = data[data.byteLength - 1] ?? 0;
  }
  return key.slice(0, 32);
}

/** Algorithm 2.A: the file key when the password is the user's or the owner's. @source ISO 32000-2 7.6.4.3.3 */
export function fileKeyR6(password: string, { o, u, oe, ue, revision }: EncryptDict): Uint8Array | undefined {
  const bytes = new TextEncoder().encode(password.normalize('NFKC')).subarray(0, PASSWORD_BYTES);
  const none = new Uint8Array();
  const tries = [
    { stored: o, wrapped: oe, user: u.subarray(0, 48) },
    { stored: u, wrapped: ue, user: none },
  ];
  for (const { stored, wrapped, user } of tries) {
    if (!same(hash(bytes, { salt: stored.subarray(32, 40), user, revision }), stored)) continue;
    const key = hash(bytes, { salt: stored.subarray(40, 48), user, revision });
    return decryptCbc(wrapped.subarray(0, 32), { key, iv: NO_IV });
  }
  return undefined;
}
