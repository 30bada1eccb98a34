import type { QualityFinding } from '../recipe/types.js';
import { hashDistance } from './difference-hash.js';
import { qualityLimits } from './limits.js';

/** What two pages are compared by. */
export interface PageMarks {
  /** Of the master, hex. */
  readonly sha256: string;
  /** As `pageHash` gives it. */
  readonly differenceHash: string;
}

/** The same picture again, or one that looks the same: at most one finding, against the page it is nearest to. */
export function comparePages(
  page: PageMarks,
  earlier: readonly (PageMarks & { readonly pageId: string })[],
): QualityFinding[] {
  const same = earlier.find(({ sha256 }) => sha256 === page.sha256);
  const limit = qualityLimits.nearDuplicateBits;
  if (same) {
    return [{ issue: 'duplicate', severity: 'warn', measured: 0, limit, unit: 'bits', otherPageId: same.pageId }];
  }
  const [nearest] = earlier
    .map(({ pageId, differenceHash }) => ({ pageId, bits: hashDistance(page.differenceHash, differenceHash) }))
    .sort((a, b) => a.bits - b.bits);
  if (!nearest || nearest.bits > limit) return [];
  const { bits: measured, pageId: otherPageId } = nearest;
  return [{ issue: 'near-duplicate', severity: 'warn', measured, limit, unit: 'bits', otherPageId }];
}
