import type { SignatureIndication } from '@anjuan/core';

/** A text in both languages. */
export interface LocalizedText {
  readonly 'zh-CN': string;
  readonly en: string;
}

/** Why a signature is not TOTAL_PASSED. @source ETSI EN 319 102-1 5.1.3 tables 5 and 6 */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'REVOKED'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'POLICY_PROCESSING_ERROR'
  | 'TIMESTAMP_ORDER_FAILURE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'REVOKED_NO_POE'
  | 'REVOKED_CA_NO_POE'
  | 'OUT_OF_BOUNDS_NOT_REVOKED'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
  | 'NO_POE'
  | 'TRY_LATER'
  | 'SIGNED_DATA_NOT_FOUND';

/** Result of one check; `unknown` means that what is needed was not at hand. */
export type CheckResult = 'passed' | 'failed' | 'unknown' | 'skipped';

/** One rule applied to one signature. */
export interface SignatureCheck {
  /** Stable id, kebab-case: see verify/check-ids.ts. */
  readonly id: string;
  readonly result: CheckResult;
  /** Why, in words. */
  readonly reason: LocalizedText;
  /** Byte ranges concerned: start and length. */
  readonly bytes?: readonly (readonly [offset: number, lengthBytes: number])[];
}

/** One difference between the signed revision and the newest one. */
export interface SignedChange {
  readonly result: 'allowed' | 'suspicious' | 'forbidden';
  /** For example `form-fill`, `new-signature`, `dss`, `page-content`, `annotation`. */
  readonly kind: string;
  /** Where, for example `Root/Pages/Kids/0/Contents`. No text of the record. */
  readonly path: string;
  readonly revision: number;
  readonly objectNumber?: number;
  /** From 1, when a page is concerned. */
  readonly pageNumber?: number;
  readonly reason: LocalizedText;
}

/** A certificate as the report shows it. */
export interface CertificateSummary {
  readonly subject: string;
  readonly issuer: string;
  /** Lower-case hex. */
  readonly serialNumber: string;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string;
}

/** Everything that is known of one signature, seal or document timestamp. */
export interface SignatureReport {
  /** Order in the file, oldest first. */
  readonly index: number;
  readonly kind: 'signature' | 'certification' | 'seal' | 'document-timestamp';
  readonly indication: SignatureIndication;
  readonly subIndication?: SubIndication;
  /** The verdict as one sentence. */
  readonly summary: LocalizedText;
  /** Fully qualified field name. */
  readonly fieldName: string;
  /** From 1; undefined for an invisible signature. */
  readonly pageNumber?: number;
  /** Lower left and upper right corner in points of the page. */
  readonly rect?: readonly [number, number, number, number];
  readonly signer?: CertificateSummary;
  readonly chain: readonly CertificateSummary[];
  /** Signed by a key that anybody may hold. */
  readonly test: boolean;
  /** For example `RSA PKCS#1 v1.5, SHA-256`. */
  readonly algorithm: string;
  /** `B-B` `B-T` `B-LT` `B-LTA` of PAdES, `seal` for GB/T 38540 and GM/T 0031, `basic` for older PKCS#7. */
  readonly level: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA' | 'basic' | 'seal' | 'timestamp';
  /** Time that the signer claims (/M), ISO 8601; never proof. */
  readonly claimedTime?: string;
  /** Time that a trusted timestamp proves, ISO 8601. */
  readonly provenTime?: string;
  readonly reasonText?: string;
  readonly location?: string;
  readonly byteRange?: readonly [number, number, number, number];
  /** Covers the newest revision to its last byte. */
  readonly coversWholeFile: boolean;
  /** Revision that it signs. */
  readonly revision: number;
  /** End of the signed revision: the first so many bytes are the document that was signed. */
  readonly signedLengthBytes: number;
  readonly checks: readonly SignatureCheck[];
  readonly changes: readonly SignedChange[];
}

/** The verdict over a whole file. @source ETSI EN 319 102-1 5.1.3 */
export interface ValidationReport {
  readonly schema: 'anjuan-validation-report/1';
  readonly indication: SignatureIndication;
  readonly subIndication?: SubIndication;
  readonly summary: LocalizedText;
  /** When the check was made, ISO 8601. */
  readonly checkedAt: string;
  readonly sizeBytes: number;
  /** Lower-case hex SHA-256 of the whole file. */
  readonly sha256: string;
  readonly revisions: number;
  readonly signatures: readonly SignatureReport[];
  /** Findings of the reader that concern no single signature. */
  readonly anomalies: readonly { readonly id: string; readonly bytes: readonly [number, number] }[];
}
