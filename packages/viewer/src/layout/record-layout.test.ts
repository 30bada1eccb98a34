import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Zoom } from '../viewport/types.js';
import { captureAnchor, scrollToAnchor } from './anchor.js';
import { pageBox, PX_PER_PT } from './page-box.js';
import { commonPage, pageScales } from './page-scale.js';
import { MAX_RECORD_HEIGHT_PX, RecordLayout, type LayoutInput } from './record-layout.js';
import { visiblePage } from './visible-page.js';
import { nextZoomStep, ZOOM_STEPS } from './zoom-steps.js';

const side = fc.double({ min: 1, max: 14_400, noNaN: true });
const page = fc.record({ widthPt: side, heightPt: side });
const a4 = { widthPt: 595, heightPt: 842 };
const zoom: fc.Arbitrary<Zoom> = fc.oneof(
  fc.constant<Zoom>('fit-width'),
  fc.constant<Zoom>('fit-page'),
  fc.double({ min: 0.1, max: 8, noNaN: true }),
);
const input: fc.Arbitrary<LayoutInput> = fc.record({
  documents: fc.array(fc.record({ pages: fc.array(page, { maxLength: 12 }) }), { maxLength: 12 }),
  zoom,
  viewWidthPx: fc.integer({ min: 200, max: 4000 }),
  viewHeightPx: fc.integer({ min: 200, max: 3000 }),
  headerHeightPx: fc.constant(36),
});

describe('record layout', () => {
  it('stacks documents and pages without overlap, in order, inside the record', () => {
    fc.assert(
      fc.property(input, (it) => {
        const layout = new RecordLayout(it);
        let bottom = 0;
        for (let index = 0; index < layout.documentCount; index += 1) {
          const document = layout.document(index);
          expect(document.top).gte(bottom);
          bottom = document.top + layout.headerHeight;
          const own = layout.pagesOf(index);
          for (let pageIndex = own.first; pageIndex <= own.last; pageIndex += 1) {
            const place = layout.page(pageIndex);
            expect(place.top).gte(bottom);
            expect(place.left + place.width).lte(layout.contentWidth);
            expect(layout.documentOf(pageIndex)).equal(index);
            bottom = place.top + place.height;
          }
          expect(document.top + document.height).gte(bottom);
        }
        expect(layout.totalHeight).gte(bottom);
      }),
    );
  });

  it('finds the same pages and documents in a window as a plain scan does', () => {
    fc.assert(
      fc.property(
        input,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 4000 }),
        (it, at, height) => {
          const layout = new RecordLayout(it);
          const top = at * layout.totalHeight;
          const bottom = top + height;
          const touching: number[] = [];
          for (let index = 0; index < layout.pageCount; index += 1) {
            const place = layout.page(index);
            if (place.top < bottom && place.top + place.height > top) touching.push(index);
          }
          const { first, last } = layout.pagesIn(top, bottom);
          expect(touching).deep.equal(Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i));
          const document = layout.documentAt(top);
          if (layout.documentCount > 0) {
            const box = layout.document(document);
            expect(box.top).lte(top);
            expect(document === layout.documentCount - 1 || box.top + box.height > top).equal(true);
          }
        },
      ),
    );
  });

  it('keeps the anchored point in place over any change of zoom and view size', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 800 }), y: fc.integer({ min: 0, max: 600 }) });
    fc.assert(
      fc.property(input, zoom, point, fc.double({ min: 0, max: 1, noNaN: true }), (it, other, at, where) => {
        const before = new RecordLayout(it);
        fc.pre(before.pageCount > 0);
        const after = new RecordLayout({ ...it, zoom: other });
        const scrollTop = where * before.totalHeight;
        const anchor = captureAnchor(before, { scrollTop, scrollLeft: 0, ...at });
        const moved = scrollToAnchor(after, anchor, at);
        fc.pre(moved.scrollTop > 0 && moved.scrollLeft > 0);
        const again = captureAnchor(after, { ...moved, ...at });
        expect(again.documentIndex).equal(anchor.documentIndex);
        expect(again.fractionY * 1e6).closeTo(anchor.fractionY * 1e6, 1e6 * 1e-4);
      }),
    );
  });

  it('stays below the height that browsers can scroll', () => {
    fc.assert(
      fc.property(fc.array(page, { minLength: 1, maxLength: 20 }), (pages) => {
        const documents = Array.from({ length: 60 }, () => ({ pages }));
        const layout = new RecordLayout({
          documents,
          zoom: 8,
          viewWidthPx: 900,
          viewHeightPx: 700,
          headerHeightPx: 36,
        });
        expect(layout.totalHeight).lt(MAX_RECORD_HEIGHT_PX + 60 * 500);
      }),
    );
    const long = [{ pages: Array.from({ length: 10_000 }, () => a4) }];
    const layout = new RecordLayout({
      documents: long,
      zoom: 1,
      viewWidthPx: 900,
      viewHeightPx: 700,
      headerHeightPx: 36,
    });
    expect(layout.page(9_999).scale).closeTo(PX_PER_PT, 1e-9);
  });

  it('fits the usual page and shrinks only those that are too wide', () => {
    const pages = [a4, a4, { widthPt: 842, heightPt: 595 }, { widthPt: 420, heightPt: 595 }];
    const scales = pageScales(pages, 'fit-width', { widthPx: 1190, heightPx: 500 });
    expect([...scales]).deep.equal([2, 2, 1190 / 842, 2]);
    const whole = pageScales(pages, 'fit-page', { widthPx: 1190, heightPx: 421 });
    expect(whole[0]).closeTo(0.5, 1e-9);
    expect(commonPage([])).deep.equal(a4);
  });

  it('takes the page with the largest visible share as the current one', () => {
    const documents = [{ pages: [a4, a4] }, { pages: [] }, { pages: [a4] }];
    const layout = new RecordLayout({ documents, zoom: 0.5, viewWidthPx: 800, viewHeightPx: 600, headerHeightPx: 36 });
    const second = layout.page(1);
    expect(visiblePage(layout, { top: 0, bottom: 600 })).deep.equal({ documentIndex: 0, pageIndex: 0 });
    expect(visiblePage(layout, { top: second.top - 100, bottom: second.top + 500 }).pageIndex).equal(1);
    const empty = layout.document(1);
    expect(visiblePage(layout, { top: empty.top, bottom: empty.top + empty.height })).deep.equal({
      documentIndex: 1,
      pageIndex: undefined,
    });
  });

  it('makes absurd page sizes usable', () => {
    const entry = { pageId: 'p', rotationDeg: 0 as const, kind: 'text' as const, widthsPx: [] };
    for (const bad of [NaN, Infinity, -Infinity, 0, -1, 1e300]) {
      const box = pageBox({ ...entry, widthPt: bad, heightPt: bad });
      expect(box.widthPt).within(1, 14_400);
      expect(box.heightPt).within(1, 14_400);
    }
    const landscape = pageBox({ ...entry, widthPt: 100, heightPt: 200, rotationDeg: 90 }, 180);
    expect(landscape).deep.equal({ widthPt: 200, heightPt: 100 });
  });

  it('steps through zoom factors both ways', () => {
    let factor = 0.1;
    const seen = [factor];
    while (nextZoomStep(factor, 1) > factor) seen.push((factor = nextZoomStep(factor, 1)));
    expect(seen).deep.equal([...ZOOM_STEPS]);
    expect(nextZoomStep(1.07, -1)).equal(1);
    expect(nextZoomStep(0.05, -1)).equal(0.1);
  });
});
