import type { SignatureAlgorithm } from '../crypto/algorithms.js';
import type { DistinguishedName } from './certificate.js';

/** One revoked certificate of a list. */
export interface CrlEntry {
  readonly serialNumber: bigint;
  /** Milliseconds since 1970. */
  readonly revokedAt: number;
  /** For example `key-compromise`. @source RFC 5280 5.3.1 */
  readonly reason?: string;
  /** Carries a critical extension that is not processed: the list must not be used. */
  readonly unknownCritical: boolean;
}

/** A list of revoked certificates. @source RFC 5280 5.1 */
export interface Crl {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: DistinguishedName;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  readonly crlNumber: bigint | undefined;
  readonly authorityKeyId: Uint8Array | undefined;
  readonly signatureAlgorithm: SignatureAlgorithm | undefined;
  readonly signature: Uint8Array;
  /** Lists certificates of other issuers. */
  readonly indirect: boolean;
  /** Only changes since another list. */
  readonly delta: boolean;
  /** Part of the certificates that it speaks of. */
  readonly scope: 'all' | 'users' | 'authorities' | 'attributes' | 'some-reasons';
  readonly unknownCritical: readonly string[];
  /** Reads the entries one by one: lists of millions stay cheap. */
  entries(): Iterable<CrlEntry>;
}

/** Reads one DER CertificateList. Errors: `certificate-malformed`. */
export function parseCrl(der: Uint8Array): Crl {
  throw new Error(`not yet ${der.byteLength}`);
}
