import type { Certificate } from './certificate.js';

/** Why a path is not accepted. */
export type PathProblemId =
  | 'issuer-not-found'
  | 'root-not-trusted'
  | 'signature-wrong'
  | 'algorithm-unsupported'
  | 'expired'
  | 'not-yet-valid'
  | 'not-a-ca'
  | 'path-too-long'
  | 'key-usage'
  | 'extended-key-usage'
  /** The encryption half of an SM2 pair was used to sign. @source GM/T 0015; GM/T 0034 */
  | 'encryption-certificate'
  | 'name-constraints'
  | 'policy-missing'
  | 'unknown-critical-extension'
  | 'weak-key'
  | 'weak-hash'
  /** The pool leads in circles or is too large to search. */
  | 'search-limit';

/** One problem and the certificate that has it. */
export interface PathProblem {
  readonly id: PathProblemId;
  readonly certificate: Certificate;
  /** Place in the path; 0 is the certificate in question. */
  readonly index: number;
}

/** What path building found: the certificate in question first, the anchor last. */
export type PathResult =
  | { readonly status: 'valid'; readonly path: readonly Certificate[] }
  | {
      readonly status: 'invalid';
      /** The path that came nearest. */
      readonly path: readonly Certificate[];
      /** True when the path ends at an anchor, so that only its certificates are at fault. */
      readonly anchored: boolean;
      readonly problems: readonly PathProblem[];
    };
