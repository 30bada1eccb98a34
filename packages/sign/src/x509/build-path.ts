import type { CryptoEngine } from '../crypto/algorithms.js';
import type { TrustPurpose } from '../trust/ports.js';
import type { Certificate } from './certificate.js';
import type { PathResult } from './path-result.js';

/** What the first certificate of a path is used for. */
export type PathPurpose = TrustPurpose | 'ocsp';

/** A path to find. */
export interface PathRequest {
  readonly certificate: Certificate;
  /** Certificates that may stand between; not trusted. */
  readonly pool: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  /** Time at which all must be valid, milliseconds since 1970. */
  readonly at: number;
  readonly purpose: PathPurpose;
  readonly engine: CryptoEngine;
  readonly signal?: AbortSignal;
}

/** Finds and checks a path; what is wrong is in the result. Errors: `aborted`. @source RFC 5280 6.1; RFC 4158 */
export async function buildPath(request: PathRequest): Promise<PathResult> {
  throw new Error(`not yet ${request.at}`);
}
