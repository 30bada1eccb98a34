import type { HashAlgorithm, SignatureAlgorithm } from '../crypto/algorithms.js';

/** Parts of a detached signature. */
export interface BuildSignedDataOptions {
  /** DER of the signing certificate. */
  readonly certificate: Uint8Array;
  /** DER of the certificates above it. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** Digest algorithm of the content. */
  readonly hash: HashAlgorithm;
  /** The SET OF that was signed. */
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  /** Object identifiers of RFC 5652 (default) or GM/T 0010. */
  readonly profile?: 'rfc5652' | 'gmt-0010';
  /** Unsigned attributes: object identifier and DER value. */
  readonly unsignedAttributes?: readonly { readonly oid: string; readonly value: Uint8Array }[];
}

/** DER ContentInfo of a detached SignedData with one signer. Errors: `certificate-malformed`, `crypto-unsupported`. */
export function buildSignedData(options: BuildSignedDataOptions): Uint8Array<ArrayBuffer> {
  throw new Error(`not yet ${options.hash}`);
}

/** The same structure with a signature-time-stamp attribute; nothing else changes. Errors: `cms-malformed`. @source RFC 3161 appendix A */
export function withSignatureTimestamp(cms: Uint8Array, token: Uint8Array): Uint8Array<ArrayBuffer> {
  throw new Error(`not yet ${cms.byteLength + token.byteLength}`);
}
