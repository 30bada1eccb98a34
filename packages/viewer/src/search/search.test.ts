import { expect } from 'chai';
import { AnjuanError, type TextHit } from '@anjuan/core';
import { axeFindings } from '../../../../test/browser/axe-findings.js';
import { AnjuanViewer } from '../viewer/anjuan-viewer.js';
import { sampleManifest } from '../viewer/testing/sample-record.js';
import { StubArchive, type PendingTextSearch } from '../viewer/testing/stub-archive.js';
import {
  announced,
  find,
  findAll,
  mount,
  pageShown,
  press,
  text,
  unmountAll,
  until,
} from '../viewer/testing/viewer-page.js';

AnjuanViewer.define();

const manifest = sampleManifest();
const RECT = { x: 72, y: 300, width: 60, height: 12 };
const hit = (documentId: string, pageIndex: number, snippet = '…测得血压偏高，继续…'): TextHit => ({
  documentId,
  pageIndex,
  rects: [RECT],
  snippet,
});
const HITS = [hit('front', 1), hit('admission', 0), hit('admission', 2, '…血 压 正常…'), hit('discharge', 4)];

async function opened(options: { readonly widthPx?: number; readonly lang?: string } = {}) {
  const archive = new StubArchive(manifest);
  const viewer = await mount({ archive, attributes: { 'record-id': 'rec-1' }, ...options });
  await until(() => viewer.pageCount === 12);
  await viewer.updateComplete;
  return { viewer, archive };
}

const field = (viewer: AnjuanViewer): HTMLInputElement => find<HTMLInputElement>(viewer, '[data-widget=search-text]');
const focused = (viewer: AnjuanViewer): Element | null | undefined => viewer.shadowRoot?.activeElement;
const rows = (viewer: AnjuanViewer): HTMLElement[] => findAll(viewer, '.hit');

async function openTab(viewer: AnjuanViewer): Promise<void> {
  find(viewer, '[data-widget=pages]').focus();
  await press(viewer, 'f', { ctrlKey: true });
  await until(() => focused(viewer)?.getAttribute('data-widget') === 'search-text');
}

function type(viewer: AnjuanViewer, query: string): void {
  field(viewer).value = query;
  field(viewer).dispatchEvent(new InputEvent('input', { bubbles: true }));
}

async function request(archive: StubArchive, count: number): Promise<PendingTextSearch> {
  await until(() => archive.textSearches.length === count);
  const last = archive.textSearches[count - 1];
  if (!last) throw new Error('no request');
  return last;
}

/** Searched, answered by the four hits. */
async function searched(options: { readonly widthPx?: number; readonly lang?: string } = {}) {
  const { viewer, archive } = await opened(options);
  await openTab(viewer);
  type(viewer, '血压');
  (await request(archive, 1)).answer({ hits: HITS, total: 4 });
  await until(() => rows(viewer).length === 4);
  return { viewer, archive };
}

afterEach(() => {
  unmountAll();
  localStorage.clear();
});

