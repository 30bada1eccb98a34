import { systemClock, throwIfAborted, type AnjuanError, type SafeDetails } from '@anjuan/core';
import {
  buildTimestampRequest,
  checkTimestampToken,
  parseTimestampResponse,
  parseTimestampToken,
} from '../cms/index.js';
import type { TimestampToken } from '../cms/index.js';
import type { CryptoEngine, HashAlgorithm } from '../crypto/index.js';
import { openCryptoEngine } from '../crypto/index.js';
import { equalBytes, oids } from '../der/index.js';
import { signError } from '../errors/sign-codes.js';
import { boundedCall, type CallOptions } from './bounded-call.js';
import type { TimestampAuthority } from './ports.js';

/** Options of `httpTimestampAuthority`. */
export interface HttpTimestampAuthorityOptions extends CallOptions {
  /** Address of the authority; nothing is ever added to it. */
  readonly url: string;
  /** Object identifier of the policy to stamp under; a token of another policy is refused. Default: the authority's own. */
  readonly policy?: string;
  /** Headers of every request, for example an Authorization. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Milliseconds that the stamped time may be away from the clock of this computer. Default one hour: a wrong clock in the
   * hospital must not stop signing, a replayed or invented time must.
   */
  readonly maxSkewMs?: number;
  readonly engine?: CryptoEngine;
}

const MAX_ANSWER_BYTES = 64 * 1024;
const HOUR_MS = 3_600_000;

/** The work of `httpTimestampAuthority`. */
export function openTimestampAuthority(options: HttpTimestampAuthorityOptions): TimestampAuthority {
  return {
    timestamp: async ({ hash, imprint, signal }) => {
      const { url, policy, clock = systemClock } = options;
      const nonce = randomNonce();
      const sentMs = clock.now();
      const answer = await boundedCall({
        ...options,
        url,
        headers: { ...options.headers, 'content-type': 'application/timestamp-query' },
        body: buildTimestampRequest({ hash, imprint, nonce, ...(policy !== undefined && { policy }) }),
        maxBytes: MAX_ANSWER_BYTES,
        signal,
        fault: (reason, cause) => signError('timestamp-unavailable', { details: { reason }, cause }),
      });
      if (answer.status !== 200) throw unavailable({ reason: 'http-status', httpStatus: answer.status });
      const { der, token } = readAnswer(answer.bytes);
      await check(token, { hash, imprint, nonce, policy, ...options, sentMs, nowMs: clock.now() });
      throwIfAborted(signal);
      return der;
    },
  };
}

const unavailable = (details: SafeDetails): AnjuanError => signError('timestamp-unavailable', { details });
const mismatch = (reason: string): AnjuanError => signError('timestamp-mismatch', { details: { reason } });

/** 63 bits: never negative, never long. */
function randomNonce(): bigint {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (BigInt(high >>> 1) << 32n) | BigInt(low);
}

function readAnswer(bytes: Uint8Array): { der: Uint8Array; token: TimestampToken } {
  let response;
  try {
    response = parseTimestampResponse(bytes);
  } catch (cause) {
    throw signError('timestamp-unavailable', { details: { reason: 'malformed' }, cause });
  }
  if (response.status === 'refused') {
    const failInfo = response.failInfo.join(',');
    throw signError('timestamp-refused', { details: { status: response.code, failInfo } });
  }
  try {
    return { der: response.token, token: parseTimestampToken(response.token) };
  } catch (cause) {
    throw signError('timestamp-mismatch', { details: { reason: 'token-malformed' }, cause });
  }
}

interface Expected {
  readonly hash: HashAlgorithm;
  readonly imprint: Uint8Array;
  readonly nonce: bigint;
  readonly policy?: string | undefined;
  readonly sentMs: number;
  readonly nowMs: number;
  readonly maxSkewMs?: number;
  readonly engine?: CryptoEngine;
}

async function check(token: TimestampToken, expected: Expected): Promise<void> {
  const { maxSkewMs = HOUR_MS, sentMs, nowMs } = expected;
  if (token.hash !== expected.hash || !equalBytes(token.imprint, expected.imprint)) throw mismatch('imprint');
  if (token.nonce !== expected.nonce) throw mismatch('nonce');
  if (expected.policy !== undefined && token.policy !== expected.policy) throw mismatch('policy');
  if (token.time < sentMs - maxSkewMs || token.time > nowMs + maxSkewMs) throw mismatch('time');
  const engine = expected.engine ?? (await openCryptoEngine());
  const result = await checkTimestampToken({ token, imprint: () => expected.imprint, engine });
  if (result.status !== 'valid') throw mismatch('signature');
  // The only purpose, and critical: a key that also signs documents could stamp its own. RFC 3161 2.3.
  const { certificate } = result;
  const purpose = certificate?.extensions.get(oids.extendedKeyUsage);
  const only = certificate?.extendedKeyUsage?.join() === oids.timeStamping;
  if (!purpose?.critical || !only) throw mismatch('certificate-purpose');
}
