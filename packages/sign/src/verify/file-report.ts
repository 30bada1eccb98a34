import { isString } from '../pdf/objects.js';
import { textOf } from '../pdf/read/text-string.js';
import { describeCertificate, isoTime, readPdfDate } from './describe.js';
import { worse, type Verdict } from './findings.js';
import type { LocalizedText, SignatureReport, ValidationReport } from './report.js';
import { say } from './texts.js';
import { coveredEnd, type Verification, type VerifyContext } from './verification.js';

/** The report over a file from what was found of each signature. */
export async function fileReport(
  all: readonly Verification[],
  context: VerifyContext,
  { sha256, stray }: { readonly sha256: string; readonly stray: boolean },
): Promise<ValidationReport> {
  const { file, nowMs } = context;
  const signatures: SignatureReport[] = [];
  for (const [index, one] of all.entries()) signatures.push(await signatureReport(one, index, all, context));
  const verdict = all.length === 0 ? emptyVerdict(stray) : all.map(({ found }) => found.findings.verdict).reduce(worse);
  const { indication, subIndication } = verdict;
  const test = all.some((one) => one.test) ? say('verdict-test') : undefined;
  return {
    schema: 'anjuan-validation-report/1',
    indication,
    ...(subIndication && { subIndication }),
    summary: join(fileSummary(all, verdict), test),
    checkedAt: isoTime(nowMs),
    sizeBytes: file.source.sizeBytes,
    sha256,
    revisions: file.revisions.length,
    signatures,
    anomalies: file.anomalies.map(({ id, bytes }) => ({ id, bytes: [bytes[0], bytes[1]] as const })),
  };
}

/** The report over a file that no strict reader can open: whatever signature it has is worth nothing. */
export function unreadableReport(facts: {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly nowMs: number;
  readonly reason: string;
}): ValidationReport {
  return {
    schema: 'anjuan-validation-report/1',
    indication: 'TOTAL_FAILED',
    subIndication: 'FORMAT_FAILURE',
    summary: say('file-failed', say('file-unreadable')),
    checkedAt: isoTime(facts.nowMs),
    sizeBytes: facts.sizeBytes,
    sha256: facts.sha256,
    revisions: 0,
    signatures: [],
    anomalies: [{ id: facts.reason, bytes: [0, facts.sizeBytes] }],
  };
}

function emptyVerdict(stray: boolean): Verdict {
  if (stray) return { indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE', reason: say('file-stray') };
  return { indication: 'INDETERMINATE', subIndication: 'SIGNED_DATA_NOT_FOUND' };
}

function fileSummary(all: readonly Verification[], { indication, reason }: Verdict): LocalizedText {
  const [first] = all;
  if (indication === 'TOTAL_PASSED') {
    if (first && all.length === 1) return summaryOf(first);
    const touched = all.some(({ changes }) => changes.some(({ kind }) => !HARMLESS.has(kind)));
    return say(touched ? 'file-passed-changes' : 'file-passed', all.length);
  }
  if (!reason) return say('file-none');
  return say(indication === 'TOTAL_FAILED' ? 'file-failed' : 'file-unknown', reason);
}

/** Additions that are signatures themselves or serve them. */
const HARMLESS = new Set(['new-signature', 'document-timestamp', 'dss']);

const join = (a: LocalizedText, b: LocalizedText | undefined): LocalizedText =>
  b ? { 'zh-CN': a['zh-CN'] + b['zh-CN'], en: a.en + b.en } : a;

async function signatureReport(
  one: Verification,
  index: number,
  all: readonly Verification[],
  { file, pool }: VerifyContext,
): Promise<SignatureReport> {
  const { found, parsed, path, test } = one;
  const { field, value, findings, byteRange } = found;
  const { indication, subIndication } = findings.verdict;
  const page = field.pageIndexes.find((pageIndex) => pageIndex >= 0);
  const visible = field.rect && field.rect[2] > field.rect[0] && field.rect[3] > field.rect[1];
  const text = (key: string): string | undefined => {
    const entry = value.dict.entries.get(key);
    return isString(entry) ? textOf(entry).slice(0, 1000) : undefined;
  };
  const [claimed, reason, location] = [readPdfDate(value.mByM), text('Reason'), text('Location')];
  const chain = [];
  for (const certificate of path) chain.push(await describeCertificate(certificate, pool.engine));
  return {
    index,
    kind: kindOf(one),
    indication,
    ...(subIndication && { subIndication }),
    summary: join(summaryOf(one), test ? say('verdict-test') : undefined),
    fieldName: field.name,
    ...(visible && page !== undefined && { pageNumber: page + 1 }),
    ...(visible && field.rect && { rect: field.rect }),
    ...(chain[0] && { signer: chain[0] }),
    chain,
    test,
    algorithm: one.algorithm,
    level: levelOf(one, all, parsed.kind),
    ...(claimed !== undefined && { claimedTime: claimed }),
    ...(one.provenMs !== undefined && { provenTime: isoTime(one.provenMs) }),
    ...(reason !== undefined && { reasonText: reason }),
    ...(location !== undefined && { location }),
    ...(byteRange && { byteRange }),
    coversWholeFile: coveredEnd(one) === file.source.sizeBytes,
    revision: found.revision,
    signedLengthBytes: coveredEnd(one),
    checks: findings.checks,
    changes: one.changes,
  };
}

function summaryOf({ found, changes, parsed }: Verification): LocalizedText {
  const { indication, reason } = found.findings.verdict;
  if (indication === 'TOTAL_FAILED') return say('verdict-failed', reason ?? '');
  if (indication === 'INDETERMINATE') return say('verdict-unknown', reason ?? '');
  if (changes.length > 0) return say('verdict-passed-changes', changes.length);
  return say(parsed.kind === 'timestamp' ? 'verdict-passed-timestamp' : 'verdict-passed');
}

function kindOf({ found: { value }, parsed }: Verification): SignatureReport['kind'] {
  if (parsed.kind === 'seal') return 'seal';
  if (value.kind === 'DocTimeStamp' || parsed.kind === 'timestamp') return 'document-timestamp';
  return value.docMdp !== undefined || value.certifies ? 'certification' : 'signature';
}

/** @source ETSI EN 319 142-1 6.1 */
function levelOf(one: Verification, all: readonly Verification[], kind: string): SignatureReport['level'] {
  if (one.found.value.kind === 'DocTimeStamp' || kind === 'timestamp') return 'timestamp';
  if (kind === 'seal') return 'seal';
  if (one.found.value.subFilter !== 'ETSI.CAdES.detached') return 'basic';
  if (one.provenMs === undefined) return 'B-B';
  if (!one.selfContained) return 'B-T';
  // The proof came after the signature and its own stamp; an archive stamp must cover it.
  const archived = all.some((other) => other.parsed.kind === 'timestamp' && coveredEnd(other) > coveredEnd(one));
  return archived ? 'B-LTA' : 'B-LT';
}
