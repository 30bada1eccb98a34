import {
  der,
  derContext,
  derContextPrimitive,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  oids,
} from '../../../der/index.js';
import { issueCertificate, type IssuedCertificate } from '../../../testing/issue-certificate.js';
import { pkcs12Mac } from '../pkcs12-kdf.js';

/** What a test file is protected with. */
export const TEST_PASSWORD = '口令 99';
const SALT = Uint8Array.of(9, 9, 0, 1, 2, 3, 4, 5);
const IV = new Uint8Array(16).fill(7);

/** AlgorithmIdentifier of PBES2: PBKDF2 with HMAC-SHA-256, AES-256-CBC. */
export const pbes2 = (iterations = 1): Uint8Array =>
  derSequence(
    derOid('1.2.840.113549.1.5.13'),
    derSequence(
      derSequence(
        derOid('1.2.840.113549.1.5.12'),
        derSequence(derOctets(SALT), derInteger(iterations), derSequence(derOid('1.2.840.113549.2.9'), derNull())),
      ),
      derSequence(derOid('2.16.840.1.101.3.4.1.42'), derOctets(IV)),
    ),
  );

async function encrypt(data: Uint8Array): Promise<Uint8Array> {
  const password = new TextEncoder().encode(TEST_PASSWORD);
  const secret = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt: SALT, iterations: 1 };
  const key = await crypto.subtle.deriveKey(derivation, secret, { name: 'AES-CBC', length: 256 }, false, ['encrypt']);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv: IV }, key, data.slice()));
}

/** ContentInfo with safe contents as they are. */
export const plainPart = (contents: Uint8Array): Uint8Array =>
  derSequence(derOid(oids.data), derContext(0, derOctets(contents)));

/** ContentInfo with encrypted safe contents. */
export async function encryptedPart(contents: Uint8Array, algorithm = pbes2()): Promise<Uint8Array> {
  const encrypted = derContextPrimitive(0, await encrypt(contents));
  const info = derSequence(derOid(oids.data), algorithm, encrypted);
  return derSequence(derOid('1.2.840.113549.1.7.6'), derContext(0, derSequence(derInteger(0), info)));
}

const bag = (kind: number, value: Uint8Array): Uint8Array =>
  derSequence(derOid(`1.2.840.113549.1.12.10.1.${String(kind)}`), derContext(0, value));

/** SafeBag with a certificate. */
export const certificateBag = (certificate: Uint8Array): Uint8Array =>
  bag(3, derSequence(derOid('1.2.840.113549.1.9.22.1'), derContext(0, derOctets(certificate))));

/** SafeBag with a key, PKCS#8. */
export const keyBag = (pkcs8: Uint8Array): Uint8Array => bag(1, pkcs8);

/** SafeBag with an encrypted key. */
export const encryptedKeyBag = async (pkcs8: Uint8Array, algorithm = pbes2()): Promise<Uint8Array> =>
  bag(2, derSequence(algorithm, derOctets(await encrypt(pkcs8))));

/** A file around parts, or around any bytes that stand for them, with a MAC that holds. */
export function fileAround(
  authSafe: Uint8Array,
  { iterations = 1, password = TEST_PASSWORD }: { readonly iterations?: number; readonly password?: string } = {},
): Uint8Array {
  // A MAC over so many iterations is never reached: the file is refused before.
  const rounds = Math.min(iterations, 10);
  const digest = pkcs12Mac(authSafe, { hash: 'sha-256', salt: SALT, iterations: rounds, password });
  const mac = derSequence(
    derSequence(derSequence(derOid(oids.sha256), derNull()), derOctets(digest)),
    derOctets(SALT),
    derInteger(iterations),
  );
  return der(0x30, derInteger(3), plainPart(authSafe), mac);
}

/** A key with its certificate, to be put into files. */
export async function testHolder(): Promise<{ readonly holder: IssuedCertificate; readonly pkcs8: Uint8Array }> {
  const holder = await issueCertificate({ name: '测试医师' });
  return { holder, pkcs8: new Uint8Array(await crypto.subtle.exportKey('pkcs8', holder.keys.privateKey)) };
}
