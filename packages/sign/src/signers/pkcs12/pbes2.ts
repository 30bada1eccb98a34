import { isUniversal, readOctets, readOid, readSmallInteger, tags, type DerNode } from '../../der/index.js';
import { signError } from '../../errors/sign-codes.js';
import { subtleCrypto } from '../webcrypto/web-crypto-key.js';

/** `pkcs12-malformed` with its reason. */
export const pkcs12Error = (reason: string, cause?: unknown): Error =>
  signError('pkcs12-malformed', { details: { reason }, cause });

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const HMAC_SHA256 = '1.2.840.113549.2.9';
const AES_BITS: Readonly<Record<string, number>> = { '2.16.840.1.101.3.4.1.2': 128, '2.16.840.1.101.3.4.1.42': 256 };
/** RC2, RC4 and 3DES of PKCS#12, DES of PKCS#5. @source RFC 7292 C; RFC 8018 A.3 */
const LEGACY = /^1\.2\.840\.113549\.1\.(12\.1\.[1-6]|5\.(1|3|4|6|10|11))$/;
/** Beyond this a file is meant to hang the page. */
const MAX_ITERATIONS = 2_000_000;

interface Pbes2 {
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly bits: number;
  readonly iv: Uint8Array;
}

/** Reads an AlgorithmIdentifier of PBES2 with HMAC-SHA-256 and AES-CBC. Errors: `pkcs12-malformed`. @source RFC 8018 A.4 */
export function readPbes2(identifier: DerNode | undefined): Pbes2 {
  const [scheme, parameters] = identifier?.children ?? [];
  const oid = scheme ? readOid(scheme) : '';
  if (LEGACY.test(oid)) throw pkcs12Error('legacy-encryption');
  const [derivation, encryption] = parameters?.children ?? [];
  const [kdf, kdfParameters] = derivation?.children ?? [];
  const [cipher, iv] = encryption?.children ?? [];
  if (oid !== PBES2 || !kdf || readOid(kdf) !== PBKDF2 || !cipher || !iv) throw pkcs12Error('encryption');
  const [salt, count, ...more] = kdfParameters?.children ?? [];
  const bits = AES_BITS[readOid(cipher)];
  const [prf] = more.find((node) => isUniversal(node, tags.sequence))?.children ?? [];
  if (bits === undefined) throw pkcs12Error('encryption');
  if (!prf || readOid(prf) !== HMAC_SHA256) throw pkcs12Error('key-derivation');
  if (!salt || !count) throw pkcs12Error('structure');
  return { salt: readOctets(salt), iterations: boundedIterations(count), bits, iv: readOctets(iv) };
}

/** Errors: `pkcs12-malformed`. */
export function boundedIterations(count: DerNode, most = MAX_ITERATIONS): number {
  const iterations = readSmallInteger(count);
  if (iterations < 1 || iterations > most) throw pkcs12Error('iterations');
  return iterations;
}

/** Decrypts; a wrong password fails at the padding or gives rubbish, so check the MAC first. */
export async function decryptPbes2(
  { salt, iterations, bits, iv }: Pbes2,
  data: Uint8Array,
  password: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const subtle = subtleCrypto();
  const secret = await subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, ['deriveKey']);
  const key = await subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(salt), iterations },
    secret,
    { name: 'AES-CBC', length: bits },
    false,
    ['decrypt'],
  );
  try {
    return new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv: new Uint8Array(iv) }, key, new Uint8Array(data)));
  } catch (cause) {
    throw pkcs12Error('decryption', cause);
  }
}
