import { expect } from 'chai';
import { AnjuanError, type PageText } from '@anjuan/core';
import { sampleDocuments } from '../viewer/testing/sample-record.js';
import { searchInFiles, type DocumentTexts, type FoundInFiles } from './search-in-files.js';

function pageText(pageIndex: number, text: string): PageText {
  const runs = text === '' ? [] : [{ text, x: 10, y: 10, width: 100, height: 10 }];
  return { pageIndex, text, runs, source: runs.length > 0 ? 'pdf' : 'none' };
}

const opened: string[] = [];
const texts: DocumentTexts = async function* ({ documentId, pages }) {
  opened.push(documentId);
  if (documentId === 'course-2') throw new AnjuanError('pdf-malformed');
  for (const index of pages.keys()) yield pageText(index, documentId === 'front' ? '' : `第 ${index} 页 血压 稳定`);
};

async function all(search: AsyncIterable<FoundInFiles>): Promise<FoundInFiles[]> {
  const steps: FoundInFiles[] = [];
  for await (const step of search) steps.push(step);
  return steps;
}

describe('search through files', () => {
  afterEach(() => opened.splice(0));

  it('opens readable documents only, one after the other, and counts what it could not read', async () => {
    const { signal } = new AbortController();
    const steps = await all(searchInFiles('血压稳定', { documents: sampleDocuments, texts, signal }));
    expect(opened).to.deep.equal(['front', 'admission', 'course-1', 'course-2', 'discharge']);
    expect(
      steps.map(({ progress, found }) => [progress.searched, progress.documents, progress.unread, found.total]),
    ).to.deep.equal([
      [1, 5, 1, 0],
      [2, 5, 1, 3],
      [3, 5, 1, 4],
      [4, 5, 2, 4],
      [5, 5, 2, 9],
    ]);
    expect(steps.at(-1)?.found.hits.at(-1)).to.deep.include({ documentId: 'discharge', pageIndex: 4 });
  });

  it('ends between documents when it is aborted', async () => {
    const controller = new AbortController();
    const slow: DocumentTexts = async function* (document, signal) {
      if (document.documentId === 'admission') controller.abort();
      if (signal.aborted) throw new AnjuanError('aborted');
      yield* texts(document, signal);
    };
    const search = all(searchInFiles('x', { documents: sampleDocuments, texts: slow, signal: controller.signal }));
    const error: unknown = await search.catch((reason: unknown) => reason);
    expect(AnjuanError.is(error, 'aborted')).to.equal(true);
    expect(opened).to.deep.equal(['front']);
  });
});
