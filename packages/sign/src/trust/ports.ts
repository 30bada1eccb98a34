import type { HashAlgorithm } from '../crypto/algorithms.js';

/** Stamps digests with time. @source RFC 3161 */
export interface TimestampAuthority {
  /**
   * DER TimeStampToken (a CMS ContentInfo) for this imprint; checked to be for this imprint and nonce.
   * Errors: `timestamp-unavailable`, `timestamp-refused`, `timestamp-mismatch`, `aborted`.
   */
  timestamp(request: {
    readonly hash: HashAlgorithm;
    readonly imprint: Uint8Array;
    readonly signal?: AbortSignal;
  }): Promise<Uint8Array>;
}

/** Proof about revocation: a DER OCSPResponse (RFC 6960) or CertificateList (RFC 5280). */
export type RevocationEvidence =
  { readonly kind: 'ocsp'; readonly der: Uint8Array } | { readonly kind: 'crl'; readonly der: Uint8Array };

/** Finds out whether a certificate was revoked: over the network, or through the host. */
export interface RevocationSource {
  /** Evidence at hand; empty when none can be had. Errors: `revocation-unavailable`, `aborted`. */
  fetch(request: {
    /** DER of the certificate in question. */
    readonly certificate: Uint8Array;
    /** DER of its issuer. */
    readonly issuer: Uint8Array;
    readonly signal?: AbortSignal;
  }): Promise<readonly RevocationEvidence[]>;
}

/** What a certificate is to be trusted for. */
export type TrustPurpose = 'signature' | 'timestamp' | 'seal';

/** The certificates where every path must end. */
export interface TrustStore {
  /** DER certificates trusted for the purpose. */
  anchors(purpose: TrustPurpose, options?: { readonly signal?: AbortSignal }): Promise<readonly Uint8Array[]>;
}
