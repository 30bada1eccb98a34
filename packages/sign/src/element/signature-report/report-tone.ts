import type { SignatureIndication } from '@anjuan/core';
import type { IconName } from '@anjuan/core/element';
import type { CheckResult, SignedChange } from '../../verify/report.js';

/** `good` only when everything is known and the certificate is no test certificate. */
export type Tone = 'good' | 'unsure' | 'bad' | 'test' | 'quiet';

export function toneOf(indication: SignatureIndication, test: boolean): Exclude<Tone, 'quiet'> {
  if (indication === 'TOTAL_FAILED') return 'bad';
  if (indication === 'INDETERMINATE') return 'unsure';
  return test ? 'test' : 'good';
}

export const toneOfCheck: Readonly<Record<CheckResult, Tone>> = {
  passed: 'good',
  failed: 'bad',
  unknown: 'unsure',
  skipped: 'quiet',
};

export const toneOfChange: Readonly<Record<SignedChange['result'], Tone>> = {
  allowed: 'good',
  suspicious: 'unsure',
  forbidden: 'bad',
};

export const iconOfTone: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  test: 'check',
  unsure: 'triangle-alert',
  bad: 'circle-alert',
  quiet: 'minus',
};
