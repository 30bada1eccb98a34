import { writeHashAlgorithm } from '../crypto/algorithm-ids.js';
import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';
import { derContext, derInteger, derNull, derOctets, derOid, derSequence, oids } from '../der/index.js';
import type { Certificate } from './certificate.js';

/**
 * DER OCSPRequest for one certificate. `hash` names it: default SHA-1, the one that every responder knows and that only
 * identifies. @source RFC 6960 4.1; RFC 5019 2.1.1
 */
export async function buildOcspRequest(request: {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly engine: CryptoEngine;
  readonly hash?: HashAlgorithm;
  /** 1 to 32 random bytes. @source RFC 8954 2.1 */
  readonly nonce?: Uint8Array;
}): Promise<Uint8Array<ArrayBuffer>> {
  const { certificate, issuer, engine, hash = 'sha-1', nonce } = request;
  const algorithm = hash === 'sha-1' ? derSequence(derOid(oids.sha1), derNull()) : writeHashAlgorithm(hash);
  const id = derSequence(
    algorithm,
    // The name as the certificate writes it, which may differ in string types. RFC 6960 4.1.1.
    derOctets(await engine.digest(hash, certificate.issuer.der)),
    derOctets(await engine.digest(hash, issuer.keyBits)),
    derInteger(certificate.serialNumber),
  );
  const list = derSequence(derSequence(id));
  const extension = nonce && derSequence(derOid(oids.ocspNonce), derOctets(derOctets(nonce)));
  return derSequence(extension ? derSequence(list, derContext(2, derSequence(extension))) : derSequence(list));
}
