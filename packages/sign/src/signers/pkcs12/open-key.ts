import type { SignatureAlgorithm } from '../../crypto/index.js';
import { isContext, oids, readDer, readOctets, readOid, type DerNode } from '../../der/index.js';
import { algorithmOfKey, signWithKey, subtleCrypto } from '../webcrypto/web-crypto-key.js';
import { pkcs12Error } from './pbes2.js';

/** A key that signs and shows nothing else. */
export interface OpenKey {
  readonly algorithm: SignatureAlgorithm;
  sign(data: Uint8Array): Promise<Uint8Array>;
}

const curves: Readonly<Record<string, string>> = { [oids.p256]: 'P-256', [oids.p384]: 'P-384', [oids.p521]: 'P-521' };

/**
 * Takes PKCS#8 bytes in, non-extractable, and wipes them. Errors: `pkcs12-malformed`, `signer-unavailable` on plain http.
 * @source RFC 5958 2; RFC 5915 3
 */
export async function openKey(pkcs8: Uint8Array<ArrayBuffer>): Promise<OpenKey> {
  try {
    const [, identifier, content] = readDer(pkcs8).children;
    const [name, parameters] = identifier?.children ?? [];
    if (!name || !content) throw pkcs12Error('key');
    const oid = readOid(name);
    const curve = oid === oids.ecPublicKey && parameters ? readOid(parameters) : undefined;
    if (curve === oids.sm2Curve || oid === oids.sm2Curve) return await sm2Key(content);
    return await webCryptoKey(pkcs8, oid, curve);
  } finally {
    pkcs8.fill(0);
  }
}

async function webCryptoKey(pkcs8: Uint8Array<ArrayBuffer>, oid: string, curve: string | undefined): Promise<OpenKey> {
  const namedCurve = curve === undefined ? undefined : curves[curve];
  const parameters =
    oid === oids.rsaEncryption
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      : namedCurve !== undefined
        ? { name: 'ECDSA', namedCurve }
        : undefined;
  if (!parameters) throw pkcs12Error('key-algorithm');
  const key = await subtleCrypto()
    .importKey('pkcs8', pkcs8, parameters, false, ['sign'])
    .catch((cause: unknown) => {
      throw pkcs12Error('key', cause);
    });
  return { algorithm: algorithmOfKey(key), sign: (data) => signWithKey(key, data) };
}

/** The number stays inside this function's closures. */
async function sm2Key(content: DerNode): Promise<OpenKey> {
  const [, secret] = readDer(readOctets(content)).children;
  if (!secret || isContext(secret, 0)) throw pkcs12Error('key');
  const privateKey = new Uint8Array(readOctets(secret));
  const { sm2PublicKey, sm2Sign } = await import('../../gm/index.js');
  const publicKey = sm2PublicKey(privateKey);
  const fresh = (): Uint8Array => crypto.getRandomValues(new Uint8Array(32));
  return {
    algorithm: { kind: 'sm2' },
    sign: (data) => Promise.resolve(sm2Sign({ privateKey, publicKey, data, extraEntropy: fresh() })),
  };
}
