import { AnjuanError } from '@anjuan/core';
import type { PageService, PageSubject } from '../service/page-service.js';

/** A page service that answers with what it was asked: two pages in every document, one hit in each. */
export function fakePages(): PageService & { readonly stored: PageSubject[] } {
  const stored: PageSubject[] = [];
  const check = (pageIndex: number): void => {
    if (pageIndex > 1) throw new AnjuanError('page-not-found');
  };
  return {
    stored,
    async pageImage(subject, { pageIndex, widthPx }) {
      check(pageIndex);
      return new TextEncoder().encode(`${subject.documentId}/${subject.versionId}/${pageIndex}/${widthPx}`);
    },
    async pageText(subject, { pageIndex }) {
      check(pageIndex);
      return { pageIndex, text: `text of ${subject.documentId}`, runs: [], source: 'pdf' };
    },
    async searchText(subjects, { query }) {
      const hits = subjects.map(({ documentId }) => ({ documentId, pageIndex: 0, rects: [], snippet: query }));
      return { hits, total: hits.length };
    },
    onDocumentStored: (subject) => void stored.push(subject),
  };
}
