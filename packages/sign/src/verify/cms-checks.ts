import type { CmsFinding, CmsFindingId, SignerCheck, TimestampCheck } from '../cms/index.js';
import type { CheckId } from './check-ids.js';
import type { Findings } from './findings.js';
import type { SubIndication } from './report.js';
import { say, wordsOf } from './texts.js';

type Rule = readonly [check: CheckId, sub: SubIndication];
const WEAK: Rule = ['algorithm-strength', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'];
const BINDING: Rule = ['signing-certificate', 'SIG_CONSTRAINTS_FAILURE'];
const MISSING: Rule = ['signing-certificate', 'NO_SIGNING_CERTIFICATE_FOUND'];
const UNKNOWN: Rule = ['signature-value', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'];

/** What findings mean that are not plain faults of structure. */
const RULES: Partial<Record<CmsFindingId, Rule>> = {
  'message-digest-wrong': ['message-digest', 'HASH_FAILURE'],
  'imprint-wrong': ['message-digest', 'HASH_FAILURE'],
  'signature-wrong': ['signature-value', 'SIG_CRYPTO_FAILURE'],
  'certificate-key-mismatch': ['signature-value', 'SIG_CRYPTO_FAILURE'],
  'weak-digest': WEAK,
  'weak-key': WEAK,
  'certificate-missing': MISSING,
  'certificate-unreadable': MISSING,
  'signing-certificate-missing': BINDING,
  'signing-certificate-v1': BINDING,
  'signing-certificate-wrong': BINDING,
  'digest-algorithm-unknown': UNKNOWN,
  'signature-algorithm-unknown': UNKNOWN,
  'imprint-algorithm-unknown': UNKNOWN,
  'timestamp-certificate-wrong': ['certificate-usage', 'CHAIN_CONSTRAINTS_FAILURE'],
};
/** Too weak by whatever standard the structure follows. */
const ALWAYS_COUNT = new Set<CmsFindingId>([
  'weak-digest',
  'weak-key',
  'digest-algorithm-unknown',
  'signature-algorithm-unknown',
]);

/** Errors in PAdES only. @source ISO 32000-1 12.8.3.3 */
const OLDER = new Set<CmsFindingId>(['signed-attributes-missing']);
/** Allowed by older standards, not by PAdES. */
const PADES_COUNT = new Set<CmsFindingId>(['signing-certificate-missing', 'digest-algorithm-not-listed']);

/** Turns the result of a CMS check into checks of the report. */
export function reportCms(
  findings: Findings,
  check: SignerCheck | TimestampCheck,
  options: {
    readonly pades: boolean;
    /** The structure brings certificates; when none of them is the signer's, somebody exchanged them. @source ISO 32000-2 12.8.3.3.2 */
    readonly certificates?: boolean;
    readonly skip?: (id: CmsFindingId) => boolean;
  },
): void {
  let structure = 0;
  for (const finding of check.findings) {
    if (options.skip?.(finding.id)) continue;
    const [id, sub] = RULES[finding.id] ?? ['cms-structure', 'FORMAT_FAILURE'];
    const reason = say('cms-finding', wordsOf(finding.id));
    if (!counts(finding, options.pades)) findings.passed(id, reason);
    else findings.failed(id, sub, reason);
    if (id === 'cms-structure') structure += 1;
  }
  if (structure === 0) findings.passed('cms-structure');
  reportDigest(findings, 'imprintMatches' in check ? check.imprintMatches : check.digestMatches, check.signer?.hash);
  reportValue(findings, check);
  if (!findings.has('algorithm-strength')) findings.passed('algorithm-strength', 'strength-fine');
  if (!check.certificate) {
    if (!findings.has('signing-certificate') || options.certificates)
      findings.failed(
        'signing-certificate',
        options.certificates ? 'FORMAT_FAILURE' : 'NO_SIGNING_CERTIFICATE_FOUND',
        'certificate-missing',
      );
  } else if (!findings.has('signing-certificate')) findings.passed('signing-certificate', 'certificate-bound');
  // Whatever the list of findings says, a signature that does not hold is none.
  if (check.status === 'invalid' && findings.verdict.indication === 'TOTAL_PASSED') {
    findings.failed('signature-value', 'SIG_CRYPTO_FAILURE', 'value-invalid');
  }
}

const counts = ({ id, severity }: CmsFinding, pades: boolean): boolean =>
  (severity === 'error' && (pades || !OLDER.has(id))) || ALWAYS_COUNT.has(id) || (pades && PADES_COUNT.has(id));

function reportDigest(findings: Findings, matches: boolean | undefined, hash: string | undefined): void {
  if (matches === true) findings.passed('message-digest', say('digest-match', (hash ?? '').toUpperCase()));
  else if (matches === undefined) findings.unknown('message-digest', 'SIGNED_DATA_NOT_FOUND', 'digest-unknown');
  else if (!findings.has('message-digest')) findings.failed('message-digest', 'HASH_FAILURE', 'digest-mismatch');
}

function reportValue(findings: Findings, { signatureHolds }: SignerCheck): void {
  if (signatureHolds === true) findings.passed('signature-value', 'value-valid');
  else if (signatureHolds === false) {
    if (!findings.has('signature-value')) findings.failed('signature-value', 'SIG_CRYPTO_FAILURE', 'value-invalid');
  } else findings.unknown('signature-value', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', 'value-unsupported');
}
