import { AnjuanError } from '@anjuan/core';
import type { Archive } from '../archive-options.js';
import type { ArchivePageService } from '../pages/service/create-page-service.js';
import { Limiter } from '../pages/service/limiter.js';
import { ArchiveWriter } from './archive-writer.js';
import { findRecords } from './find-records.js';
import { ingestRecord } from './ingest-record.js';
import { IngestTally, type IngestEvent, type IngestSummary } from './progress.js';

/** Where ingest reads and writes, and who hears of its progress. */
export interface IngestOptions {
  /** Searched with all its subfolders for `record.json`. */
  readonly dir: string;
  /** Handler whose user has the role SYS, over the same store as `pages`. */
  readonly archive: Archive;
  readonly pages: ArchivePageService;
  /** Pages of each document that get pictures at once; the rest on demand. Default 0. */
  readonly warmPages?: number;
  readonly onEvent?: (event: IngestEvent) => void;
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
}

/** Files in memory at a time. */
const FILES_AT_ONCE = 4;

/**
 * Brings every record below a folder into the archive. Broken files and broken records are reported and never stop the
 * rest. Killed at any moment and run again, it ends with the same result; what is there already is not written twice.
 * Errors: `aborted`, and `invalid-argument` when the folder cannot be read.
 */
export async function ingestFolder(options: IngestOptions): Promise<IngestSummary> {
  const tally = new IngestTally();
  const report = (event: IngestEvent): void => {
    tally.add(event);
    options.onEvent?.(event);
  };
  const found = await findRecords(options.dir).catch((cause: unknown) => {
    throw new AnjuanError('invalid-argument', { message: 'The folder to ingest cannot be read.', cause });
  });
  const good = found.filter((item) => item.status === 'ok');
  const documents = good.reduce((sum, { record }) => sum + record.documents.length, 0);
  report({ type: 'found', records: good.length, documents });
  for (const item of found) {
    if (item.status === 'invalid') report({ type: 'skipped', place: item.place, problems: item.problems });
  }
  const context = {
    writer: new ArchiveWriter(options.archive),
    pages: options.pages,
    files: new Limiter(FILES_AT_ONCE),
    warmPages: options.warmPages ?? 0,
    now: options.now ?? (() => new Date()),
    report,
    ...(options.signal ? { signal: options.signal } : {}),
  };
  for (const { folder, record } of good) {
    try {
      await ingestRecord(folder, record, context);
    } catch (error) {
      const failure = AnjuanError.from(error);
      if (failure.code === 'aborted') throw failure;
      const reason = `${failure.message} ${JSON.stringify(failure.details)}`;
      report({ type: 'failed', recordId: record.recordId, code: failure.code, reason });
    }
  }
  return tally.summary;
}
