// The page editor by keyboard and pointer.
import { expect } from 'chai';
import { axeFindings } from '../../../../../test/browser/axe-findings.js';
import type { AnjuanCapture } from '../anjuan-capture.js';
import { find, opened, press, shoot, text, unmountAll, until } from '../testing/capture-page.js';

afterEach(unmountAll);

async function editing(options: Parameters<typeof opened>[0] = {}): ReturnType<typeof opened> {
  const page = await opened(options);
  await shoot(page.element);
  await press(page.element, 'e');
  await until(() => page.element.shadowRoot?.querySelector('[data-widget=editor-result]') != null, 'the result');
  return page;
}

const corner = (element: AnjuanCapture, index: number): HTMLElement => find(element, `[data-corner="${index}"]`);

const undo = (element: AnjuanCapture): HTMLButtonElement => find<HTMLButtonElement>(element, '[data-widget=undo]');

describe('the page editor of anjuan-capture', () => {
  it('moves a corner by 1 and by 10 pixels, says where it is, and shows the result', async () => {
    const { element, parts } = await editing();
    const before = parts.pipeline.processed.length;
    corner(element, 0).focus();
    await press(element, 'ArrowRight', { shiftKey: true });
    await press(element, 'ArrowDown');
    await until(() => corner(element, 0).getAttribute('aria-label') === '左上角，横 10，纵 1', 'the place');
    expect(element.shadowRoot?.querySelector('.loupe')).to.not.equal(null);
    await until(() => parts.pipeline.processed.length > before, 'worked on');
    expect(parts.pipeline.processed.at(-1)?.quad).to.have.deep.property('0', { x: 10, y: 1 });
  });

  it('stores nothing when cancelled, and the recipe when agreed', async () => {
    const { element, parts } = await editing();
    await press(element, '4');
    find(element, '[data-widget=editor-cancel]').click();
    await until(() => element.shadowRoot?.querySelector('[data-widget=editor]') == null, 'closed');
    const pages = await parts.store.pages(element.batchId ?? '');
    expect(JSON.stringify(pages[0]?.data)).to.not.include('seal');
    await press(element, 'e');
    await until(() => element.shadowRoot?.querySelector('[data-widget=editor-result]') != null, 'open again');
    await press(element, '4');
    await press(element, ']');
    find(element, '[data-widget=editor-whole]').click();
    find(element, '[data-widget=editor-apply]').click();
    await until(() => undo(element).disabled === false, 'stored');
    await until(() => parts.pipeline.processed.at(-1)?.colour === 'seal', 'worked on');
    expect(parts.pipeline.processed.at(-1)).to.include({ rotationDeg: 90, quad: 'whole' });
    await press(element, 'z', { ctrlKey: true });
    await until(() => parts.pipeline.processed.at(-1)?.colour === 'colour', 'undone');
  });

  it('follows a dragged corner', async () => {
    const { element } = await editing();
    const handle = corner(element, 2);
    handle.setPointerCapture = () => undefined;
    const at = (clientX: number, clientY: number): PointerEventInit => ({ clientX, clientY, pointerId: 1, button: 0 });
    handle.dispatchEvent(new PointerEvent('pointerdown', at(400, 400)));
    handle.dispatchEvent(new PointerEvent('pointermove', at(380, 390)));
    await element.updateComplete;
    expect(handle.getAttribute('aria-label')).to.not.equal('右下角，横 595，纵 842');
  });

  it('is free of findings of axe and fits 360 px in both languages', async () => {
    for (const lang of ['zh-CN', 'en'] as const) {
      const { element } = await editing({ widthPx: 360, lang });
      await until(() => find(element, '.editor-result').getAttribute('aria-busy') === 'false', 'at rest');
      expect(await axeFindings(element)).to.deep.equal([]);
      expect(text(element, '#editor-title')).to.have.length.above(3);
      unmountAll();
    }
  });
});
