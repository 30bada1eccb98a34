import { ecdsaToDer, type HashAlgorithm, type SignatureAlgorithm } from '../../crypto/index.js';
import { signError } from '../../errors/sign-codes.js';

/** WebCrypto of this page. Errors: `signer-unavailable` on plain http, where browsers offer none. */
export function subtleCrypto(): SubtleCrypto {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (!subtle) throw signError('signer-unavailable', { details: { reason: 'insecure-context' } });
  return subtle;
}

interface KeyAlgorithmFields {
  readonly name: string;
  readonly namedCurve?: string;
  readonly hash?: { readonly name: string };
}

const curveHashes: Readonly<Record<string, HashAlgorithm>> = {
  'P-256': 'sha-256',
  'P-384': 'sha-384',
  'P-521': 'sha-512',
};
const hashNames: Readonly<Record<string, HashAlgorithm>> = {
  'SHA-256': 'sha-256',
  'SHA-384': 'sha-384',
  'SHA-512': 'sha-512',
};
const saltOf = { 'sha-256': 32, 'sha-384': 48, 'sha-512': 64, 'sha-1': 20, sm3: 32 } as const;

/** What the key signs with. Errors: `crypto-unsupported`. */
export function algorithmOfKey(key: CryptoKey): SignatureAlgorithm {
  const { name, namedCurve = '', hash } = key.algorithm as KeyAlgorithmFields;
  const curveHash = curveHashes[namedCurve];
  const keyHash = hashNames[hash?.name ?? ''];
  if (name === 'ECDSA' && curveHash) return { kind: 'ecdsa', hash: curveHash };
  if (name === 'RSASSA-PKCS1-v1_5' && keyHash) return { kind: 'rsa-pkcs1', hash: keyHash };
  if (name === 'RSA-PSS' && keyHash) return { kind: 'rsa-pss', hash: keyHash, saltBytes: saltOf[keyHash] };
  if (name === 'Ed25519') return { kind: 'ed25519' };
  throw signError('crypto-unsupported', { details: { algorithm: name } });
}

/** Signature value over the data, as it stands in a CMS. */
export async function signWithKey(key: CryptoKey, data: Uint8Array): Promise<Uint8Array> {
  const algorithm = algorithmOfKey(key);
  const { name } = key.algorithm;
  const parameters = {
    name,
    ...('hash' in algorithm && { hash: algorithm.hash.toUpperCase() }),
    ...(algorithm.kind === 'rsa-pss' && { saltLength: algorithm.saltBytes }),
  };
  const value = new Uint8Array(await subtleCrypto().sign(parameters, key, new Uint8Array(data)));
  return algorithm.kind === 'ecdsa' ? ecdsaToDer(value) : value;
}
