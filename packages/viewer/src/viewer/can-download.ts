import type { DocumentEntry } from '@anjuan/core';

/** A document can be fetched as it is unless it is locked. */
export function canDownload(document: DocumentEntry | undefined): boolean {
  return document !== undefined && document.state !== 'locked';
}
