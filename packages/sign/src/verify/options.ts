import type { CryptoEngine } from '../crypto/algorithms.js';
import type { RevocationSource, TrustStore } from '../trust/ports.js';
import type { PageRenderer } from './page-renderer.js';

/** What the host demands beyond the standard. */
export interface VerifyPolicy {
  /**
   * Lower-case hex SHA-256 of the DER of anchors that are for tests: signatures below them are marked `test`. A subject
   * whose name says so (`test`, `测试`) is marked in any case.
   */
  readonly testAnchors?: readonly string[];
  /** RSA keys below so many bits are too weak; default 2048. @source GM/T and ETSI TS 119 312 practice */
  readonly minimumRsaBits?: number;
  /** `required` (default): nobody knows about revocation = INDETERMINATE TRY_LATER. `ignore`: not asked. */
  readonly revocation?: 'required' | 'ignore';
  /** Width in pixels of the pages compared; default 800. */
  readonly visualWidthPx?: number;
  /** Pages compared at most; default 20. */
  readonly visualPages?: number;
}

/** What a check needs: whom to trust, and who can be asked. */
export interface VerifyOptions {
  readonly trustStore: TrustStore;
  /** Asked when the file itself brings no proof about revocation. */
  readonly revocation?: RevocationSource;
  /** Default: `openCryptoEngine()`. */
  readonly engine?: CryptoEngine;
  /** Compares signed and newest pages as drawn; without it that check is `skipped`. */
  readonly renderer?: PageRenderer;
  /** Time of the check, ms since 1970; default now. */
  readonly at?: number;
  readonly policy?: VerifyPolicy;
  readonly password?: string;
  readonly signal?: AbortSignal;
}
