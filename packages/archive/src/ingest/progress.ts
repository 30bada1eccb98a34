import type { ErrorCode } from '@anjuan/core';

/** One fact about a running ingest. Ids and counts only. */
export type IngestEvent =
  | { readonly type: 'found'; readonly records: number; readonly documents: number }
  | { readonly type: 'document'; readonly documentId: string; readonly pages: number; readonly state: 'new' | 'same' }
  | { readonly type: 'broken'; readonly recordId: string; readonly documentId: string; readonly code: ErrorCode }
  | { readonly type: 'skipped'; readonly place: string; readonly problems: readonly string[] }
  | { readonly type: 'failed'; readonly recordId: string; readonly code: ErrorCode; readonly reason: string }
  | { readonly type: 'record'; readonly recordId: string };

/** What one run of ingest did. */
export interface IngestSummary {
  readonly records: number;
  readonly documents: number;
  readonly pages: number;
  /** Documents that were stored with an error state. */
  readonly broken: number;
  /** Folders whose record.json was not usable. */
  readonly skipped: number;
  /** Records that the archive refused. */
  readonly failed: number;
}

/** Adds events up. */
export class IngestTally {
  #summary: IngestSummary = { records: 0, documents: 0, pages: 0, broken: 0, skipped: 0, failed: 0 };

  get summary(): IngestSummary {
    return this.#summary;
  }

  add(event: IngestEvent): void {
    const now = this.#summary;
    if (event.type === 'document') {
      this.#summary = { ...now, documents: now.documents + 1, pages: now.pages + event.pages };
    } else if (event.type === 'broken') this.#summary = { ...now, broken: now.broken + 1 };
    else if (event.type === 'skipped') this.#summary = { ...now, skipped: now.skipped + 1 };
    else if (event.type === 'failed') this.#summary = { ...now, failed: now.failed + 1 };
    else if (event.type === 'record') this.#summary = { ...now, records: now.records + 1 };
  }
}
