import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PageText } from '@anjuan/core';
import fc from 'fast-check';
import { joinRuns } from '../text/run-builder.js';
import { findOnPage } from './find.js';
import { foldPage, foldQuery } from './folded-page.js';

function pageOf(lines: readonly string[]): PageText {
  const runs = lines.map((text, index) => ({ text, x: 10, y: index * 20, width: 100, height: 12 }));
  return { pageIndex: 0, text: joinRuns(runs), runs, source: 'pdf' };
}
const find = (lines: readonly string[], query: string) => {
  const page = pageOf(lines);
  return findOnPage(page, foldPage(page), foldQuery(query));
};

describe('folding', () => {
  it('treats full width, case, circled and traditional forms alike', () => {
    assert.equal(foldQuery('ＷＢＣ　１２．３'), 'wbc 12.3');
    assert.equal(foldQuery('醫囑 藥物治療'), '医嘱药物治疗');
    assert.equal(foldQuery('①Ａ型'), '1a型');
  });

  it('does not join two cells of one table line', () => {
    const runs = ['白细胞', '计数'].map((text, index) => ({ text, x: index * 200, y: 0, width: 40, height: 12 }));
    const page: PageText = { pageIndex: 0, text: joinRuns(runs), runs, source: 'pdf' };
    assert.equal(findOnPage(page, foldPage(page), foldQuery('白细胞计数')).length, 0);
    assert.equal(findOnPage(page, foldPage(page), foldQuery('白细胞')).length, 1);
  });

  it('keeps words of Latin script apart across lines', () => {
    assert.equal(find(['acute', 'myocardial'], 'acute myocardial').length, 1);
    assert.equal(find(['acute', 'myocardial'], 'acutemyocardial').length, 0);
  });

  it('finds every stretch of a line it was given, inside that line', () => {
    const text = fc.stringMatching(/^[\u4e00-\u9fff]{1,20}$/);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.nat(), fc.nat(), (lines, lineSeed, cutSeed) => {
        const line = lines[lineSeed % lines.length] ?? '';
        const start = cutSeed % line.length;
        const query = line.slice(start, start + 3);
        const hits = find(lines, query);
        const inside = hits.every(({ rects }) =>
          rects.every(({ x, width }) => x >= 10 && width > 0 && x + width <= 110.1),
        );
        return hits.length > 0 && inside;
      }),
    );
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.string({ unit: 'binary' }), (lines, query) => {
        const folded = foldQuery(query);
        return folded === '' || find(lines, query).length >= 0;
      }),
    );
  });
});
