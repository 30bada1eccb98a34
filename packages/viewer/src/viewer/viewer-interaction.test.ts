import { expect } from 'chai';
import { axeFindings } from '../../../../test/browser/axe-findings.js';
import { AnjuanViewer } from './anjuan-viewer.js';
import { sampleManifest } from './testing/sample-record.js';
import { StubArchive } from './testing/stub-archive.js';
import { announced, find, findAll, mount, pageShown, press, text, unmountAll, until } from './testing/viewer-page.js';
import { defaultViewerKeymap } from './viewer-keymap.js';

AnjuanViewer.define();

const manifest = sampleManifest();

async function opened(
  options: { readonly widthPx?: number; readonly archive?: StubArchive } = {},
): Promise<AnjuanViewer> {
  const viewer = await mount({ archive: new StubArchive(manifest), attributes: { 'record-id': 'rec-1' }, ...options });
  await until(() => viewer.pageCount === 12);
  await viewer.updateComplete;
  return viewer;
}

const pages = (viewer: AnjuanViewer): HTMLElement => find(viewer, '[data-widget=pages]');
const focused = (viewer: AnjuanViewer): Element | null | undefined => viewer.shadowRoot?.activeElement;
const titles = (viewer: AnjuanViewer): string[] =>
  findAll(viewer, '[role=treeitem].document').map((row) => find(row, '.row-title').textContent ?? '');

afterEach(() => {
  unmountAll();
  localStorage.clear();
});

