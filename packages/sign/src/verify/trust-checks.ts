import type { TrustPurpose } from '../trust/ports.js';
import { buildPath, checkRevocation, type Certificate, type PathProblemId, type PathResult } from '../x509/index.js';
import type { EvidencePool } from './evidence.js';
import type { Findings } from './findings.js';
import type { VerifyPolicy } from './options.js';
import { say, wordsOf } from './texts.js';

/** A certificate to trust, or not. */
interface TrustQuestion {
  readonly certificate: Certificate;
  readonly purpose: TrustPurpose;
  /** Proven time of existence, ms since 1970; undefined when nothing proves it. */
  readonly provenMs: number | undefined;
  readonly nowMs: number;
  readonly pool: EvidencePool;
  readonly policy: VerifyPolicy;
  readonly signal?: AbortSignal | undefined;
}

/** What was found while trusting. */
export interface Trust {
  readonly path: readonly Certificate[];
  readonly anchored: boolean;
  /** All proof about revocation came with the file. */
  readonly selfContained: boolean;
}

const TIME = new Set<PathProblemId>(['expired', 'not-yet-valid']);
const USAGE = new Set<PathProblemId>(['key-usage', 'extended-key-usage', 'encryption-certificate']);
const STRENGTH = new Set<PathProblemId>(['weak-key', 'weak-hash', 'algorithm-unsupported']);
const NO_PATH = new Set<PathProblemId>(['issuer-not-found', 'root-not-trusted', 'search-limit']);

/** Path, validity, usage and revocation at the proven time, else now. @source ETSI EN 319 102-1 5.2.6, 5.5.4, 5.6.2 */
export async function checkTrust(findings: Findings, question: TrustQuestion): Promise<Trust> {
  const { certificate, purpose, provenMs, nowMs, pool } = question;
  const at = provenMs ?? nowMs;
  const result = await buildPath({
    certificate,
    pool: pool.certificates,
    anchors: await pool.anchors(purpose),
    at,
    purpose,
    engine: pool.engine,
    ...(question.signal && { signal: question.signal }),
  });
  const anchored = result.status === 'valid' || result.anchored;
  reportPath(findings, result, anchored);
  reportValidity(findings, result, question, at);
  reportStrength(findings, certificate, question.policy);
  const selfContained = anchored ? await checkPathRevocation(findings, result.path, question, at) : false;
  return { path: result.path, anchored, selfContained };
}

const problemsOf = (result: PathResult) => (result.status === 'valid' ? [] : result.problems);

function reportPath(findings: Findings, result: PathResult, anchored: boolean): void {
  const problems = problemsOf(result);
  const rule = problems.find(({ id }) => ![TIME, USAGE, STRENGTH, NO_PATH].some((group) => group.has(id)));
  if (!anchored || problems.some(({ id }) => NO_PATH.has(id))) {
    findings.unknown('certificate-path', 'NO_CERTIFICATE_CHAIN_FOUND', 'path-missing');
  } else if (rule) {
    const sub = rule.id === 'signature-wrong' ? 'CERTIFICATE_CHAIN_GENERAL_FAILURE' : 'CHAIN_CONSTRAINTS_FAILURE';
    findings.failed('certificate-path', sub, say('path-invalid', wordsOf(rule.id)));
  } else findings.passed('certificate-path', 'path-found');
  const usage = problems.find(({ id }) => USAGE.has(id));
  if (usage) findings.failed('certificate-usage', 'CHAIN_CONSTRAINTS_FAILURE', say('path-invalid', wordsOf(usage.id)));
  else findings.passed('certificate-usage', 'usage-fine');
  const weak = problems.find(({ id }) => STRENGTH.has(id));
  if (weak) {
    findings.failed('algorithm-strength', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', say('strength-weak', wordsOf(weak.id)));
  }
}

function reportValidity(findings: Findings, result: PathResult, question: TrustQuestion, at: number): void {
  const { certificate, provenMs } = question;
  const id = 'certificate-validity';
  if (at < certificate.notBefore) findings.failed(id, 'NOT_YET_VALID', 'validity-early');
  else if (at > certificate.notAfter) {
    const reason = provenMs === undefined ? 'validity-expired' : 'validity-late';
    findings.failed(id, 'OUT_OF_BOUNDS_NO_POE', reason);
  } else if (problemsOf(result).some((problem) => TIME.has(problem.id) && problem.index > 0)) {
    findings.failed(id, 'OUT_OF_BOUNDS_NO_POE', 'validity-expired');
  } else findings.passed(id, 'validity-fine');
}

function reportStrength(findings: Findings, { publicKey }: Certificate, policy: VerifyPolicy): void {
  const needed = policy.minimumRsaBits ?? 2048;
  if (publicKey.kind === 'rsa' && publicKey.bits < needed) {
    const reason = say('strength-weak', `RSA ${String(publicKey.bits)}`);
    findings.failed('algorithm-strength', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', reason);
  }
}

/** Each certificate but the anchor; true when the file brought all proof itself. */
async function checkPathRevocation(
  findings: Findings,
  path: readonly Certificate[],
  question: TrustQuestion,
  at: number,
): Promise<boolean> {
  if (question.policy.revocation === 'ignore') {
    findings.skipped('revocation', 'revocation-ignored');
    return false;
  }
  let selfContained = true;
  let open = 0;
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[index + 1];
    if (!issuer) continue;
    const { status, fromFile } = await statusOf(certificate, issuer, question, at);
    selfContained &&= fromFile;
    if (status.status === 'unknown') {
      findings.unknown('revocation', 'TRY_LATER', 'revocation-unknown');
      open += 1;
    } else if (status.status === 'revoked') {
      const sub = index === 0 ? 'REVOKED_NO_POE' : 'REVOKED_CA_NO_POE';
      const proven = question.provenMs !== undefined;
      findings.failed('revocation', sub, proven ? 'revocation-revoked' : 'revocation-revoked-no-poe');
      open += 1;
    } else if (status.revokedLater) findings.passed('revocation', 'revocation-later');
  }
  if (open === 0 && !findings.checks.some((c) => c.id === 'revocation'))
    findings.passed('revocation', 'revocation-good');
  return selfContained && open === 0;
}

async function statusOf(certificate: Certificate, issuer: Certificate, question: TrustQuestion, at: number) {
  const { pool, nowMs, signal } = question;
  const ask = (evidence: Parameters<typeof checkRevocation>[0]['evidence']) =>
    checkRevocation({
      certificate,
      issuer,
      evidence,
      at,
      now: nowMs,
      pool: pool.certificates,
      engine: pool.engine,
      ...(signal && { signal }),
    });
  const first = await ask(pool.evidence);
  if (first.status === 'revoked') return { status: first, fromFile: true };
  const fetched = first.status === 'unknown' ? await pool.ask(certificate, issuer) : [];
  if (fetched.length === 0) return { status: first, fromFile: true };
  return { status: await ask([...pool.evidence, ...fetched]), fromFile: false };
}
