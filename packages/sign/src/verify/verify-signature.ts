import { checkSignerInfo } from '../cms/index.js';
import { reportCms } from './cms-checks.js';
import { describeAlgorithm, isoTime } from './describe.js';
import { isPaddingOnly, type CmsValue } from './parse-value.js';
import { isTest } from './test-marks.js';
import { say } from './texts.js';
import { checkTrust } from './trust-checks.js';
import { provenByDocumentTimestamps, type Verification, type VerifyContext } from './verification.js';
import { digestOf, verifySignatureTimestamps } from './verify-timestamps.js';

/** A CMS signature: its value, its times, its certificate. @source ETSI EN 319 102-1 5.6 */
export async function verifyCms(
  one: Verification,
  { signedData }: CmsValue,
  all: readonly Verification[],
  context: VerifyContext,
): Promise<void> {
  const { pool, options, nowMs } = context;
  const { findings, value } = one.found;
  await pool.addSignedData(signedData);
  const check = await checkSignerInfo({
    signedData,
    contentDigest: (hash) => digestOf(one, hash),
    engine: pool.engine,
    certificates: pool.certificates,
  });
  const pades = value.subFilter === 'ETSI.CAdES.detached';
  const certificates = signedData.certificates.length > 0;
  reportCms(findings, check, { pades, certificates, skip: (id) => isPaddingOnly(id, value.contents) });
  one.algorithm = describeAlgorithm(check.signer?.signatureAlgorithm);
  const documentTime = provenByDocumentTimestamps(one, all);
  const stamps = check.signer?.signatureTimestamps ?? [];
  const signature = check.signer?.signature ?? new Uint8Array();
  const proven = await verifySignatureTimestamps(one, stamps, signature, context, documentTime);
  reportProvenTime(one, proven);
  if (!check.certificate) return;
  const question = { certificate: check.certificate, purpose: 'signature', provenMs: proven, nowMs, pool } as const;
  const trust = await checkTrust(findings, { ...question, policy: options.policy ?? {}, signal: options.signal });
  one.path = trust.path.length > 0 ? trust.path : [check.certificate];
  one.selfContained = trust.selfContained;
  one.test = isTest(one.path, options.policy, pool);
}

/** No proven time is no fault by itself: the certificate is then judged now. */
export function reportProvenTime(one: Verification, proven: number | undefined): void {
  const { findings } = one.found;
  if (proven === undefined) return findings.skipped('proven-time', 'time-none');
  one.provenMs = proven;
  findings.passed('proven-time', say('time-proven', isoTime(proven)));
  if (!findings.has('timestamp-order')) findings.passed('timestamp-order', 'order-fine');
}