describe('anjuan-viewer by keyboard', () => {
  it('moves by page, document and to the ends', async () => {
    const viewer = await opened();
    pages(viewer).focus();
    await press(viewer, 'j');
    await until(() => pageShown(viewer) === '2');
    await press(viewer, ']');
    await until(() => pageShown(viewer) === '3');
    await press(viewer, 'End');
    await until(() => pageShown(viewer) === '12');
    await press(viewer, 'Home');
    await until(() => pageShown(viewer) === '1');
    const top = pages(viewer).scrollTop;
    await press(viewer, 'PageDown');
    await until(() => pages(viewer).scrollTop > top);
  });

  it('zooms, fits and tells the host once for each change', async () => {
    const viewer = await opened();
    const zooms: unknown[] = [];
    viewer.addEventListener('anjuan-zoom-changed', (event) => zooms.push(event.detail.mode));
    pages(viewer).focus();
    await press(viewer, '1');
    await until(() => text(viewer, '.zoom-percent') === '100 %');
    await press(viewer, '+');
    await until(() => text(viewer, '.zoom-percent') === '110 %');
    await press(viewer, 'e');
    await until(() => zooms.at(-1) === 'fit-page');
    expect(zooms).to.deep.equal(['percent', 'percent', 'fit-page']);
    viewer.zoomTo(200);
    await until(() => text(viewer, '.zoom-percent') === '200 %');
  });

  it('goes to a typed page and refuses one that is not there', async () => {
    const viewer = await opened();
    pages(viewer).focus();
    await press(viewer, 'g');
    const field = find<HTMLInputElement>(viewer, '[data-widget=page-field]');
    expect(focused(viewer)).to.equal(field);
    field.value = '7';
    await press(viewer, 'Enter');
    await until(() => pageShown(viewer) === '7');
    field.value = '99';
    await press(viewer, 'Enter');
    await until(() => announced(viewer).includes('1 到 12'));
    expect(field.value).to.equal('7');
  });

  it('does not take keys from text fields', async () => {
    const viewer = await opened();
    find(viewer, '[data-widget=filter]').focus();
    expect((await press(viewer, 'j')).defaultPrevented).to.equal(false);
    expect((await press(viewer, 'End')).defaultPrevented).to.equal(false);
    expect(pageShown(viewer)).to.equal('1');
  });

  it('lets the host bind other keys and lists them in the help', async () => {
    const viewer = await opened();
    viewer.keymap = [...defaultViewerKeymap, { id: 'last-page', keys: ['z'] }];
    await viewer.updateComplete;
    pages(viewer).focus();
    await press(viewer, 'z');
    await until(() => pageShown(viewer) === '12');
    await press(viewer, '?');
    const dialog = find<HTMLDialogElement>(viewer, 'dialog');
    expect(dialog.open).to.equal(true);
    expect(dialog.textContent).to.contain('Z');
    expect(findAll(viewer, '.help-row')).to.have.length(23);
    expect(await axeFindings(viewer)).to.deep.equal([]);
    dialog.close();
  });

  it('turns a page and finds it turned when the record is opened again', async () => {
    const viewer = await opened();
    pages(viewer).focus();
    await press(viewer, 'r');
    await until(() => (localStorage.getItem('anjuan.viewer.rotations') ?? '').includes('90'));
    expect(announced(viewer)).to.contain('90');
    expect(JSON.stringify(localStorage)).to.not.match(/rec-1|front|患者/);
    unmountAll();
    const again = await opened();
    const turned = (): boolean => {
      const box = find(again, '.page').getBoundingClientRect();
      return box.width > box.height;
    };
    await until(turned);
  });

  it('leaves the page field with Esc, and what was typed with it', async () => {
    const viewer = await opened();
    const field = find<HTMLInputElement>(viewer, '[data-widget=page-field]');
    field.focus();
    field.value = '9';
    await press(viewer, 'Escape');
    expect(focused(viewer)).to.equal(pages(viewer));
    expect(pageShown(viewer)).to.equal('1');
  });

  it('falls back to the built-in keys when the keymap is unusable', async () => {
    const viewer = await opened();
    viewer.keymap = 'j' as unknown as typeof viewer.keymap;
    await viewer.updateComplete;
    pages(viewer).focus();
    await press(viewer, 'End');
    await until(() => pageShown(viewer) === '12');
  });

  it('fills the window where full screen is not allowed, until Esc', async () => {
    const viewer = await opened();
    viewer.requestFullscreen = () => Promise.reject(new TypeError('not allowed'));
    pages(viewer).focus();
    await press(viewer, 'f');
    await until(() => viewer.getBoundingClientRect().width === window.innerWidth);
    await press(viewer, 'Escape');
    await until(() => viewer.getBoundingClientRect().width === 1100);
  });

  it('drags with space held and scrolls a screen with space tapped', async () => {
    const viewer = await opened();
    pages(viewer).focus();
    await press(viewer, ' ');
    await until(() => pages(viewer).scrollTop > 100);
    const options = { key: ' ', bubbles: true, composed: true, cancelable: true };
    pages(viewer).dispatchEvent(new KeyboardEvent('keydown', options));
    expect(pages(viewer).hasAttribute('data-panning')).to.equal(true);
    pages(viewer).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true, button: 2 }));
    pages(viewer).dispatchEvent(new KeyboardEvent('keyup', options));
    expect(pages(viewer).hasAttribute('data-panning')).to.equal(false);
  });

  it('skips the pages', async () => {
    const viewer = await opened();
    find(viewer, '.skip').focus();
    find(viewer, '.skip').click();
    expect(focused(viewer)).to.equal(find(viewer, '[data-widget=after-pages]'));
  });
});

