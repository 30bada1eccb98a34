import type { HashAlgorithm } from '../crypto/algorithms.js';

/** DER TimeStampReq. @source RFC 3161 2.4.1 */
export function buildTimestampRequest(request: {
  readonly hash: HashAlgorithm;
  readonly imprint: Uint8Array;
  /** Large random number that the answer must repeat. */
  readonly nonce?: bigint;
  /** Object identifier of a policy. */
  readonly policy?: string;
}): Uint8Array<ArrayBuffer> {
  throw new Error(`not yet ${request.hash}`);
}

/** Answer of a time stamp authority. @source RFC 3161 2.4.2 */
export type TimestampResponse =
  | { readonly status: 'granted'; readonly token: Uint8Array; readonly mods: boolean }
  | {
      readonly status: 'refused';
      /** PKIStatus, 2 to 5. */
      readonly code: number;
      /** For example `bad-alg`, `time-not-available`. */
      readonly failInfo: readonly string[];
    };

/** Reads a DER TimeStampResp. Errors: `cms-malformed`. */
export function parseTimestampResponse(der: Uint8Array): TimestampResponse {
  throw new Error(`not yet ${der.byteLength}`);
}
