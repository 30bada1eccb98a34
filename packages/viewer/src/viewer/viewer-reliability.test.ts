import type { DocumentEntry } from '@anjuan/core';
import { expect } from 'chai';
import { sampleArchive } from '../../../../test/support/sample-archive.js';
import { countLeaks } from '../testing/leak-counters.js';
import { AnjuanViewer } from './anjuan-viewer.js';
import { faultyViewer, sharpPages } from './testing/faulty-viewer.js';
import { readyDocument, lockedDocument, sampleManifest } from './testing/sample-record.js';
import { StubArchive } from './testing/stub-archive.js';
import { find, findAll, mount, text, unmountAll, until } from './testing/viewer-page.js';

AnjuanViewer.define();
afterEach(() => {
  unmountAll();
  localStorage.clear();
});

describe('anjuan-viewer, the same record again', () => {
  it('asks only whether the version is still the same', async () => {
    const { viewer, seen } = await faultyViewer({ archive: sampleArchive(), recordId: 'small-single' });
    await until(() => sharpPages(viewer).length > 0);
    await until(() => findAll(viewer, '.page-text span').length > 0);
    viewer.close();
    seen.length = 0;
    expect(await viewer.openRecord({ recordId: 'small-single' })).to.equal('ready');
    await until(() => sharpPages(viewer).length > 0 && findAll(viewer, '.page-text span').length > 0);
    expect(seen).to.deep.equal(['GET List/small-single/$record-manifest']);
  });
});

describe('anjuan-viewer, opened and closed a hundred times', () => {
  it('gives back workers, object URLs, pictures and listeners of renditions and files', async function () {
    this.timeout(120_000);
    const archive = sampleArchive();
    const cycle = async (source: 'rendition' | 'pdf'): Promise<void> => {
      const { viewer } = await faultyViewer({ archive, recordId: 'small-single', source });
      await until(() => sharpPages(viewer).length > 0);
      unmountAll();
    };
    await cycle('pdf');
    const leaks = countLeaks({ listenersOf: 'page' });
    try {
      for (let round = 0; round < 50; round += 1) {
        await cycle('rendition');
        await cycle('pdf');
      }
      await until(() => Object.values(leaks.counts).every((count) => count <= 0), JSON.stringify(leaks.counts));
    } finally {
      leaks.restore();
    }
  });
});

describe('anjuan-viewer, another density or text size', () => {
  it('changes the strips above documents at once and keeps the page', async () => {
    const { viewer, provider } = await faultyViewer({ archive: sampleArchive(), recordId: 'small-mixed' });
    await until(() => viewer.status === 'ready' && sharpPages(viewer).length > 0);
    viewer.goToPage(12);
    const heights = (): number[] => findAll(viewer, '.document-header').map((header) => header.offsetHeight);
    const page = (): string => find<HTMLInputElement>(viewer, '[data-widget=page-field]').value;
    await until(() => page() === '12');
    expect(new Set(heights())).to.deep.equal(new Set([36]));
    for (const [change, heightPx] of [
      [{ density: 'touch' }, 48],
      [{ density: 'compact' }, 36],
      [{ textSize: 'large' }, 48],
    ] as const) {
      Object.assign(provider, { density: undefined, textSize: undefined, ...change });
      await until(() => heights().length > 0 && heights().every((height) => height === heightPx));
      expect(page()).to.equal('12');
    }
  });
});

describe('anjuan-viewer, signed documents', () => {
  const documents: readonly DocumentEntry[] = [
    readyDocument({ documentId: 'signed', type: 'C0035', title: '入院记录', signed: true }),
    readyDocument({ documentId: 'draft', type: 'C0037', title: '首次病程记录', signed: false }),
    lockedDocument({ documentId: 'locked', type: 'C0026', signed: true }),
  ];

  it('says so by word and icon in strip and tree, and nothing of others', async () => {
    const archive = new StubArchive(sampleManifest({ documents }));
    const viewer = await mount({ archive, attributes: { 'record-id': 'rec-1' } });
    await until(() => findAll(viewer, '.doc-signed').length > 0 && findAll(viewer, '.row-signed').length > 0);
    expect(findAll(viewer, '.row-signed').map((mark) => mark.textContent?.trim())).to.deep.equal(['已签名']);
    expect(text(viewer, '.doc-signed')).to.equal('已签名');
    expect(findAll(viewer, '.doc-signed svg, .row-signed svg')).to.have.length(2);
    expect(findAll(viewer, '.doc-head').filter((head) => head.querySelector('.doc-signed'))).to.have.length(1);
    viewer.lang = 'en';
    await until(() => text(viewer, '.doc-signed') === 'Signed' && text(viewer, '.row-signed') === 'Signed');
  });

  it('shows what a verifier found, in words and by tone, and asks the host for the report', async () => {
    const archive = new StubArchive(sampleManifest({ documents }));
    const viewer = await mount({ archive, attributes: { 'record-id': 'rec-1' } });
    await until(() => findAll(viewer, '.doc-signed').length > 0);
    const [{ versionId } = { versionId: '' }] = documents;
    const verdict = { documentId: 'signed', versionId, signatureCount: 1, test: false };
    const shown = (): string => `${find(viewer, '.doc-verdict').dataset['verdict']} ${text(viewer, '.doc-verdict')}`;
    viewer.verdicts = [{ ...verdict, indication: 'TOTAL_FAILED' }];
    await until(() => findAll(viewer, '.doc-verdict').length > 0 && shown() === 'bad 签名无效');
    expect(text(viewer, '.row-signed')).to.equal('签名无效');
    viewer.verdicts = [{ ...verdict, indication: 'INDETERMINATE' }];
    await until(() => shown() === 'unsure 签名待核实');
    viewer.verdicts = [{ ...verdict, indication: 'TOTAL_PASSED', test: true }];
    await until(() => shown() === 'test 测试签名有效');
    viewer.verdicts = [{ ...verdict, indication: 'TOTAL_PASSED' }];
    await until(() => shown() === 'good 签名有效');
    const asked: unknown[] = [];
    viewer.addEventListener('anjuan-request-signatures', ({ detail }) => asked.push(detail));
    find(viewer, '.doc-verdict').click();
    expect(asked).to.deep.equal([{ documentId: 'signed', versionId }]);
    viewer.verdicts = [{ ...verdict, versionId: 'another', indication: 'TOTAL_PASSED' }];
    await until(() => findAll(viewer, '.doc-signed').length > 0);
    expect(text(viewer, '.doc-signed')).to.equal('已签名');
  });

  it('keeps the word for screen readers where only the check has room', async () => {
    const archive = new StubArchive(sampleManifest({ documents }));
    const viewer = await mount({ archive, attributes: { 'record-id': 'rec-1' }, widthPx: 360 });
    await until(() => findAll(viewer, '.doc-signed').length > 0);
    expect(find(viewer, '.doc-signed-text').getBoundingClientRect().width).to.be.at.most(1);
    expect(text(viewer, '.doc-signed')).to.equal('已签名');
  });
});
