import type { Certificate } from '../x509/index.js';
import type { EvidencePool } from './evidence.js';
import type { VerifyPolicy } from './options.js';

/** The path leads through a certificate that is for tests: named so by the policy, or by its own subject. */
export function isTest(path: readonly Certificate[], policy: VerifyPolicy | undefined, pool: EvidencePool): boolean {
  const named = new Set(policy?.testAnchors ?? []);
  return path.some(
    (certificate) => /测试|\btest\b/i.test(certificate.subject.text) || named.has(pool.fingerprint(certificate)),
  );
}
