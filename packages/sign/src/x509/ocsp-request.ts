import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';
import type { Certificate } from './certificate.js';

/** DER OCSPRequest for one certificate; `hash` names it (default SHA-1, the one that every responder knows). @source RFC 6960 4.1 */
export async function buildOcspRequest(request: {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly engine: CryptoEngine;
  readonly hash?: HashAlgorithm;
  /** At most 32 random bytes. */
  readonly nonce?: Uint8Array;
}): Promise<Uint8Array<ArrayBuffer>> {
  throw new Error(`not yet ${String(request.hash)}`);
}
