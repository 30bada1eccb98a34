import type { SealFinding, SesSignature } from '../gm/index.js';
import type { CheckId } from './check-ids.js';
import { describeAlgorithm } from './describe.js';
import type { SubIndication } from './report.js';
import { isTest } from './test-marks.js';
import { say, wordsOf } from './texts.js';
import { checkTrust } from './trust-checks.js';
import { provenByDocumentTimestamps, type Verification, type VerifyContext } from './verification.js';
import { reportProvenTime } from './verify-signature.js';
import { verifySignatureTimestamps } from './verify-timestamps.js';

const RULES: Partial<Record<SealFinding['id'], readonly [CheckId, SubIndication]>> = {
  'data-hash': ['message-digest', 'HASH_FAILURE'],
  'signature-value': ['signature-value', 'SIG_CRYPTO_FAILURE'],
  'signer-certificate': ['certificate-validity', 'OUT_OF_BOUNDS_NO_POE'],
};

/** A seal of GB/T 38540 or GM/T 0031: the seal itself, its use, both certificates. */
export async function verifySealValue(
  one: Verification,
  seal: SesSignature,
  all: readonly Verification[],
  context: VerifyContext,
): Promise<void> {
  const { pool, options, nowMs } = context;
  const { findings } = one.found;
  const { verifySesSignature } = await import('../gm/index.js');
  const token = seal.timestamp ?? (seal.time.kind === 'token' ? seal.time.token : undefined);
  const documentTime = provenByDocumentTimestamps(one, all);
  const proven = await verifySignatureTimestamps(one, token ? [token] : [], seal.signature, context, documentTime);
  const result = await verifySesSignature(seal, {
    atMs: nowMs,
    engine: pool.engine,
    contentDigest: (hash) => one.digest(hash) ?? new Uint8Array(),
    ...(proven !== undefined && { provenMs: proven }),
  });
  for (const { id, result: outcome, reason } of result.findings) {
    const [check, sub] = RULES[id] ?? ['seal', 'SIG_CONSTRAINTS_FAILURE'];
    const text = outcome === 'passed' ? 'fine' : say('seal-finding', wordsOf(reason));
    if (outcome === 'passed') findings.passed(check, check === 'seal' ? 'seal-valid' : text);
    else if (outcome === 'failed')
      findings.failed(check, id === 'seal-maker-signature' ? 'SIG_CRYPTO_FAILURE' : sub, text);
    else findings.unknown(check, sub, text);
  }
  reportProvenTime(one, proven);
  one.algorithm = describeAlgorithm({ kind: 'sm2' });
  const signer = await pool.addDer(seal.certificate);
  const maker = await pool.addDer(seal.seal.makerCertificate);
  for (const certificate of [maker, signer]) {
    if (!certificate) {
      findings.failed('signing-certificate', 'NO_SIGNING_CERTIFICATE_FOUND', 'certificate-missing');
      continue;
    }
    const question = {
      certificate,
      purpose: 'seal',
      provenMs: proven,
      nowMs,
      pool,
      policy: options.policy ?? {},
    } as const;
    const trust = await checkTrust(findings, { ...question, signal: options.signal });
    one.path = trust.path.length > 0 ? trust.path : [certificate];
    one.test ||= isTest(one.path, options.policy, pool);
    one.selfContained = trust.selfContained;
  }
}
