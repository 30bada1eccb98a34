import { AnjuanError, type ArchiveClient } from '@anjuan/core';
import { readingParts } from '../viewer/load-reading-parts.js';
import type { RecordViewportApi } from '../viewport/types.js';
import { searchResults, type SearchResults } from './search-results.js';
import type { SearchProgress } from './search-state.js';

/** The open record, as search needs it. */
export interface SearchedRecord {
  readonly client: ArchiveClient;
  readonly recordId: string;
  readonly assetsUrl: string;
  readonly viewport: RecordViewportApi;
}

export interface FoundText {
  readonly results: SearchResults;
  /** Set when the documents were opened one by one. */
  readonly progress?: SearchProgress;
}

/** Asks the archive. Errors: `capability-missing` when it cannot search text, and those of `records.searchText`. */
export async function searchInArchive(record: SearchedRecord, query: string, signal: AbortSignal): Promise<FoundText> {
  const found = await record.client.records.searchText(record.recordId, query, { signal });
  return { results: searchResults(query, found, record.viewport.documents) };
}

/** Opens all files and looks through them; `onProgress` hears of every document. Errors: `aborted`. */
export async function searchFiles(
  record: SearchedRecord,
  query: string,
  options: { readonly signal: AbortSignal; readonly onProgress: (found: FoundText) => void },
): Promise<FoundText> {
  const { signal, onProgress } = options;
  const { SourcePool, searchInFiles, sourcesFor, textsOfFiles } = readingParts();
  // Pages are drawn from a pool of their own: a search must not push out the files being read.
  const pool = new SourcePool(sourcesFor('pdf', record), 1);
  const documents = record.viewport.documents;
  let last: FoundText | undefined;
  try {
    for await (const { found, progress } of searchInFiles(query, { documents, texts: textsOfFiles(pool), signal })) {
      last = { results: searchResults(query, found, record.viewport.documents), progress };
      onProgress(last);
    }
  } finally {
    pool.close();
  }
  if (signal.aborted) throw new AnjuanError('aborted');
  return last ?? { results: searchResults(query, { hits: [], total: 0 }, documents) };
}
