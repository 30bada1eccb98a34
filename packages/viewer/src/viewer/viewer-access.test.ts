// The viewer without a mouse and without a screen: the way of the Tab key, Esc, and what assistive technology is told.
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { AnjuanViewer } from './anjuan-viewer.js';
import { sampleManifest } from './testing/sample-record.js';
import { StubArchive } from './testing/stub-archive.js';
import { find, findAll, mount, unmountAll, until } from './testing/viewer-page.js';

AnjuanViewer.define();
const fences: HTMLElement[] = [];
afterEach(() => {
  unmountAll();
  for (const fence of fences.splice(0)) fence.remove();
  localStorage.clear();
});

async function opened(): Promise<AnjuanViewer> {
  const archive = new StubArchive(sampleManifest());
  const viewer = await mount({ archive, attributes: { 'record-id': 'rec-1' } });
  await until(() => viewer.pageCount === 12 && findAll(viewer, '.page[data-state=sharp]').length > 0);
  return viewer;
}

/** Buttons of the host before and after the viewer. */
function fence(viewer: AnjuanViewer): { readonly before: HTMLElement; readonly after: HTMLElement } {
  const [before, after] = [document.createElement('button'), document.createElement('button')];
  viewer.parentElement?.before(before);
  viewer.parentElement?.after(after);
  fences.push(before, after);
  return { before, after };
}

const focused = (viewer: AnjuanViewer): HTMLElement | null =>
  document.activeElement === viewer ? (viewer.shadowRoot?.activeElement as HTMLElement | null) : null;

function nameOf(element: HTMLElement): string {
  const label = element.getAttribute('aria-label') ?? element.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  return `${element.getAttribute('role') ?? element.localName} ${label.slice(0, 12)}`.trim();
}

describe('anjuan-viewer by the Tab key', () => {
  it('reaches every control once, in reading order, and leaves at the end', async () => {
    const viewer = await opened();
    const { before, after } = fence(viewer);
    before.focus();
    const way: HTMLElement[] = [];
    for (let step = 0; step < 60 && document.activeElement !== after; step += 1) {
      await sendKeys({ press: 'Tab' });
      const here = focused(viewer);
      if (here) way.push(here);
    }
    expect(document.activeElement).to.equal(after);
    expect(new Set(way).size).to.equal(way.length);
    const tops = (selector: string): number => way.indexOf(find(viewer, selector));
    const order = ['[data-widget=page-field]', '[data-widget=filter]', '[role=treeitem][tabindex="0"]', '.skip'];
    const indexes = [...order, '[data-widget=pages]', '.doc-original'].map(tops);
    expect(indexes).to.not.include(-1);
    expect(indexes).to.deep.equal([...indexes].sort((a, b) => a - b));
    const controls = findAll(viewer, 'button, input, [tabindex="0"]').filter(
      (control) => control.tabIndex >= 0 && !control.matches(':disabled') && control.checkVisibility(),
    );
    expect(controls.filter((control) => !way.includes(control)).map(nameOf)).to.deep.equal([]);
    expect(way.filter((control) => nameOf(control).split(' ').length < 2).map(nameOf)).to.deep.equal([]);
  });

  it('goes the same way back', async () => {
    const viewer = await opened();
    const { before, after } = fence(viewer);
    after.focus();
    const way: string[] = [];
    for (let step = 0; step < 60 && document.activeElement !== before; step += 1) {
      await sendKeys({ down: 'Shift' });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ up: 'Shift' });
      const here = focused(viewer);
      if (here) way.push(nameOf(here));
    }
    expect(document.activeElement).to.equal(before);
    expect(way.at(-1)).to.equal(nameOf(findAll(viewer, '.toolbar button, [part=toolbar] button')[0] ?? viewer));
  });

  it('opens help, menu and filter by keys; Esc closes each and gives the focus back', async () => {
    const viewer = await opened();
    const pages = find(viewer, '[data-widget=pages]');
    pages.focus();
    await sendKeys({ press: '?' });
    const dialog = find<HTMLDialogElement>(viewer, '[data-widget=help-dialog]');
    await until(() => dialog.open);
    await sendKeys({ press: 'Escape' });
    await until(() => !dialog.open);
    expect(focused(viewer)).to.equal(pages);
    const zoom = find(viewer, '[data-menu-button=zoom]');
    zoom.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused(viewer)?.getAttribute('role') === 'menuitemradio');
    await sendKeys({ press: 'Escape' });
    await until(() => findAll(viewer, '[role=menu]').length === 0);
    expect(focused(viewer)).to.equal(zoom);
  });
});

describe('anjuan-viewer for screen readers', () => {
  it('is a named region with a list of pages for each document', async () => {
    const viewer = await opened();
    const list = findAll(viewer, '[data-widget=pages] [role=group]').slice(0, 2);
    const told = list.map((group) => ({
      document: group.getAttribute('aria-label'),
      list: group.querySelector('[role=list]') !== null,
      // Only pages near the view are there; each says its place among all.
      pages: [...group.querySelectorAll('[role=listitem]')]
        .slice(0, 1)
        .map((item) => [
          `${item.getAttribute('aria-posinset')}/${item.getAttribute('aria-setsize')}`,
          item.querySelector('[role=img]')?.getAttribute('aria-label'),
        ]),
    }));
    expect(told[0]).to.deep.equal({
      document: '文书：住院病案首页',
      list: true,
      pages: [['1/2', '住院病案首页, 本文书第 1 页，共 2 页, 第 1 页，共 12 页']],
    });
    expect(find(viewer, '[data-widget=pages]').getAttribute('role')).to.equal('region');
    expect(find(viewer, '[data-widget=pages]').getAttribute('aria-label')).to.equal('病案页面');
    viewer.lang = 'en';
    await until(
      () => find(viewer, '[data-widget=pages] [role=group]').getAttribute('aria-label') === 'Document: 住院病案首页',
    );
    expect(find(viewer, '[data-widget=pages]').getAttribute('aria-label')).to.equal('Record pages');
  });
});