describe('anjuan-viewer tree', () => {
  it('walks with arrows and opens a document with enter', async () => {
    const viewer = await opened();
    find(viewer, '[role=treeitem][tabindex="0"]').focus();
    await press(viewer, 'End');
    await until(() => focused(viewer)?.textContent?.includes('出院记录') === true);
    await press(viewer, 'Enter');
    await until(() => pageShown(viewer) === '8');
    expect(findAll(viewer, '[role=treeitem][tabindex="0"]')).to.have.length(1);
    await press(viewer, 'ArrowLeft');
    await until(() => focused(viewer)?.getAttribute('aria-expanded') === 'true');
    await press(viewer, 'ArrowLeft');
    await until(() => focused(viewer)?.getAttribute('aria-expanded') === 'false');
    expect(titles(viewer)).to.not.include('出院记录');
  });

  it('follows the scroll', async () => {
    const viewer = await opened();
    viewer.goToPage(12);
    await until(() => findAll(viewer, '[aria-current=location]')[0]?.textContent?.includes('出院记录') === true);
    expect(findAll(viewer, '[aria-current=location]')).to.have.length(1);
  });

  it('filters, says how many are left, and clears', async () => {
    const viewer = await opened();
    pages(viewer).focus();
    await press(viewer, '/');
    await until(() => focused(viewer)?.matches('[data-widget=filter]') === true);
    const filter = find<HTMLInputElement>(viewer, '[data-widget=filter]');
    filter.value = '病程';
    filter.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await viewer.updateComplete;
    expect(titles(viewer)).to.deep.equal(['首次病程记录', '日常病程记录']);
    expect(text(viewer, '.rail-panel [role=status]')).to.equal('符合 2 份');
    filter.value = '没有这个';
    filter.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await viewer.updateComplete;
    expect(text(viewer, '.rail-empty')).to.contain('没有符合的文书');
    expect(await axeFindings(viewer)).to.deep.equal([]);
    await press(viewer, 'Escape');
    expect(titles(viewer)).to.have.length(7);
  });

  it('shows thumbnails of the pages in sight only, and goes where one is chosen', async () => {
    const viewer = await opened();
    find(viewer, '[data-tab=thumbnails]').click();
    await until(() => findAll(viewer, '.thumb-page[data-state=ready]').length >= 4);
    expect(findAll(viewer, '.thumb').length).to.be.at.most(12);
    expect(await axeFindings(viewer)).to.deep.equal([]);
    find(viewer, '.thumb[tabindex="0"]').focus();
    await press(viewer, 'ArrowRight');
    await until(() => focused(viewer)?.getAttribute('data-index') === '1');
    await press(viewer, 'Enter');
    await until(() => pageShown(viewer) === '2');
  });

  it('changes its width by keyboard and remembers it', async () => {
    const viewer = await opened();
    find(viewer, '[role=separator]').focus();
    await press(viewer, 'ArrowRight');
    await viewer.updateComplete;
    expect(find(viewer, '.rail').getBoundingClientRect().width).to.equal(296);
    const other = await opened();
    expect(find(other, '.rail').getBoundingClientRect().width).to.equal(296);
  });
});

