// The tray by keyboard, mouse and finger, and what its marks say.
import { captureError } from '@anjuan/core/outbox';
import { expect } from 'chai';
import type { AnjuanCapture } from '../anjuan-capture.js';
import { find, findAll, opened, press, shoot, text, tiles, unmountAll, until } from '../testing/capture-page.js';

afterEach(unmountAll);

/** Originals in the order of the tray: pages are told apart by their size. */
function order(element: AnjuanCapture): string[] {
  return findAll(element, '[role=option]').map((tile) => tile.dataset['pageId'] ?? '');
}

async function withPages(count: number): ReturnType<typeof opened> {
  const page = await opened();
  await shoot(page.element, count);
  return page;
}

const selected = (element: AnjuanCapture): string => text(element, '[role=option][aria-selected=true] .tile-name');

describe('the tray of anjuan-capture', () => {
  it('selects by arrows, moves by Alt and arrows, and keeps the focus on the page', async () => {
    const { element } = await withPages(3);
    const before = order(element);
    find(element, '[role=option][tabindex="0"]').focus();
    await press(element, 'Home');
    await until(() => selected(element).startsWith('第 1 页'), 'the first page');
    await press(element, 'ArrowRight', { altKey: true });
    await until(() => order(element)[1] === before[0], 'moved on');
    await until(() => element.shadowRoot?.activeElement?.getAttribute('data-page-id') === before[0], 'focus stays');
    expect(order(element)).to.deep.equal([before[1], before[0], before[2]]);
    await until(() => text(element, '[part=live]').includes('已移到第 2 页'), 'told');
    await press(element, 'z', { ctrlKey: true });
    await until(() => order(element).join() === before.join(), 'undone');
  });

  it('deletes with undo, by key and by the toast', async () => {
    const { element } = await withPages(2);
    const before = order(element);
    find(element, '[role=option][aria-selected=true]').focus();
    await press(element, 'Delete');
    await until(() => element.pageCount === 1, 'deleted');
    await until(() => text(element, '.toast-text') === '已删除第 2 页', 'told');
    find(element, '[data-widget=toast-action]').click();
    await until(() => order(element).join() === before.join(), 'back');
  });

  it('splits, joins, retakes and inserts at the selected page', async () => {
    const { element } = await withPages(3);
    const before = order(element);
    findAll(element, '[role=option]')[1]?.click();
    await element.updateComplete;
    await press(element, 's');
    await until(() => findAll(element, '.document').length === 2, 'split');
    find(element, '[data-widget=join]').click();
    await until(() => findAll(element, '.document').length === 1, 'joined');
    await press(element, 'r');
    expect(text(element, '[data-widget=aim]')).to.include('重拍第 2 页');
    await shoot(element);
    expect([order(element)[0], order(element)[2], element.pageCount]).to.deep.equal([before[0], before[2], 3]);
    expect(order(element)[1]).to.not.equal(before[1]);
    findAll(element, '[role=option]')[0]?.click();
    await element.updateComplete;
    await press(element, 'i');
    await shoot(element);
    expect(order(element)[1]).to.equal(before[0]);
    await press(element, 'Escape');
    expect(element.shadowRoot?.querySelector('[data-widget=aim]')).to.equal(null);
  });

  it('says what is wrong with a page, keeps it when told so, and tries a failed one again', async () => {
    const { element, parts } = await opened();
    parts.pipeline.nextFindings = [{ issue: 'blur', severity: 'reject', measured: 11, limit: 20, unit: 'score' }];
    await shoot(element);
    expect(tiles(element)).to.deep.equal(['第 1 页，模糊']);
    expect(text(element, '[data-widget=findings]')).to.include('实测 11，要求 20');
    await press(element, 'k');
    await until(() => tiles(element)[0] === '第 1 页，已保留', 'kept');
    parts.pipeline.failNext = captureError('pipeline-failed');
    await shoot(element);
    expect(tiles(element)[1]).to.equal('第 2 页，处理失败');
    find(element, '[data-widget=retry-page]').click();
    await until(() => tiles(element)[1] === '第 2 页，合格', 'worked on');
  });

  it('reorders by mouse, and leaves everything as it was on Esc', async () => {
    const { element } = await withPages(3);
    const before = order(element);
    const [first, , third] = findAll(element, '[role=option]');
    if (!first || !third) throw new Error('Three tiles.');
    const point = (tile: HTMLElement, share: number): PointerEventInit => {
      const box = tile.getBoundingClientRect();
      return {
        clientX: box.left + box.width * share,
        clientY: box.top + box.height / 2,
        pointerId: 1,
        pointerType: 'mouse',
        button: 0,
        bubbles: true,
        composed: true,
      };
    };
    const drag = (): void => {
      first.dispatchEvent(new PointerEvent('pointerdown', point(first, 0.5)));
      window.dispatchEvent(new PointerEvent('pointermove', point(third, 0.9)));
    };
    drag();
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    window.dispatchEvent(new PointerEvent('pointerup', point(third, 0.9)));
    expect(order(element)).to.deep.equal(before);
    drag();
    await element.updateComplete;
    expect(findAll(element, '[data-drop-behind]')).to.have.lengthOf(1);
    window.dispatchEvent(new PointerEvent('pointerup', point(third, 0.9)));
    await until(() => order(element).join() === [before[1], before[2], before[0]].join(), 'dropped at the end');
  });

  it('turns and colours the selected page from its original', async () => {
    const { element, parts } = await withPages(1);
    find(element, '[role=option]').focus();
    await press(element, ']');
    await until(() => parts.pipeline.processed.at(-1)?.rotationDeg === 90, 'turned');
    await press(element, '3');
    await until(() => parts.pipeline.processed.at(-1)?.colour === 'bilevel', 'black and white');
    expect(find<HTMLSelectElement>(element, '[data-widget=colour]').value).to.equal('colour');
  });
});
