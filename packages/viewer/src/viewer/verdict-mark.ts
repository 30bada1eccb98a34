import type { DocumentVerdict, DocumentVersionRef } from '@anjuan/core';
import type { IconName } from '@anjuan/core/element';
import type { ViewerTexts } from '../locales/viewer.js';

/** How a verdict is shown. Green (`good`) only when everything is known and a real certificate signed. */
export interface VerdictMark {
  readonly tone: 'good' | 'unsure' | 'bad' | 'test';
  readonly icon: IconName;
  readonly word: string;
}

export function verdictMark({ indication, test }: DocumentVerdict, texts: ViewerTexts): VerdictMark {
  const words = texts.document.verdict;
  if (indication === 'TOTAL_FAILED') return { tone: 'bad', icon: 'circle-alert', word: words.TOTAL_FAILED };
  if (indication === 'INDETERMINATE') return { tone: 'unsure', icon: 'triangle-alert', word: words.INDETERMINATE };
  if (test) return { tone: 'test', icon: 'check', word: words.test };
  return { tone: 'good', icon: 'check', word: words.TOTAL_PASSED };
}

/** The verdict over just this version. */
export function verdictOf(
  verdicts: readonly DocumentVerdict[],
  { documentId, versionId }: DocumentVersionRef,
): DocumentVerdict | undefined {
  return verdicts.find((known) => known.documentId === documentId && known.versionId === versionId);
}