describe('search in the record', () => {
  it('shows hits by document with page, snippet and emphasis, and tells how many', async () => {
    const { viewer } = await searched();
    expect(findAll(viewer, '.hit-document').map((head) => text(head, '.hit-title'))).to.deep.equal([
      '住院病案首页',
      '入院记录',
      '出院记录',
    ]);
    expect(text(viewer, '.hit-group:nth-of-type(2)')).to.contain('2026-03-02').and.to.contain('第 3 页');
    expect(findAll(viewer, 'mark').map((mark) => mark.textContent)).to.deep.equal(['血压', '血压', '血 压', '血压']);
    expect(text(viewer, '.search-total')).to.equal('找到 4 处');
    expect(announced(viewer)).to.equal('找到 4 处');
    expect(findAll(viewer, '.overview-hit')).to.have.length(4);
    expect(await axeFindings(viewer)).to.deep.equal([]);
  });

  it('tells the host how many were found, and nothing of the query', async () => {
    const { viewer, archive } = await opened();
    const facts: unknown[] = [];
    viewer.addEventListener('anjuan-search-completed', (event) => facts.push({ ...event.detail }));
    const search = viewer.searchText('血压');
    (await request(archive, 1)).answer({ hits: HITS, total: 812 });
    expect(await search).to.equal(812);
    await viewer.updateComplete;
    expect(facts).to.deep.equal([{ recordId: 'rec-1', hitCount: 812 }]);
    expect(text(viewer, '.search-total')).to.equal('找到 812 处，列出前 4 处');
    expect(field(viewer).value).to.equal('血压');
    expect(viewer.outerHTML + JSON.stringify({ ...localStorage })).to.not.contain('血压');
    expect(viewer.shadowRoot?.innerHTML.replace(/>[^<]*</g, '><')).to.not.contain('血压');
  });

  it('waits while the reader types, and aborts what is no longer asked', async () => {
    const { viewer, archive } = await opened();
    await openTab(viewer);
    for (const query of ['x', 'xu', '血', '血压']) type(viewer, query);
    const first = await request(archive, 1);
    expect(first.query).to.equal('血压');
    type(viewer, '血压高');
    const second = await request(archive, 2);
    expect(first.signal?.aborted).to.equal(true);
    first.answer({ hits: HITS, total: 4 });
    second.answer({ hits: HITS.slice(0, 1), total: 1 });
    await until(() => rows(viewer).length === 1);
    type(viewer, '血压低');
    const third = await request(archive, 3);
    viewer.close();
    await viewer.updateComplete;
    expect(third.signal?.aborted).to.equal(true);
  });

  it('does not search the letters of an input method', async () => {
    const { viewer, archive } = await opened();
    await openTab(viewer);
    field(viewer).value = 'xue ya';
    field(viewer).dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    field(viewer).value = '血压';
    field(viewer).dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    expect((await request(archive, 1)).query).to.equal('血压');
  });

  it('walks the hits by arrows, goes to one by Enter, marks it stronger', async () => {
    const { viewer } = await searched();
    await press(viewer, 'ArrowDown');
    expect(focused(viewer)).to.equal(rows(viewer)[0]);
    await press(viewer, 'ArrowDown');
    await press(viewer, 'ArrowDown');
    await press(viewer, 'Enter');
    await until(() => pageShown(viewer) === '5');
    expect(rows(viewer).map((row) => row.getAttribute('aria-selected'))).to.deep.equal([
      'false',
      'false',
      'true',
      'false',
    ]);
    expect(text(viewer, '.search-place')).to.equal('3 / 4');
    await until(() => findAll(viewer, '.page-mark[data-current]').length === 1);
    const mark = find(viewer, '.page-mark[data-current]').getBoundingClientRect();
    const view = find(viewer, '[data-widget=pages]').getBoundingClientRect();
    expect(mark.top).to.be.above(view.top);
    expect(mark.bottom).to.be.below(view.bottom);
    await press(viewer, 'Home');
    await press(viewer, 'ArrowUp');
    expect(focused(viewer)).to.equal(field(viewer));
    expect(await axeFindings(viewer)).to.deep.equal([]);
  });

  it('finds a hit on a page that the reader has turned', async () => {
    const { viewer } = await searched();
    viewer.goToPage(5);
    await until(() => pageShown(viewer) === '5');
    viewer.rotate(90);
    viewer.goToPage(1);
    rows(viewer)[2]?.click();
    await until(() => findAll(viewer, '.page-mark[data-current]').length === 1 && pageShown(viewer) === '5');
    const mark = find(viewer, '.page-mark[data-current]').getBoundingClientRect();
    const view = find(viewer, '[data-widget=pages]').getBoundingClientRect();
    expect(mark.height).to.be.above(mark.width);
    expect(mark.top).to.be.within(view.top, view.bottom - 20);
  });

  it('steps from hit to hit by key, from the page being read on, and round', async () => {
    const { viewer } = await searched();
    viewer.goToPage(4);
    await until(() => pageShown(viewer) === '4');
    await press(viewer, 'F3');
    await until(() => pageShown(viewer) === '5');
    find(viewer, '[data-widget=pages]').focus();
    await press(viewer, 'n');
    await until(() => pageShown(viewer) === '12');
    await press(viewer, 'n');
    await until(() => pageShown(viewer) === '2');
    await press(viewer, 'p');
    await until(() => pageShown(viewer) === '12');
    await press(viewer, 'G', { ctrlKey: true, shiftKey: true });
    await until(() => pageShown(viewer) === '5');
  });

  it('writes letters into its field, and leaves Ctrl+F to the browser while no record is open', async () => {
    const { viewer } = await opened();
    await openTab(viewer);
    expect((await press(viewer, 'n')).defaultPrevented).to.equal(false);
    expect((await press(viewer, 'f', { ctrlKey: true })).defaultPrevented).to.equal(true);
    viewer.close();
    await viewer.updateComplete;
    find(viewer, '[data-widget=help]').focus();
    expect((await press(viewer, 'f', { ctrlKey: true })).defaultPrevented).to.equal(false);
  });

  it('clears field, hits and marks by Escape', async () => {
    const { viewer } = await searched();
    rows(viewer)[0]?.click();
    await until(() => findAll(viewer, '.page-mark').length > 0);
    rows(viewer)[0]?.focus();
    await press(viewer, 'Escape');
    expect(field(viewer).value).to.equal('');
    expect(focused(viewer)).to.equal(field(viewer));
    expect(findAll(viewer, '.hit, .overview-hit')).to.have.length(0);
    await until(() => findAll(viewer, '.page-mark').length === 0);
  });

  it('never lists documents that are locked or not in the record', async () => {
    const { viewer, archive } = await opened();
    await openTab(viewer);
    type(viewer, '血压');
    (await request(archive, 1)).answer({ hits: [hit('locked', 0), hit('gone', 0), hit('front', 0)], total: 3 });
    await until(() => rows(viewer).length === 1);
    expect(text(viewer, '.search-total')).to.equal('找到 1 处');
  });

  it('shows hostile snippets as text', async () => {
    const { viewer, archive } = await opened();
    await openTab(viewer);
    type(viewer, 'onerror');
    (await request(archive, 1)).answer({ hits: [hit('front', 0, '<img src=x onerror=alert(1)>\u202e')], total: 1 });
    await until(() => rows(viewer).length === 1);
    expect(viewer.shadowRoot?.querySelector('img')).to.equal(null);
    expect(text(viewer, '.hit-snippet')).to.contain('<img src=x');
    expect(viewer.scrollWidth).to.be.at.most(viewer.clientWidth);
  });
});

