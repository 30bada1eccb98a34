import type { HashAlgorithm, SignatureAlgorithm } from '../crypto/algorithms.js';

/** What a response says of one certificate. */
export interface OcspSingle {
  /** Undefined for a hash that is not known. */
  readonly hash: HashAlgorithm | undefined;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: bigint;
  readonly status: 'good' | 'revoked' | 'unknown';
  /** Milliseconds since 1970. */
  readonly revokedAt?: number;
  readonly reason?: string;
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  /** Status of certificates that expired after this time is still kept. */
  readonly archiveCutoff?: number;
  readonly unknownCritical: boolean;
}

/** @source RFC 6960 4.2 */
export type OcspResponse =
  | {
      readonly status: 'successful';
      readonly der: Uint8Array;
      /** What the responder signed. */
      readonly tbs: Uint8Array;
      /** DER of the responder's name, or its key hash (SHA-1). */
      readonly responder:
        { readonly kind: 'name'; readonly key: string } | { readonly kind: 'key'; readonly sha1: Uint8Array };
      readonly producedAt: number;
      readonly singles: readonly OcspSingle[];
      readonly nonce: Uint8Array | undefined;
      readonly signatureAlgorithm: SignatureAlgorithm | undefined;
      readonly signature: Uint8Array;
      /** DER certificates that came along. */
      readonly certificates: readonly Uint8Array[];
      readonly unknownCritical: boolean;
    }
  | {
      readonly status: 'malformed-request' | 'internal-error' | 'try-later' | 'sig-required' | 'unauthorized';
      readonly der: Uint8Array;
    };

/** Reads one DER OCSPResponse; a bare BasicOCSPResponse is read too. Errors: `certificate-malformed`. */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  throw new Error(`not yet ${der.byteLength}`);
}
