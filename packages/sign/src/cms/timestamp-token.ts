import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';
import type { SignerCheck } from './check-signer.js';
import type { SignedData } from './signed-data.js';

/** A time stamp token. @source RFC 3161 2.4.2 */
export interface TimestampToken {
  readonly signedData: SignedData;
  /** DER TSTInfo: what the authority signed. */
  readonly info: Uint8Array;
  readonly policy: string;
  readonly imprintOid: string;
  /** Undefined for a hash that is not known. */
  readonly hash: HashAlgorithm | undefined;
  readonly imprint: Uint8Array;
  readonly serialNumber: bigint;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Milliseconds that the time may be off; undefined when not said. */
  readonly accuracyMs: number | undefined;
  readonly ordering: boolean;
  readonly nonce: bigint | undefined;
}

/** Reads a token. Errors: `cms-malformed`. */
export function parseTimestampToken(der: Uint8Array): TimestampToken {
  throw new Error(`not yet ${der.byteLength}`);
}

/** Result of `checkTimestampToken`. */
export interface TimestampCheck extends SignerCheck {
  /** The imprint is of the bytes in question; undefined for a hash that is not known. */
  readonly imprintMatches: boolean | undefined;
}

/** Checks signature and imprint of a token. Trust in its certificate: `buildPath` with purpose `timestamp`. */
export async function checkTimestampToken(request: {
  readonly token: TimestampToken;
  /** Digest of what was stamped. */
  readonly imprint: (hash: HashAlgorithm) => Promise<Uint8Array> | Uint8Array;
  readonly engine: CryptoEngine;
}): Promise<TimestampCheck> {
  throw new Error(`not yet ${request.token.time}`);
}
