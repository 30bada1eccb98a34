import type { RecordSummary } from '@anjuan/core';
import { formatDate, type Locale } from '@anjuan/core/element';
import type { ViewerTexts } from '../locales/viewer.js';

/** What stands above an open record. The name apart, so that it can stay when the rest must give way. */
export interface RecordTitle {
  readonly name: string;
  /** `住院病案 · 2026-03-02 — 03-11 · 心内科` */
  readonly rest: string;
}

/** `2026-03-02 — 03-11`: the year of the second day only when it differs. */
function stay(summary: RecordSummary, texts: ViewerTexts, locale: Locale): string {
  const from = formatDate(summary.admittedOn, locale);
  const to = formatDate(summary.dischargedOn, locale);
  if (!from || !to || from === to) return from || to;
  const sameYear = from.slice(0, 5) === to.slice(0, 5);
  return `${from} ${texts.title.to} ${sameYear ? to.slice(5) : to}`;
}

export function recordTitle(summary: RecordSummary, texts: ViewerTexts, locale: Locale): RecordTitle {
  const parts = [texts.title.record, stay(summary, texts, locale), summary.department ?? ''];
  return { name: summary.patientName, rest: parts.filter(Boolean).join(texts.title.separator) };
}