describe('search states', () => {
  it('says what was searched when nothing was found', async () => {
    const { viewer, archive } = await opened();
    await openTab(viewer);
    expect(text(viewer, '.rail-empty')).to.contain('检索全部文书的文字');
    type(viewer, '血压');
    await viewer.updateComplete;
    expect(text(viewer, '[data-widget=search-busy]')).to.equal('正在检索');
    (await request(archive, 1)).answer({ hits: [], total: 0 });
    await until(() => findAll(viewer, '[data-widget=search-none]').length === 1);
    expect(text(viewer, '[data-widget=search-none]'))
      .to.contain('已检索 5 份文书 12 页')
      .and.to.contain('1 份受限文书不在检索范围内');
    expect(announced(viewer)).to.equal('找到 0 处');
    expect(await axeFindings(viewer)).to.deep.equal([]);
  });

  it('explains a failure, reports it, and tries again', async () => {
    const { viewer, archive } = await opened();
    const codes: string[] = [];
    viewer.addEventListener('anjuan-error', (event) => codes.push(event.detail.code));
    await openTab(viewer);
    type(viewer, '血压');
    (await request(archive, 1)).fail(new AnjuanError('network-timeout', { requestId: 'req-7' }));
    await until(() => findAll(viewer, '.search-panel .state-panel').length === 1);
    expect(text(viewer, '.search-panel')).to.contain('network-timeout · req-7');
    expect(codes).to.deep.equal(['network-timeout']);
    expect(await axeFindings(viewer)).to.deep.equal([]);
    find(viewer, '.search-panel .state-panel button').click();
    (await request(archive, 2)).answer({ hits: HITS, total: 4 });
    await until(() => rows(viewer).length === 4);
  });

  it('opens files only when the reader wants it, on an archive that cannot search', async () => {
    const { viewer, archive } = await opened();
    await openTab(viewer);
    type(viewer, '血压');
    (await request(archive, 1)).fail(new AnjuanError('capability-missing'));
    await until(() => text(viewer, '.search-panel').includes('这个病案库不能检索文字'));
    expect(text(viewer, '.search-panel')).to.contain('5 份文书');
    expect(await axeFindings(viewer)).to.deep.equal([]);
    type(viewer, '血压高');
    await viewer.updateComplete;
    expect(archive.textSearches).to.have.length(1);
    find(viewer, '[data-widget=search-files]').click();
    expect(focused(viewer)).to.equal(field(viewer));
    // The files of this archive cannot be opened: that is counted, not fatal.
    await until(() => findAll(viewer, '[data-widget=search-none]').length === 1);
    expect(text(viewer, '[data-widget=search-none]'))
      .to.contain('已检索 5 / 5 份文书')
      .and.to.contain('5 份没有文字或无法打开');
  });

  it('closes the drawer on a hit and keeps the search for the next look', async () => {
    const { viewer, archive } = await opened({ widthPx: 360 });
    await openTab(viewer);
    type(viewer, '血压');
    (await request(archive, 1)).answer({ hits: HITS, total: 4 });
    await until(() => rows(viewer).length === 4);
    expect(viewer.scrollWidth).to.equal(viewer.clientWidth);
    expect(await axeFindings(viewer)).to.deep.equal([]);
    rows(viewer)[3]?.click();
    await until(() => pageShown(viewer) === '12');
    expect(findAll(viewer, '[data-widget=rail]')).to.have.length(0);
    expect(focused(viewer)?.getAttribute('data-widget')).to.equal('pages');
    await press(viewer, 'f', { ctrlKey: true });
    await until(() => rows(viewer).length === 4);
    expect(field(viewer).value).to.equal('血压');
  });

  it('speaks English', async () => {
    const { viewer } = await searched({ lang: 'en' });
    expect(text(viewer, '[data-tab=search]')).to.equal('Search');
    expect(text(viewer, '.search-total')).to.equal('4 hits');
    expect(text(viewer, '.hit-page')).to.equal('p 2');
    expect(announced(viewer)).to.equal('4 hits');
  });

  it('walks the tabs both ways by arrow keys', async () => {
    const { viewer } = await opened();
    find(viewer, '[data-tab=contents]').focus();
    await press(viewer, 'ArrowLeft');
    expect(focused(viewer)?.getAttribute('data-tab')).to.equal('search');
    await press(viewer, 'ArrowRight');
    expect(focused(viewer)?.getAttribute('data-tab')).to.equal('contents');
  });
});
