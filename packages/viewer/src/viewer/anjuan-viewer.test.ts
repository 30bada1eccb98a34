import { expect } from 'chai';
import { AnjuanError } from '@anjuan/core';
import { axeFindings } from '../../../../test/browser/axe-findings.js';
import { AnjuanViewer } from './anjuan-viewer.js';
import { readyDocument, SAMPLE_SUMMARY, sampleManifest } from './testing/sample-record.js';
import { StubArchive } from './testing/stub-archive.js';
import { find, findAll, mount, pageShown, text, unmountAll, until } from './testing/viewer-page.js';

AnjuanViewer.define();

const manifest = sampleManifest();
const rows = (viewer: AnjuanViewer): string[] =>
  findAll(viewer, '[role=treeitem]').map((row) => find(row, '.row-title').textContent ?? '');

async function opened(
  options: { readonly widthPx?: number; readonly attributes?: Record<string, string> } = {},
): Promise<AnjuanViewer> {
  const viewer = await mount({
    archive: new StubArchive(manifest),
    ...options,
    attributes: { 'record-id': 'rec-1', ...options.attributes },
  });
  await until(() => viewer.status === 'ready' && viewer.pageCount > 0);
  await viewer.updateComplete;
  return viewer;
}

afterEach(() => {
  unmountAll();
  localStorage.clear();
});

