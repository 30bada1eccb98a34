import type { CryptoEngine } from '../crypto/algorithms.js';
import type { RevocationEvidence } from '../trust/ports.js';
import type { Certificate } from './certificate.js';

/** Why a piece of evidence was not used, or what is odd about it. */
export type RevocationFindingId =
  | 'evidence-malformed'
  | 'not-for-this-certificate'
  | 'responder-error'
  | 'responder-unknown'
  | 'responder-not-authorized'
  | 'responder-certificate-invalid'
  | 'signature-wrong'
  | 'algorithm-unsupported'
  | 'weak-hash'
  /** Issued before the time in question and no longer valid then. */
  | 'too-old'
  | 'from-the-future'
  /** Made when the certificate had expired: revocations may have been dropped. */
  | 'after-expiry'
  | 'crl-indirect'
  | 'crl-delta'
  | 'crl-scope'
  | 'crl-issuer-not-allowed'
  | 'unknown-critical-extension'
  | 'status-unknown';

/** One finding; `index` is the place in `evidence`. */
export interface RevocationFinding {
  readonly id: RevocationFindingId;
  readonly index: number;
}

/** Whether a certificate was revoked at the time in question. */
export type RevocationStatus =
  | {
      readonly status: 'good';
      readonly kind: 'ocsp' | 'crl';
      /** Place in `evidence`. */
      readonly index: number;
      /** Milliseconds since 1970. */
      readonly thisUpdate: number;
      readonly nextUpdate: number | undefined;
      /** Revoked, but after the time in question. */
      readonly revokedLater?: { readonly at: number; readonly reason: string };
      /** Certificate that signed the evidence. */
      readonly signedBy: Certificate;
      readonly findings: readonly RevocationFinding[];
    }
  | {
      readonly status: 'revoked';
      readonly kind: 'ocsp' | 'crl';
      readonly index: number;
      readonly revokedAt: number;
      /** For example `key-compromise`; `unspecified` when none is given. */
      readonly reason: string;
      readonly signedBy: Certificate;
      readonly findings: readonly RevocationFinding[];
    }
  | { readonly status: 'unknown'; readonly findings: readonly RevocationFinding[] };

/** What to evaluate. */
export interface RevocationRequest {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly evidence: readonly RevocationEvidence[];
  /** Time in question, milliseconds since 1970. */
  readonly at: number;
  /** Now, for evidence from the future. Default: the clock. */
  readonly now?: number;
  /** Certificates among which a responder may be; not trusted. */
  readonly pool?: readonly Certificate[];
  readonly engine: CryptoEngine;
  readonly signal?: AbortSignal;
}

/** Evaluates evidence against the time in question; one proven revocation outweighs all else. Errors: `aborted`. @source RFC 6960 3.2, 4.2.2.2; RFC 5280 6.3 */
export async function checkRevocation(request: RevocationRequest): Promise<RevocationStatus> {
  throw new Error(`not yet ${request.at}`);
}
