import type { HashAlgorithm, SignatureAlgorithm } from '../crypto/algorithms.js';
import type { PublicKeyInfo } from '../crypto/public-key.js';
import { signError } from '../errors/sign-codes.js';

/** The usual algorithm of a key: what a signer that says nothing else will use. Errors: `crypto-unsupported`. */
export function signatureAlgorithmFor(key: PublicKeyInfo, hash: HashAlgorithm): SignatureAlgorithm {
  switch (key.kind) {
    case 'rsa':
      return { kind: 'rsa-pkcs1', hash };
    case 'ec':
      return { kind: 'ecdsa', hash };
    case 'ed25519':
    case 'sm2':
      return { kind: key.kind };
    case 'unknown':
      throw signError('crypto-unsupported', { details: { oid: key.oid } });
  }
}
