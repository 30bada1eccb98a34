/** Verdict over a signature or a whole document. @source ETSI EN 319 102-1 5.1.3 */
export type SignatureIndication = 'TOTAL_PASSED' | 'INDETERMINATE' | 'TOTAL_FAILED';

/** What a viewer needs to show a badge. Holds no patient data. */
export interface DocumentVerdict {
  /** `DocumentReference.id`. */
  readonly documentId: string;
  readonly versionId: string;
  readonly indication: SignatureIndication;
  /** How many signatures, seals and timestamps the file has; 0 when it should have some and has none. */
  readonly signatureCount: number;
  /** Made with a certificate that is for tests only. */
  readonly test: boolean;
}
