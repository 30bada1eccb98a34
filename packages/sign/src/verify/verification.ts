import type { HashAlgorithm } from '../crypto/algorithms.js';
import type { PdfFile } from '../pdf/pdf-file.js';
import type { Certificate } from '../x509/index.js';
import type { EvidencePool } from './evidence.js';
import type { FoundSignature } from './found-signature.js';
import type { VerifyOptions } from './options.js';
import type { ParsedValue } from './parse-value.js';
import type { SignedChange } from './report.js';

/** One signature on its way through the checks. */
export interface Verification {
  readonly found: FoundSignature;
  readonly parsed: ParsedValue;
  /** Digest of the covered bytes; undefined for a hash that was not asked for. */
  readonly digest: (hash: HashAlgorithm) => Uint8Array | undefined;
  algorithm: string;
  path: readonly Certificate[];
  /** Time proven for it, ms since 1970. */
  provenMs?: number;
  /** It has a time stamp of its own that holds. */
  stamped: boolean;
  /** All proof about revocation came with the file. */
  selfContained: boolean;
  test: boolean;
  changes: readonly SignedChange[];
}

/** What all checks of a file share. */
export interface VerifyContext {
  readonly file: PdfFile;
  readonly options: VerifyOptions;
  readonly pool: EvidencePool;
  readonly nowMs: number;
}

/** Covered end in the file; 0 when the ranges are broken. */
export const coveredEnd = ({ found: { byteRange } }: Verification): number =>
  byteRange ? byteRange[2] + byteRange[3] : 0;

/** Earliest trusted document timestamp that covers a signature, whole value included. @source ETSI EN 319 102-1 5.6.2.2 */
export function provenByDocumentTimestamps(one: Verification, all: readonly Verification[]): number | undefined {
  const times = all.flatMap((other) => {
    if (other === one || other.parsed.kind !== 'timestamp' || coveredEnd(other) <= coveredEnd(one)) return [];
    return other.found.findings.verdict.indication === 'TOTAL_PASSED' ? [other.parsed.token.time] : [];
  });
  return times.length > 0 ? Math.min(...times) : undefined;
}
