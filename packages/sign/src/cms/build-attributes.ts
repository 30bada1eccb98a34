import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';

/**
 * The signed attributes as the SET OF that is signed: content-type, message-digest, ESS signing-certificate-v2 (hash `hash`).
 * No signing-time: in a PDF the time is /M. @source ETSI EN 319 142-1 6.3; RFC 5035
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
  throw new Error(`not yet ${options.hash}`);
}
