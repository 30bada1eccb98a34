import { derContext, derInteger, derNull, derOid, derSequence } from '../der/index.js';
import { isContext, isUniversal, oids, readOid, readSmallInteger, tags, type DerNode } from '../der/index.js';
import { signError } from '../errors/sign-codes.js';
import type { HashAlgorithm, SignatureAlgorithm } from './algorithms.js';

/** Object identifier of each hash. */
export const hashOids: Readonly<Record<HashAlgorithm, string>> = {
  'sha-1': oids.sha1,
  'sha-256': oids.sha256,
  'sha-384': oids.sha384,
  'sha-512': oids.sha512,
  sm3: oids.sm3,
};

/** Length of each digest in bytes. */
export const hashBytes: Readonly<Record<HashAlgorithm, number>> = {
  'sha-1': 20,
  'sha-256': 32,
  'sha-384': 48,
  'sha-512': 64,
  sm3: 32,
};

const hashes = new Map(Object.entries(hashOids).map(([name, oid]) => [oid, name as HashAlgorithm]));

/** The hash of an object identifier; undefined for one that is not known. */
export const hashOfOid = (oid: string): HashAlgorithm | undefined => hashes.get(oid);

const byOid: Readonly<Record<string, SignatureAlgorithm>> = {
  [oids.sha1WithRsa]: { kind: 'rsa-pkcs1', hash: 'sha-1' },
  [oids.sha256WithRsa]: { kind: 'rsa-pkcs1', hash: 'sha-256' },
  [oids.sha384WithRsa]: { kind: 'rsa-pkcs1', hash: 'sha-384' },
  [oids.sha512WithRsa]: { kind: 'rsa-pkcs1', hash: 'sha-512' },
  [oids.ecdsaWithSha1]: { kind: 'ecdsa', hash: 'sha-1' },
  [oids.ecdsaWithSha256]: { kind: 'ecdsa', hash: 'sha-256' },
  [oids.ecdsaWithSha384]: { kind: 'ecdsa', hash: 'sha-384' },
  [oids.ecdsaWithSha512]: { kind: 'ecdsa', hash: 'sha-512' },
  [oids.ed25519]: { kind: 'ed25519' },
  [oids.sm2WithSm3]: { kind: 'sm2' },
};

/**
 * Reads an AlgorithmIdentifier of a signature. `hash` is the digest algorithm beside it, for the identifiers that name only
 * a key (`rsaEncryption`, `id-ecPublicKey`, the SM2 curve in CMS of older producers). Undefined for what is not known.
 * @source RFC 4055, 5754, 8419; GM/T 0010-2023
 */
export function signatureAlgorithmOf(identifier: DerNode, hash?: HashAlgorithm): SignatureAlgorithm | undefined {
  const [name, parameters] = identifier.children;
  if (!name) return undefined;
  const oid = readOid(name);
  if (oid === oids.rsaPss) return pssOf(parameters);
  if (oid === oids.rsaEncryption && hash) return { kind: 'rsa-pkcs1', hash };
  if (oid === oids.ecPublicKey && hash) return hash === 'sm3' ? { kind: 'sm2' } : { kind: 'ecdsa', hash };
  if (oid === oids.sm2Curve || oid === oids.sm2Sign) return { kind: 'sm2' };
  return byOid[oid];
}

/** RSASSA-PSS-params; MGF1 must use the same hash, the trailer is 1. @source RFC 4055 3.1 */
function pssOf(parameters: DerNode | undefined): SignatureAlgorithm | undefined {
  let hash: HashAlgorithm | undefined = 'sha-1';
  let mgfHash: HashAlgorithm | undefined = 'sha-1';
  let saltBytes = 20;
  if (!isUniversal(parameters, tags.sequence)) return undefined;
  for (const field of parameters.children) {
    const [value] = field.children;
    if (!value) return undefined;
    if (isContext(field, 0)) hash = hashNamed(value);
    else if (isContext(field, 1)) {
      const [mgf, inner] = value.children;
      if (!mgf || readOid(mgf) !== oids.mgf1 || !inner) return undefined;
      mgfHash = hashNamed(inner);
    } else if (isContext(field, 2)) saltBytes = readSmallInteger(value);
    else if (!isContext(field, 3) || readSmallInteger(value) !== 1) return undefined;
  }
  return hash && hash === mgfHash && saltBytes >= 0 ? { kind: 'rsa-pss', hash, saltBytes } : undefined;
}

/** The hash of an AlgorithmIdentifier. */
export function hashNamed(identifier: DerNode): HashAlgorithm | undefined {
  const [name] = identifier.children;
  return name && hashOfOid(readOid(name));
}

/** AlgorithmIdentifier of a hash; parameters absent. @source RFC 5754 2 */
export const writeHashAlgorithm = (hash: HashAlgorithm): Uint8Array<ArrayBuffer> => derSequence(derOid(hashOids[hash]));

/** AlgorithmIdentifier of a signature as it stands in a SignerInfo. Errors: `crypto-unsupported`. */
export function writeSignatureAlgorithm(algorithm: SignatureAlgorithm): Uint8Array<ArrayBuffer> {
  if (algorithm.kind === 'rsa-pss') {
    const hash = derSequence(derOid(hashOids[algorithm.hash]), derNull());
    return derSequence(
      derOid(oids.rsaPss),
      derSequence(
        derContext(0, hash),
        derContext(1, derSequence(derOid(oids.mgf1), hash)),
        derContext(2, derInteger(algorithm.saltBytes)),
      ),
    );
  }
  const wanted = 'hash' in algorithm ? algorithm.hash : undefined;
  const found = Object.entries(byOid).find(
    ([, known]) => known.kind === algorithm.kind && ('hash' in known ? known.hash : undefined) === wanted,
  );
  if (!found) throw signError('crypto-unsupported', { details: { algorithm: algorithm.kind } });
  const oid = derOid(found[0]);
  return algorithm.kind === 'rsa-pkcs1' ? derSequence(oid, derNull()) : derSequence(oid);
}
