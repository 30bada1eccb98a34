import { writeHashAlgorithm } from '../crypto/algorithm-ids.js';
import type { HashAlgorithm } from '../crypto/algorithms.js';
import {
  derBoolean,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  isUniversal,
  readBits,
  readDer,
  readSmallInteger,
  tags,
} from '../der/index.js';
import { cmsError, readingCms } from './cms-error.js';

/** DER TimeStampReq that asks for the certificate too. @source RFC 3161 2.4.1 */
export function buildTimestampRequest(request: {
  readonly hash: HashAlgorithm;
  readonly imprint: Uint8Array;
  /** Large random number that the answer must repeat. */
  readonly nonce?: bigint;
  /** Object identifier of a policy. */
  readonly policy?: string;
}): Uint8Array<ArrayBuffer> {
  const { hash, imprint, nonce, policy } = request;
  return derSequence(
    derInteger(1),
    derSequence(writeHashAlgorithm(hash), derOctets(imprint)),
    ...(policy === undefined ? [] : [derOid(policy)]),
    ...(nonce === undefined ? [] : [derInteger(nonce)]),
    derBoolean(true),
  );
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

const FAILURES: Readonly<Record<number, string>> = {
  0: 'bad-alg',
  2: 'bad-request',
  5: 'bad-data-format',
  14: 'time-not-available',
  15: 'unaccepted-policy',
  16: 'unaccepted-extension',
  17: 'add-info-not-available',
  25: 'system-failure',
};

/** Reads a DER TimeStampResp. Errors: `cms-malformed`. */
export const parseTimestampResponse = (der: Uint8Array): TimestampResponse =>
  readingCms(() => {
    const [info, token, ...more] = readDer(der).children;
    const [status, ...rest] = info?.children ?? [];
    if (!status || more.length > 0) throw cmsError('not-a-timestamp-response');
    const code = readSmallInteger(status);
    if (code === 0 || code === 1) {
      if (!token) throw cmsError('timestamp-token-missing');
      return { status: 'granted', token: token.bytes, mods: code === 1 };
    }
    if (code < 0 || code > 5) throw cmsError('timestamp-status');
    const bits = rest.find((node) => isUniversal(node, tags.bitString));
    const bytes = bits ? readBits(bits).bytes : new Uint8Array(0);
    const isSet = (bit: number): boolean => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0;
    const failInfo = Object.entries(FAILURES).flatMap(([bit, name]) => (isSet(Number(bit)) ? [name] : []));
    return { status: 'refused', code, failInfo };
  });
