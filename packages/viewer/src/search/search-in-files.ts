import { AnjuanError, type DocumentEntry, type PageText, type TextHit, type TextHits } from '@anjuan/core';
import type { SourcePool } from '../render/source-pool.js';
import { foldQuery } from './fold-text.js';
import { findOnPage } from './page-hits.js';
import { isReadable } from './search-results.js';
import type { SearchProgress } from './search-state.js';

const MAX_HITS = 500;

/** Found so far, after each document. */
export interface FoundInFiles {
  readonly found: TextHits;
  readonly progress: SearchProgress;
}

/** Texts of the pages of a document, in order. */
export type DocumentTexts = (document: DocumentEntry, signal: AbortSignal) => AsyncIterable<PageText>;

/**
 * Searches an archive that cannot: opens one document after the other and looks through its pages. A document that
 * cannot be opened is counted, not fatal. Errors: `aborted`.
 */
export async function* searchInFiles(
  query: string,
  options: {
    readonly documents: readonly DocumentEntry[];
    readonly texts: DocumentTexts;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<FoundInFiles> {
  const { texts, signal } = options;
  const documents = options.documents.filter(isReadable);
  const folded = foldQuery(query);
  const hits: TextHit[] = [];
  let [total, unread] = [0, 0];
  for (const [index, document] of documents.entries()) {
    let hasText = false;
    try {
      for await (const page of texts(document, signal)) {
        hasText ||= page.runs.length > 0;
        for (const hit of findOnPage(page, folded)) {
          total += 1;
          if (hits.length < MAX_HITS) hits.push({ documentId: document.documentId, pageIndex: page.pageIndex, ...hit });
        }
      }
    } catch (error) {
      if (signal.aborted || AnjuanError.is(error, 'aborted')) throw new AnjuanError('aborted');
      hasText = false;
    }
    if (!hasText) unread += 1;
    const progress = { searched: index + 1, documents: documents.length, unread };
    yield { found: { hits: [...hits], total }, progress };
  }
}

/** Texts by the page sources of the original files; a file is closed again as soon as it was looked through. */
export function textsOfFiles(pool: SourcePool): DocumentTexts {
  return async function* (document, signal) {
    const pages = await pool.use(document, 'vector', signal, (source) => source.pages({ signal }));
    for (let pageIndex = 0; pageIndex < pages.length; pageIndex += 1) {
      yield await pool.use(document, 'vector', signal, (source) => source.text({ pageIndex, signal }));
    }
  };
}
