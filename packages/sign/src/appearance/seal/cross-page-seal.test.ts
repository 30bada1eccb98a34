import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import fc from 'fast-check';
import { planCrossPageSeal, sealFromSvgPath, type CrossPageSlice, type SealedPage } from '../index.js';

const seal = sealFromSvgPath({ d: 'M0 0h40v42h-40z', viewBox: [0, 0, 40, 42], widthMm: 40 });
const pagesOf = (count: number): SealedPage[] =>
  Array.from({ length: count }, () => ({ widthMm: 210, heightMm: 297, rotationDeg: 0 }));

/** Where a slice stands on the page as it is shown. */
function onShownPage(page: SealedPage, { placement: box }: CrossPageSlice) {
  const [right, top] = [page.widthMm - box.xMm - box.widthMm, page.heightMm - box.yMm - box.heightMm];
  const sides = { left: box.xMm, bottom: box.yMm, right, top };
  if (page.rotationDeg === 90) return { left: box.yMm, bottom: right, right: top, top: box.xMm };
  if (page.rotationDeg === 180) return { left: right, bottom: top, right: box.xMm, top: box.yMm };
  if (page.rotationDeg === 270) return { left: top, bottom: box.xMm, right: box.yMm, top: right };
  return sides;
}

const page = fc.record({
  widthMm: fc.integer({ min: 100, max: 420 }),
  heightMm: fc.integer({ min: 100, max: 420 }),
  rotationDeg: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
});

describe('a seal over the edges of pages', () => {
  it('tiles exactly: the slices of each group make one whole seal, flush with the edge', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(page, { minLength: 2, maxLength: 90 }),
        fc.constantFrom('left' as const, 'right' as const, 'top' as const, 'bottom' as const),
        fc.constantFrom(2, 3.3, 8, 30),
        async (pages, edge, perPageMinMm) => {
          const slices = await planCrossPageSeal({ pages, seal, edge, perPageMinMm });
          assert.deepEqual(
            slices.map((slice) => slice.placement.pageNumber),
            pages.map((_, index) => index + 1),
          );
          const along = edge === 'left' || edge === 'right' ? seal.widthMm : seal.heightMm;
          const groups = new Map<number, CrossPageSlice[]>();
          for (const slice of slices) groups.set(slice.group, [...(groups.get(slice.group) ?? []), slice]);
          for (const group of groups.values()) {
            assert.ok(group.length >= 2);
            const inOrder = [...group].sort((a, b) => a.fromMm - b.fromMm);
            assert.equal(inOrder[0]?.fromMm, 0);
            assert.equal(inOrder[inOrder.length - 1]?.toMm, along);
            inOrder.forEach((slice, index) => {
              if (index > 0) assert.equal(slice.fromMm, inOrder[index - 1]?.toMm);
              if (perPageMinMm <= along / 3) assert.ok(slice.toMm - slice.fromMm >= perPageMinMm - 1e-9);
            });
          }
          for (const slice of slices) {
            const own = pages[slice.placement.pageNumber - 1] as SealedPage;
            const sides = onShownPage(own, slice);
            assert.ok(Math.abs(sides[edge]) < 1e-9, `gap of ${sides[edge]} mm`);
            assert.ok(Math.min(...Object.values(sides)) > -1e-9, 'stays on its page');
            const { widthPt, heightPt } = slice.appearance;
            assert.ok(Math.abs(widthPt / heightPt - slice.placement.widthMm / slice.placement.heightMm) < 0.01);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('gives the first sheet the part that lies outermost in the fan', async () => {
    const first = async (edge: 'left' | 'right' | 'top' | 'bottom') =>
      (await planCrossPageSeal({ pages: pagesOf(4), seal, edge }))[0]?.fromMm;
    assert.deepEqual(await Promise.all((['right', 'bottom', 'left', 'top'] as const).map(first)), [0, 0, 30, 31.5]);
  });

  it('spreads long documents over several seals of nearly equal pages', async () => {
    const slices = await planCrossPageSeal({ pages: pagesOf(45), seal, perPageMinMm: 2 });
    const sizes = [0, 1, 2, 3].map((group) => slices.filter((slice) => slice.group === group).length);
    assert.deepEqual(sizes, [15, 15, 15, 0]);
  });

  it('skips the backs of sheets printed on both sides, and has nothing to do on a single page', async () => {
    const odd = await planCrossPageSeal({ pages: pagesOf(6), seal, sides: 'odd' });
    assert.deepEqual(odd.map((slice) => slice.placement.pageNumber), [1, 3, 5]); // prettier-ignore
    assert.deepEqual(await planCrossPageSeal({ pages: pagesOf(2), seal, sides: 'even' }), []);
    assert.deepEqual(await planCrossPageSeal({ pages: pagesOf(1), seal }), []);
    assert.deepEqual(await planCrossPageSeal({ pages: [], seal }), []);
  });

  it('shares the drawing of the seal between pages and refuses pages that are too small', async () => {
    const [one, two] = await planCrossPageSeal({ pages: pagesOf(3), seal });
    assert.ok(one && one.appearance.parts.every((part, index) => part === two?.appearance.parts[index]));
    const small: SealedPage = { widthMm: 50, heightMm: 30, rotationDeg: 0 };
    await assert.rejects(
      planCrossPageSeal({ pages: [small, small], seal }),
      (error) => AnjuanError.is(error) && error.details['reason'] === 'seal-larger-than-page',
    );
  });
});
