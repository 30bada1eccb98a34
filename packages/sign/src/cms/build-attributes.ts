import { writeHashAlgorithm } from '../crypto/algorithm-ids.js';
import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';
import { der, derContext, derInteger, derOctets, derOid, derSequence, derSetOf, oids } from '../der/index.js';
import { parseCertificate } from '../x509/index.js';

/** One attribute with one value. */
export const derAttribute = (oid: string, value: Uint8Array): Uint8Array<ArrayBuffer> =>
  derSequence(derOid(oid), der(0x31, value));

/**
 * The signed attributes as the SET OF that is signed: content-type, message-digest, ESS signing-certificate-v2 (hash `hash`).
 * No signing-time: in a PDF the time is /M. Errors: `certificate-malformed`. @source ETSI EN 319 142-1 6.3; RFC 5035 3
 */
export async function buildSignedAttributes(options: {
  /** DER of the signing certificate. */
  readonly certificate: Uint8Array;
  readonly hash: HashAlgorithm;
  /** Digest of the content, by `hash`. */
  readonly digest: Uint8Array;
  readonly engine: CryptoEngine;
  /** Object identifiers of GM/T 0010 for the content type. Default `rfc5652`. */
  readonly profile?: 'rfc5652' | 'gmt-0010';
}): Promise<Uint8Array<ArrayBuffer>> {
  const { hash, digest, engine, profile } = options;
  const { issuer, serialNumber } = parseCertificate(options.certificate);
  const essCertificate = derSequence(
    // SHA-256 is the default of the field, which DER leaves out.
    ...(hash === 'sha-256' ? [] : [writeHashAlgorithm(hash)]),
    derOctets(await engine.digest(hash, options.certificate)),
    derSequence(derSequence(derContext(4, issuer.der)), derInteger(serialNumber)),
  );
  return derSetOf(
    derAttribute(oids.contentType, derOid(profile === 'gmt-0010' ? oids.gmData : oids.data)),
    derAttribute(oids.messageDigest, derOctets(digest)),
    derAttribute(oids.signingCertificateV2, derSequence(derSequence(essCertificate))),
  );
}