describe('anjuan-viewer opens a record', () => {
  it('shows title, tree, page count and tells the host', async () => {
    const facts: unknown[] = [];
    const viewer = await mount({ archive: new StubArchive(manifest) });
    viewer.addEventListener('anjuan-record-opened', (event) => facts.push(event.detail));
    expect(await viewer.openRecord({ recordId: 'rec-1' })).to.equal('ready');
    await until(() => facts.length > 0);
    expect(facts).to.deep.equal([{ recordId: 'rec-1', version: '7', documentCount: 7, pageCount: 12 }]);
    await viewer.updateComplete;
    expect(text(viewer, '.title'))
      .to.contain('〔患者甲〕')
      .and.to.contain('2026-03-02 — 03-11')
      .and.to.contain('心内科');
    expect(text(viewer, '.page-total')).to.equal('/ 12');
    expect(rows(viewer)).to.include.members(['病程记录', '首次病程记录', '出院记录']);
    expect(await axeFindings(viewer)).to.deep.equal([]);
  });

  it('reports the first page when it is sharp, with its place in the record', async () => {
    const viewer = await mount({ archive: new StubArchive(manifest) });
    const shown = new Promise<Record<string, unknown>>((resolve) => {
      viewer.addEventListener('anjuan-page-shown', (event) => resolve({ ...event.detail }), { once: true });
    });
    viewer.recordId = 'rec-1';
    const detail = await shown;
    expect(detail).to.include({ recordId: 'rec-1', documentId: 'front', totalPages: 12 });
    expect(detail['renderMs']).to.be.a('number');
    expect(performance.getEntriesByName('anjuan:open:first-page')).to.not.have.length(0);
  });

  it('opens a deep link at the page of the document', async () => {
    const viewer = await opened({ attributes: { 'document-id': 'discharge', 'page-number': '3' } });
    await until(() => pageShown(viewer) === '10');
    viewer.setAttribute('page-number', '1');
    await until(() => pageShown(viewer) === '8');
  });

  it('tells of a document that is not there and stays readable', async () => {
    const viewer = await mount({ archive: new StubArchive(manifest) });
    const error = new Promise<string>((resolve) => {
      viewer.addEventListener('anjuan-error', (event) => resolve(event.detail.code), { once: true });
    });
    await viewer.openRecord({ recordId: 'rec-1', documentId: 'gone' });
    expect(await error).to.equal('document-not-found');
    await viewer.updateComplete;
    expect(text(viewer, '.notice')).to.contain('没有找到这份文书');
    expect(viewer.status).to.equal('ready');
  });

  it('asks first, and requests nothing when the host says no', async () => {
    const archive = new StubArchive();
    const viewer = await mount({ archive });
    viewer.addEventListener('anjuan-request-open', (event) => event.preventDefault());
    expect(await viewer.openRecord({ recordId: 'rec-9' })).to.equal('idle');
    expect(archive.opens).to.have.length(0);
  });

  it('waits for all properties that a framework sets in one go', async () => {
    const archive = new StubArchive();
    const viewer = await mount({ archive });
    const asked: unknown[] = [];
    viewer.addEventListener('anjuan-request-open', (event) => asked.push({ ...event.detail }));
    viewer.recordId = 'a';
    viewer.recordId = 'rec-2';
    viewer.documentId = 'd';
    viewer.pageNumber = 2;
    await until(() => archive.opens.length > 0);
    expect(asked).to.deep.equal([{ recordId: 'rec-2', documentId: 'd', pageNumber: 2, source: 'attribute' }]);
    expect(archive.opens.map((open) => open.recordId)).to.deep.equal(['rec-2']);
  });

  it('aborts the former record when another one is opened, and the last when it leaves the page', async () => {
    const archive = new StubArchive();
    const viewer = await mount({ archive });
    viewer.recordId = 'rec-2';
    await until(() => archive.opens.length === 1);
    viewer.recordId = 'rec-3';
    await until(() => archive.opens.length === 2);
    expect(archive.opens[0]?.signal?.aborted).to.equal(true);
    viewer.remove();
    expect(archive.opens[1]?.signal?.aborted).to.equal(true);
  });

  it('comes back to its page after being moved in the document', async () => {
    const viewer = await opened();
    viewer.goToPage(9);
    await until(() => pageShown(viewer) === '9');
    const place = viewer.parentElement;
    viewer.remove();
    place?.append(viewer);
    await until(() => viewer.pageCount === 12);
    await until(() => pageShown(viewer) === '9');
  });

  it('leaves nothing behind after many records', async () => {
    const viewer = await mount({ archive: new StubArchive(manifest, sampleManifest({ recordId: 'rec-2' })) });
    const idle = findAll(viewer, '*').length;
    for (let round = 0; round < 25; round += 1) {
      expect(await viewer.openRecord({ recordId: round % 2 === 0 ? 'rec-1' : 'rec-2' })).to.equal('ready');
    }
    await until(() => findAll(viewer, '.page[data-state=sharp]').length > 0);
    viewer.close();
    await viewer.updateComplete;
    expect(viewer.status).to.equal('idle');
    expect(viewer.pageCount).to.equal(0);
    expect(findAll(viewer, 'canvas, .document')).to.have.length(0);
    expect(findAll(viewer, '*').length).to.equal(idle);
  });

  it('ignores hostile attributes and keeps the idle state', async () => {
    const archive = new StubArchive();
    const viewer = await mount({
      archive,
      attributes: { 'record-id': '"><script>', 'page-number': 'NaN', source: '{{x}}' },
    });
    await viewer.updateComplete;
    expect(viewer.status).to.equal('idle');
    expect(archive.opens).to.have.length(0);
    expect(text(viewer, '.state-panel')).to.contain('尚未打开病案');
  });

  it('shows hostile titles as text and keeps names out of attributes and events', async () => {
    const markup = '<img src=x onerror="globalThis.hit=1">';
    const hostile = sampleManifest({
      recordId: 'h',
      summary: { ...SAMPLE_SUMMARY, patientName: markup, department: '\u202E科' },
      documents: [
        readyDocument({ documentId: 'h1', type: 'C0037', title: markup, author: markup }),
        readyDocument({ documentId: 'h2', type: 'C0038', title: '长'.repeat(10_000) }),
      ],
    });
    const viewer = await mount({ archive: new StubArchive(hostile), attributes: { 'record-id': 'h' } });
    await until(() => viewer.pageCount === 2);
    await viewer.updateComplete;
    expect(viewer.shadowRoot?.querySelector('img')).to.equal(null);
    expect(text(viewer, '.title-name')).to.equal(markup);
    expect(viewer.outerHTML).to.not.contain('img');
    expect(viewer.scrollWidth).to.be.at.most(viewer.clientWidth);
  });
});

