import { checkTimestampToken, parseTimestampToken, type TimestampToken } from '../cms/index.js';
import type { HashAlgorithm } from '../crypto/algorithms.js';
import { reportCms } from './cms-checks.js';
import { describeAlgorithm, isoTime } from './describe.js';
import { Findings } from './findings.js';
import { isTest } from './test-marks.js';
import { say } from './texts.js';
import { checkTrust } from './trust-checks.js';
import { provenByDocumentTimestamps, type Verification, type VerifyContext } from './verification.js';

type Imprint = (hash: HashAlgorithm) => Promise<Uint8Array> | Uint8Array;

/** Checks one token with trust in its authority at `provenMs`, else now. */
async function checkToken(
  findings: Findings,
  token: TimestampToken,
  imprint: Imprint,
  provenMs: number | undefined,
  context: VerifyContext,
) {
  const { pool, options, nowMs } = context;
  await pool.addSignedData(token.signedData);
  const check = await checkTimestampToken({ token, imprint, engine: pool.engine });
  reportCms(findings, check, { pades: false });
  if (token.time > nowMs + 300_000) findings.failed('timestamp-order', 'TIMESTAMP_ORDER_FAILURE', 'order-wrong');
  if (!check.certificate) return { path: [], selfContained: false, check };
  const policy = options.policy ?? {};
  const question = { certificate: check.certificate, purpose: 'timestamp', provenMs, nowMs, pool, policy } as const;
  const trust = await checkTrust(findings, { ...question, signal: options.signal });
  return { ...trust, check };
}

/** Document timestamps, newest first: each is judged at the time that a newer one proves. @source ETSI EN 319 102-1 5.6.2.3 */
export async function verifyDocumentTimestamps(all: readonly Verification[], context: VerifyContext): Promise<void> {
  for (const one of [...all].reverse()) {
    if (one.parsed.kind !== 'timestamp') continue;
    const { token } = one.parsed;
    const { findings } = one.found;
    const proven = provenByDocumentTimestamps(one, all);
    const result = await checkToken(findings, token, (hash) => digestOf(one, hash), proven, context);
    one.algorithm = describeAlgorithm(result.check.signer?.signatureAlgorithm);
    one.path = result.path;
    one.selfContained = result.selfContained;
    one.test = isTest(result.path, context.options.policy, context.pool);
    one.provenMs = token.time;
    if (proven !== undefined && proven < token.time) {
      findings.failed('timestamp-order', 'TIMESTAMP_ORDER_FAILURE', 'order-wrong');
    } else if (!findings.has('timestamp-order')) findings.passed('timestamp-order', 'order-fine');
    findings.passed('proven-time', say('time-proven', isoTime(token.time)));
  }
}

/** Digest that the one pass has made; an empty one never matches. */
export const digestOf = (one: Verification, hash: HashAlgorithm): Uint8Array => one.digest(hash) ?? new Uint8Array();

/**
 * Timestamps of a signature value. Gives the earliest trusted time; a stamp that is wrong or cannot be trusted becomes a
 * finding of the signature. @source ETSI EN 319 102-1 5.4
 */
export async function verifySignatureTimestamps(
  one: Verification,
  tokens: readonly Uint8Array[],
  value: Uint8Array,
  context: VerifyContext,
  documentTime: number | undefined,
): Promise<number | undefined> {
  const times: number[] = [];
  const { findings } = one.found;
  for (const der of tokens.slice(0, 16)) {
    const inner = new Findings();
    let token: TimestampToken;
    try {
      token = parseTimestampToken(der);
    } catch {
      findings.failed('signature-timestamp', 'SIG_CONSTRAINTS_FAILURE', say('stamp-invalid', say('cms-unreadable')));
      continue;
    }
    await checkToken(inner, token, (hash) => context.pool.engine.digest(hash, value), documentTime, context);
    const { indication, reason } = inner.verdict;
    if (indication === 'TOTAL_PASSED') {
      findings.passed('signature-timestamp', 'stamp-valid');
      times.push(token.time);
    } else if (indication === 'TOTAL_FAILED') {
      findings.failed('signature-timestamp', 'SIG_CONSTRAINTS_FAILURE', say('stamp-invalid', reason ?? ''));
    } else findings.unknown('signature-timestamp', 'NO_POE', say('stamp-invalid', reason ?? say('stamp-untrusted')));
  }
  const earliest = times.length > 0 ? Math.min(...times) : undefined;
  one.stamped = earliest !== undefined;
  if (earliest !== undefined && documentTime !== undefined && documentTime < earliest) {
    findings.failed('timestamp-order', 'TIMESTAMP_ORDER_FAILURE', 'order-wrong');
  }
  return earliest ?? documentTime;
}
