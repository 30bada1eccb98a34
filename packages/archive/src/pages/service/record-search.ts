import { AnjuanError, type PageText } from '@anjuan/core';
import type { PageSubject, RecordHit } from '../../service/page-service.js';
import { findOnPage } from '../search/find.js';
import { foldPage, foldQuery, type FoldedPage } from '../search/folded-page.js';

/** Characters of folded text kept in memory over all documents. */
const CACHE_CHARS = 8_000_000;

interface SearchablePage {
  readonly text: PageText;
  readonly folded: FoldedPage;
}

interface SearchableDocument {
  readonly pages: readonly SearchablePage[];
  readonly chars: number;
}

export interface RecordSearchOptions {
  readonly query: string;
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/** Finds text over the documents of one record; folded text of lately searched documents stays in memory. */
export class RecordSearch {
  readonly #load: (subject: PageSubject, signal: AbortSignal | undefined) => Promise<readonly PageText[]>;
  readonly #cache = new Map<string, SearchableDocument>();
  #chars = 0;

  constructor(load: (subject: PageSubject, signal: AbortSignal | undefined) => Promise<readonly PageText[]>) {
    this.#load = load;
  }

  async search(
    subjects: readonly PageSubject[],
    { query, limit, signal }: RecordSearchOptions,
  ): Promise<{ readonly hits: readonly RecordHit[]; readonly total: number }> {
    const folded = foldQuery(query);
    const hits: RecordHit[] = [];
    let total = 0;
    if (folded === '') return { hits, total };
    for (const subject of subjects) {
      if (signal?.aborted) throw new AnjuanError('aborted');
      const { pages } = await this.#document(subject, signal);
      for (const page of pages) {
        const found = findOnPage(page.text, page.folded, folded);
        total += found.length;
        const pageIndex = page.text.pageIndex;
        for (const hit of found.slice(0, Math.max(0, limit - hits.length))) {
          hits.push({ documentId: subject.documentId, pageIndex, ...hit });
        }
      }
    }
    return { hits, total };
  }

  async #document(subject: PageSubject, signal: AbortSignal | undefined): Promise<SearchableDocument> {
    // The bytes decide the text, so a version that only changed its title shares it.
    const key = subject.blob.sha256;
    const known = this.#cache.get(key);
    if (known) {
      this.#cache.delete(key);
      this.#cache.set(key, known);
      return known;
    }
    const texts = await this.#load(subject, signal);
    const pages = texts.filter(({ runs }) => runs.length > 0).map((text) => ({ text, folded: foldPage(text) }));
    const document = { pages, chars: pages.reduce((sum, page) => sum + page.folded.folded.length, 0) };
    this.#keep(key, document);
    return document;
  }

  #keep(key: string, document: SearchableDocument): void {
    this.#chars += document.chars - (this.#cache.get(key)?.chars ?? 0);
    this.#cache.set(key, document);
    for (const [oldest, { chars }] of this.#cache) {
      if (this.#chars <= CACHE_CHARS || oldest === key) break;
      this.#cache.delete(oldest);
      this.#chars -= chars;
    }
  }
}