describe('anjuan-viewer states', () => {
  const failures = [
    ['record-forbidden', 'forbidden', '无权查看', false],
    ['record-sealed', 'forbidden', '已封存', false],
    ['record-not-found', 'error', '没有找到', false],
    ['auth-expired', 'error', '登录已过期', true],
    ['network-unreachable', 'error', '连不上', true],
    ['protocol-not-fhir', 'error', '不是病案数据', true],
    ['network-unavailable', 'error', '维护', true],
  ] as const;

  for (const [code, status, words, retryable] of failures) {
    it(`explains ${code}`, async () => {
      const archive = new StubArchive();
      const viewer = await mount({ archive, attributes: { 'record-id': 'rec-1' } });
      const told = new Promise<unknown>((resolve) => {
        viewer.addEventListener('anjuan-error', (event) => resolve({ ...event.detail }), { once: true });
      });
      await until(() => archive.opens.length === 1);
      archive.opens[0]?.fail(new AnjuanError(code, { requestId: 'req-1' }));
      expect(await told).to.deep.equal({ code, requestId: 'req-1', retryable });
      await viewer.updateComplete;
      expect(viewer.dataset['state']).to.equal(status);
      const panel = text(viewer, '.state-panel');
      expect(panel).to.contain(words).and.to.contain(code).and.to.contain('req-1');
      expect(findAll(viewer, '.state-panel button')).to.have.length(retryable ? 1 : 0);
      expect(await axeFindings(viewer)).to.deep.equal([]);
    });
  }

  it('opens after retry', async () => {
    const archive = new StubArchive();
    const viewer = await mount({ archive, attributes: { 'record-id': 'rec-1' } });
    await until(() => archive.opens.length === 1);
    archive.opens[0]?.fail(new AnjuanError('network-timeout'));
    await until(() => viewer.status === 'error');
    await viewer.updateComplete;
    find(viewer, '.state-panel button').click();
    await until(() => archive.opens.length === 2);
    archive.opens[1]?.answer(manifest);
    await until(() => viewer.pageCount === 12);
  });

  it('shows a skeleton while waiting, and an empty record with its reason', async () => {
    const archive = new StubArchive();
    const viewer = await mount({ archive, attributes: { 'record-id': 'rec-1' } });
    await until(() => archive.opens.length === 1);
    await viewer.updateComplete;
    expect(findAll(viewer, '.skeleton-page')).to.have.length(2);
    expect(find(viewer, '.main').getAttribute('aria-busy')).to.equal('true');
    expect(await axeFindings(viewer)).to.deep.equal([]);
    archive.opens[0]?.answer(sampleManifest({ documents: [] }));
    await until(() => viewer.status === 'empty');
    await viewer.updateComplete;
    expect(text(viewer, '.state-panel')).to.contain('病案内还没有文书');
    expect(await axeFindings(viewer)).to.deep.equal([]);
  });

  it('says that there is no archive, and opens when one comes', async () => {
    const viewer = await mount({ attributes: { 'record-id': 'rec-1' } });
    await viewer.updateComplete;
    expect(text(viewer, '.state-panel')).to.contain('没有可用的病案库连接');
    viewer.client = new StubArchive(manifest);
    await until(() => viewer.pageCount === 12);
  });

  it('explains a broken and a locked document in their places', async () => {
    const viewer = await opened();
    await viewer.goToDocument('lab');
    await until(() => findAll(viewer, '.state-panel').some((panel) => panel.textContent?.includes('PDF 文件损坏')));
    await viewer.goToDocument('locked');
    await until(() => findAll(viewer, '.state-panel').some((panel) => panel.textContent?.includes('这份文书受限')));
    expect(await axeFindings(viewer)).to.deep.equal([]);
  });
});