describe('anjuan-viewer in other shapes', () => {
  it('is a panel with a drawer at 360 px: focus goes in, stays in, and comes back', async () => {
    const viewer = await opened({ widthPx: 360 });
    expect(viewer.dataset['layout']).to.equal('panel');
    expect(findAll(viewer, '.title, [data-widget=rail]')).to.have.length(0);
    const toggle = find(viewer, '[data-widget=toggle-rail]');
    expect(toggle.getBoundingClientRect().top).to.be.above(pages(viewer).getBoundingClientRect().bottom - 1);
    toggle.focus();
    toggle.click();
    await until(() => focused(viewer)?.closest('[role=dialog]') !== null && focused(viewer) !== toggle);
    const inside = find(viewer, '[data-widget=rail]');
    await press(viewer, 'Tab', { shiftKey: true });
    expect(inside.contains(focused(viewer) ?? null)).to.equal(true);
    await press(viewer, 'Tab');
    expect(inside.contains(focused(viewer) ?? null)).to.equal(true);
    expect(await axeFindings(viewer)).to.deep.equal([]);
    await press(viewer, 'Escape');
    await until(() => findAll(viewer, '[data-widget=rail]').length === 0);
    expect(focused(viewer)).to.equal(toggle);
    expect(viewer.scrollWidth).to.equal(viewer.clientWidth);
  });

  it('follows its own width, not the window', async () => {
    const viewer = await opened();
    const frame = viewer.parentElement as HTMLElement;
    frame.style.width = '500px';
    await until(() => viewer.dataset['layout'] === 'narrow');
    expect(text(viewer, '.title')).to.contain('〔患者甲〕');
    frame.style.width = '1200px';
    await until(() => viewer.dataset['layout'] === 'wide');
    expect(viewer.pageCount).to.equal(12);
  });

  it('changes its language while a record is open', async () => {
    const viewer = await opened();
    expect(text(viewer, '[data-tab=contents]')).to.equal('目录');
    viewer.lang = 'en';
    await until(() => text(viewer, '[data-tab=contents]') === 'Contents');
    await until(() => findAll(viewer, '.row.group').some((row) => row.textContent?.includes('Course notes') === true));
    await until(() => findAll(viewer, '.doc-head').some((head) => head.textContent?.includes('p 1 / 2') === true));
    expect(text(viewer, '.title')).to.contain('Inpatient record');
  });

  it('announces the opened record and the page the reader rests on', async () => {
    const viewer = await opened();
    await until(() => announced(viewer).includes('7 份文书 12 页'));
    viewer.nextPage();
    await until(() => announced(viewer) === '第 2 页，共 12 页');
    viewer.goToPage(8);
    await until(() => announced(viewer).startsWith('出院记录'));
  });

  it('works the menus by keyboard', async () => {
    const viewer = await opened();
    const button = find(viewer, '[data-menu-button=zoom]');
    button.focus();
    button.click();
    await until(() => focused(viewer)?.getAttribute('role') === 'menuitemradio');
    expect(await axeFindings(viewer)).to.deep.equal([]);
    await press(viewer, 'End');
    expect(focused(viewer)?.textContent).to.contain('400 %');
    await press(viewer, 'Escape');
    expect(focused(viewer)).to.equal(button);
    expect(findAll(viewer, '[role=menu]')).to.have.length(0);
  });
});

describe('anjuan-viewer document header', () => {
  const headers = (viewer: AnjuanViewer): string[] => {
    const top = pages(viewer).getBoundingClientRect().top;
    return findAll(viewer, '.doc-head')
      .filter((head) => Math.abs(head.getBoundingClientRect().top - top) < 1)
      .map((head) => text(head, '.doc-title'));
  };

  it('stays at the top while the pages of its document pass, and counts them', async () => {
    const viewer = await opened();
    viewer.goToPage(11);
    await until(() => headers(viewer).includes('出院记录'));
    await until(() => findAll(viewer, '.doc-page').some((page) => page.textContent === '4 / 5'));
    viewer.goToPage(4);
    await until(() => headers(viewer).includes('入院记录'));
    expect(headers(viewer)).to.deep.equal(['入院记录']);
  });
});

describe('anjuan-viewer original files', () => {
  it('asks the host, and leaves the file to it when it says so', async () => {
    const archive = new StubArchive(manifest);
    const viewer = await opened({ archive });
    const asked: unknown[] = [];
    viewer.addEventListener('anjuan-request-download', (event) => {
      asked.push({ ...event.detail });
      event.preventDefault();
    });
    find(viewer, '.doc-original').click();
    await viewer.updateComplete;
    expect(asked).to.deep.equal([{ recordId: 'rec-1', documentId: 'front', versionId: '1', source: 'reader' }]);
    expect(archive.byteRequests).to.have.length(0);
  });

  it('explains a file that cannot be fetched', async () => {
    const archive = new StubArchive(manifest);
    const viewer = await opened({ archive });
    find(viewer, '.doc-original').click();
    await until(() => findAll(viewer, '.notice').length === 1);
    expect(text(viewer, '.notice')).to.contain('连不上病案库');
    expect(archive.byteRequests).to.deep.equal(['front']);
  });
});
