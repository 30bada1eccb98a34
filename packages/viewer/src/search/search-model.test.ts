import { expect } from 'chai';
import fc from 'fast-check';
import type { PageText, TextHit, TextRun } from '@anjuan/core';
import { sampleDocuments } from '../viewer/testing/sample-record.js';
import { findFolded, foldQuery, foldText } from './fold-text.js';
import { placeOf, turnedPoint } from './hit-places.js';
import { findOnPage } from './page-hits.js';
import { scopeOf, searchResults } from './search-results.js';
import { worthSearching } from './search-state.js';
import { snippetParts } from './snippet-parts.js';

const run = (text: string, x: number, y: number, width = text.length * 10): TextRun => ({
  text,
  x,
  y,
  width,
  height: 10,
});
const page = (...runs: readonly TextRun[]): PageText => ({ pageIndex: 0, text: '', runs, source: 'pdf' });
const hit = (documentId: string, pageIndex: number): TextHit => ({ documentId, pageIndex, rects: [], snippet: '' });

describe('folding of text', () => {
  it('takes width, case and blanks beside Chinese characters for alike', () => {
    for (const [text, query] of [
      ['ＣＫ－ＭＢ 升高', 'ck-mb升高'],
      ['血 压 １２０／８０', '血压120/80'],
      ['Troponin  I', 'troponin i'],
      ['㎎', 'MG'],
    ] as const) {
      expect(findFolded(foldText(text), foldQuery(query)), text).to.deep.equal([{ start: 0, end: text.length }]);
    }
  });

  it('points back into the source', () => {
    const source = '体温 ３６.５℃，𠮷先生';
    const slice = (query: string): string[] =>
      findFolded(foldText(source), foldQuery(query)).map(({ start, end }) => source.slice(start, end));
    expect(slice('36.5')).to.deep.equal(['３６.５']);
    expect(slice('𠮷')).to.deep.equal(['𠮷']);
    expect(slice('')).to.deep.equal([]);
  });

  it('finds any part of any text, at places inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(), (text, a, b) => {
        const { folded, from, to } = foldText(text);
        expect([from.length, to.length]).to.deep.equal([folded.length, folded.length]);
        const [start, end] = [a % (folded.length + 1), b % (folded.length + 1)].sort((p, q) => p - q) as [
          number,
          number,
        ];
        const found = findFolded({ folded, from, to }, folded.slice(start, end));
        expect(found.length > 0).to.equal(end > start);
        for (const range of found)
          expect(range.start >= 0 && range.end > range.start && range.end <= text.length).to.equal(true);
      }),
    );
  });

  it('emphasises every match of a snippet and loses nothing of it', () => {
    expect(snippetParts('…ＢＮＰ 升高，复查 bnp…', 'BNP')).to.deep.equal([
      { text: '…', match: false },
      { text: 'ＢＮＰ', match: true },
      { text: ' 升高，复查 ', match: false },
      { text: 'bnp', match: true },
      { text: '…', match: false },
    ]);
    expect(snippetParts('心電圖', '心电图')).to.deep.equal([{ text: '心電圖', match: false }]);
  });

  it('waits for two letters, or one Chinese character', () => {
    expect(['a', ' ', '1', 'ab', '痛', ' 痛 '].map(worthSearching)).to.deep.equal([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('hits on a page', () => {
  it('marks the share of each run that the hit touches, also over a line break', () => {
    const [found] = findOnPage(
      page(run('诊断：急性心', 50, 100, 120), run('肌梗死。', 50, 115, 80)),
      foldQuery('心肌梗死'),
    );
    expect(found?.rects).to.deep.equal([
      { x: 150, y: 100, width: 20, height: 10 },
      { x: 50, y: 115, width: 60, height: 10 },
    ]);
    expect(found?.snippet).to.equal('诊断：急性心 肌梗死。');
  });

  it('joins pieces of one word and keeps table cells apart', () => {
    const pieces = page(
      run('血', 50, 100, 10),
      run('压', 60, 100, 10),
      run('血', 200, 100, 10),
      run('压', 300, 100, 10),
    );
    expect(findOnPage(pieces, '血压').map(({ rects }) => rects.map(({ x }) => x))).to.deep.equal([[50, 60]]);
  });

  it('cuts long surroundings', () => {
    const [found] = findOnPage(page(run(`${'前'.repeat(50)}阳性${'后'.repeat(50)}`, 0, 0)), '阳性');
    expect(found?.snippet).to.equal(`…${'前'.repeat(16)}阳性${'后'.repeat(28)}…`);
  });
});

describe('search results', () => {
  it('stand in record order and leave out what the reader cannot go to', () => {
    const hits = [
      hit('discharge', 4),
      hit('locked', 0),
      hit('front', 1),
      hit('front', 0),
      hit('hidden', 0),
      hit('lab', 0),
      hit('admission', 3),
    ];
    const results = searchResults('x', { hits, total: 107 }, sampleDocuments);
    expect(
      results.groups.map((group) => [group.document.documentId, group.hits.map(({ index }) => index)]),
    ).to.deep.equal([
      ['front', [0, 1]],
      ['discharge', [2]],
    ]);
    expect(results.hits.map(({ pageIndex }) => pageIndex)).to.deep.equal([0, 1, 4]);
    expect(results.total).to.equal(103);
  });

  it('say what was looked through', () => {
    expect(scopeOf(sampleDocuments)).to.deep.equal({ documents: 5, pages: 12, scanPages: 0, locked: 1, broken: 1 });
  });

  it('lead to the place on the page, also on one that the reader turned', () => {
    const found = { ...hit('front', 1), rects: [{ x: 59.5, y: 421, width: 10, height: 10 }] };
    const place = placeOf(found, sampleDocuments);
    expect(place).to.deep.equal({ documentId: 'front', pageNumber: 2, anchor: { x: 0.1, y: 0.5 } });
    expect(([0, 90, 180, 270] as const).map((deg) => turnedPoint({ x: 0.25, y: 0.5 }, deg))).to.deep.equal([
      { x: 0.25, y: 0.5 },
      { x: 0.5, y: 0.25 },
      { x: 0.75, y: 0.5 },
      { x: 0.5, y: 0.75 },
    ]);
  });
});
