import type { HashAlgorithm, SignatureAlgorithm } from '../crypto/algorithms.js';
import type { PublicKeyInfo } from '../x509/index.js';

/** The usual algorithm of a key: what a signer that says nothing else will use. Errors: `crypto-unsupported`. */
export function signatureAlgorithmFor(key: PublicKeyInfo, hash: HashAlgorithm): SignatureAlgorithm {
  throw new Error(`not yet ${key.kind} ${hash}`);
}
