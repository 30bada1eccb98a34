import type { SignatureIndication } from '@anjuan/core';
import type { CheckId } from './check-ids.js';
import type { CheckResult, LocalizedText, SignatureCheck, SubIndication } from './report.js';
import { say, type Sentence } from './texts.js';

const RANK: Readonly<Record<SignatureIndication, number>> = { TOTAL_PASSED: 0, INDETERMINATE: 1, TOTAL_FAILED: 2 };
/** These alone mean that a signature is wrong; all others leave it open. @source ETSI EN 319 102-1 5.1.3 table 5 */
const TOTAL: ReadonlySet<SubIndication> = new Set([
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'REVOKED',
  'EXPIRED',
  'NOT_YET_VALID',
]);

/** A verdict with the reason that decides it. */
export interface Verdict {
  readonly indication: SignatureIndication;
  readonly subIndication?: SubIndication;
  readonly reason?: LocalizedText;
}

const PASSED: Verdict = { indication: 'TOTAL_PASSED' };

/** The worse of two verdicts; the earlier one when they are alike. */
export const worse = (a: Verdict, b: Verdict): Verdict => (RANK[b.indication] > RANK[a.indication] ? b : a);

export type Spans = readonly (readonly [offset: number, lengthBytes: number])[];

/** The checks of one signature and what follows from them. */
export class Findings {
  readonly checks: SignatureCheck[] = [];
  verdict: Verdict = PASSED;

  passed(id: CheckId, reason: LocalizedText | Sentence = 'fine', bytes?: Spans): void {
    this.#add(id, 'passed', reason, bytes);
  }

  skipped(id: CheckId, reason: LocalizedText | Sentence): void {
    this.#add(id, 'skipped', reason);
  }

  /** A broken rule; whether the signature is wrong or only not to be relied on follows from the sub-indication. */
  failed(id: CheckId, sub: SubIndication, reason: LocalizedText | Sentence, bytes?: Spans): void {
    const text = this.#add(id, 'failed', reason, bytes);
    const indication = TOTAL.has(sub) ? 'TOTAL_FAILED' : 'INDETERMINATE';
    this.verdict = worse(this.verdict, { indication, subIndication: sub, reason: text });
  }

  /** What is needed was not at hand: never green. */
  unknown(id: CheckId, sub: SubIndication, reason: LocalizedText | Sentence, bytes?: Spans): void {
    const text = this.#add(id, 'unknown', reason, bytes);
    this.verdict = worse(this.verdict, { indication: 'INDETERMINATE', subIndication: sub, reason: text });
  }

  has(id: CheckId): boolean {
    return this.checks.some((check) => check.id === id);
  }

  #add(id: CheckId, result: CheckResult, reason: LocalizedText | Sentence, bytes?: Spans): LocalizedText {
    const text = typeof reason === 'string' ? say(reason) : reason;
    this.checks.push({ id, result, reason: text, ...(bytes && { bytes }) });
    return text;
  }
}
