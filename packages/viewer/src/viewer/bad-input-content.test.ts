// Content that nobody expects: enormous files, absurd page sizes, hostile texts. The record stays usable.
import type { Transport } from '@anjuan/core';
import { expect } from 'chai';
import { sampleArchive } from '../../../../test/support/sample-archive.js';
import { tinyPdf } from '../testing/tiny-pdf.js';
import { AnjuanViewer } from './anjuan-viewer.js';
import { faultyViewer, panelOf, sharpPages, unsaidInBoth } from './testing/faulty-viewer.js';
import { deepMap, rewriting } from './testing/rewriting.js';
import { find, findAll, pageShown, unmountAll, until } from './testing/viewer-page.js';

AnjuanViewer.define();
afterEach(() => {
  unmountAll();
  localStorage.clear();
});

/** Any engine, whose only document has these bytes. */
function withFile(bytes: Uint8Array): Transport {
  const file = bytes.slice();
  return rewriting(sampleArchive({ pageService: false }), {
    bytes: (url) => (url.pathname.includes('/Binary/') ? file : undefined),
  });
}

/** The sample archive with other pages in one document of `small-broken`. */
function withPages(documentId: string, size: { readonly widthPt: unknown; readonly heightPt: unknown }): Transport {
  return rewriting(sampleArchive(), {
    json: (body) => {
      if (!Array.isArray(body['documents'])) return body;
      const documents = (body['documents'] as Record<string, unknown>[]).map((entry) =>
        entry['documentId'] === documentId
          ? { ...entry, pages: (entry['pages'] as object[]).map((page) => ({ ...page, ...size })) }
          : entry,
      );
      return { ...body, documents };
    },
  });
}

describe('bad input: enormous files', () => {
  it('10,000 pages scroll like ten', async function () {
    this.timeout(60_000);
    const pages = Array.from({ length: 10_000 }, (_, index) => ({
      widthPt: 300,
      heightPt: 400,
      text: `Page ${index + 1}`,
    }));
    const { viewer } = await faultyViewer({ archive: withFile(tinyPdf(pages)), recordId: 'small-single' });
    await until(() => viewer.pageCount === 10_000);
    await until(() => sharpPages(viewer).length > 0);
    for (const pageNumber of [10_000, 5000]) {
      viewer.goToPage(pageNumber);
      await until(() => pageShown(viewer) === String(pageNumber));
      await until(() => sharpPages(viewer).some((page) => page.dataset['page'] === String(pageNumber - 1)));
      expect(findAll(viewer, '.page').length).to.be.below(16);
    }
  });
});

describe('bad input: absurd page sizes', () => {
  for (const source of ['rendition', 'pdf'] as const) {
    it(`pages from a stamp to a poster are laid out and shown, source ${source}`, async () => {
      const documentId = 'small-broken-absurd-sizes';
      const { viewer } = await faultyViewer({ archive: sampleArchive(), recordId: 'small-broken', source });
      await until(() => viewer.status === 'ready' && viewer.pageCount > 4);
      for (const pageNumber of [1, 2, 3, 4]) {
        await viewer.goToDocument(documentId, { pageNumber });
        const here = new RegExp(`异常尺寸.*本文书第 ${pageNumber} 页`);
        await until(() =>
          sharpPages(viewer).some((page) => here.test(find(page, '[role=img]').getAttribute('aria-label') ?? '')),
        );
        const box = find(viewer, '[data-widget=pages]');
        await until(() => findAll(viewer, '.page').every((page) => page.offsetWidth <= box.clientWidth));
      }
      expect(findAll(viewer, '.page-state .state-panel')).to.have.length(0);
    });
  }

  for (const [name, size, code] of [
    ['kilometres', { widthPt: 1e9, heightPt: 1e9 }, 'pdf-too-large'],
    ['kilometres one way', { widthPt: 595, heightPt: 1e7 }, 'pdf-too-large'],
  ] as const) {
    it(`a manifest with ${name}: ${code} in the document's place`, async () => {
      const archive = withPages('small-broken-absurd-sizes', size);
      const attributes = { 'document-id': 'small-broken-absurd-sizes' };
      const { viewer } = await faultyViewer({ archive, recordId: 'small-broken', attributes });
      await panelOf(viewer, code);
      expect(await unsaidInBoth(viewer, code)).to.deep.equal([]);
      await viewer.goToDocument('small-broken-good-discharge');
      await until(() => sharpPages(viewer).length > 0);
    });
  }

  for (const [name, size] of [
    ['negative sizes', { widthPt: -10, heightPt: 842 }],
    ['no numbers', { widthPt: 'wide', heightPt: null }],
  ] as const) {
    it(`a manifest with ${name}: the sizes come from the file`, async () => {
      const archive = withPages('small-broken-good-lab', size);
      const attributes = { 'document-id': 'small-broken-good-lab' };
      const { viewer } = await faultyViewer({ archive, recordId: 'small-broken', attributes });
      await until(() => sharpPages(viewer).some((page) => page.offsetWidth > page.offsetHeight));
    });
  }

  for (const [widthPt, heightPt] of [
    [1e7, 1e7],
    [0.001, 0.001],
    [100_000, 1],
    [0, 0],
  ] as const) {
    it(`a file with a page of ${widthPt} x ${heightPt} pt`, async () => {
      const bytes = tinyPdf([
        { widthPt, heightPt, text: 'x' },
        { widthPt: 595, heightPt: 842, text: 'A4' },
      ]);
      const { viewer } = await faultyViewer({ archive: withFile(bytes), recordId: 'small-single' });
      await until(() => viewer.pageCount === 2);
      viewer.goToPage(2);
      await until(() => sharpPages(viewer).some((page) => page.dataset['page'] === '1'));
      expect(find(viewer, '[data-widget=pages]').scrollHeight).to.be.below(40_000_000);
    });
  }
});

const hostile = {
  markup: `<img src=x onerror="document.title='x'"><script>document.title='x'</script><b>&lt;`,
  'RTL marks': '\u202Egpj.exe\u202C \u2067تقرير طبي\u2069 \u200F\u061C检验',
  'ten kilobytes': '主诉反复胸闷'.repeat(600),
  'ten kilobytes without a break': 'W'.repeat(10_000),
  'control characters': 'A\u0000\u0007\u001B[31m红\u001B[0m\r\n\u2028\uFEFF',
  'templates and queries': `{{constructor.constructor('return 1')()}} \${7*7} %s %00 '; DROP TABLE x; --`,
  'combining marks': `é${'\u0335\u0321'.repeat(60)} 👩‍⚕️ 𠮷`,
} as const;
const TEXTS = ['title', 'author', 'display', 'patientName', 'department', 'text', 'recordNumber', 'inpatientNumber'];

describe('bad input: hostile texts in every field', () => {
  for (const [name, value] of Object.entries(hostile)) {
    for (const [widthPx, lang] of [
      [1100, 'zh-CN'],
      [360, 'en'],
    ] as const) {
      it(`${name}, ${widthPx} px wide, ${lang}`, async () => {
        const pageTitle = document.title;
        const archive = rewriting(sampleArchive(), {
          json: (body) => {
            if (!('documents' in body)) return body;
            return deepMap(body, (object) =>
              Object.fromEntries(
                Object.entries(object).map(([key, member]) => [
                  key,
                  TEXTS.includes(key) && typeof member === 'string' ? value : member,
                ]),
              ),
            );
          },
        });
        const told: string[] = [];
        const { viewer } = await faultyViewer({ archive, lang });
        for (const type of ['anjuan-record-opened', 'anjuan-page-shown', 'anjuan-document-shown'] as const) {
          viewer.addEventListener(type, (event) => told.push(JSON.stringify(event.detail)));
        }
        (viewer.closest('anjuan-provider')?.parentElement as HTMLElement).style.width = `${widthPx}px`;
        viewer.recordId = 'small-hostile';
        await until(() => sharpPages(viewer).length > 0);
        expect(findAll(viewer, 'img, script, b, iframe')).to.have.length(0);
        expect(document.title).to.equal(pageTitle);
        expect(viewer.outerHTML + told.join()).to.not.contain(value.slice(0, 12));
        expect(viewer.scrollWidth).to.be.at.most(viewer.clientWidth);
        for (const head of findAll(viewer, '.doc-head')) {
          expect(head.offsetHeight).to.be.at.most(36);
          expect(head.scrollWidth).to.be.at.most(head.clientWidth + 1);
        }
        for (const row of findAll(viewer, '[role=treeitem]')) expect(row.offsetHeight).to.be.at.most(64);
        for (const own of findAll(viewer, '.title-name, .doc-title, .doc-author, .row-title, .row-author')) {
          expect(getComputedStyle(own).unicodeBidi, own.className).to.be.oneOf(['isolate', 'plaintext']);
        }
        viewer.goToPage(viewer.pageCount);
        await until(() => pageShown(viewer) === String(viewer.pageCount));
      });
    }
  }

  it('dates that are none', async () => {
    const archive = rewriting(sampleArchive(), {
      json: (body) =>
        deepMap(body, (object) =>
          'dateTime' in object || 'admittedOn' in object
            ? { ...object, dateTime: hostile.markup, admittedOn: hostile.markup, dischargedOn: '9999-99-99' }
            : object,
        ),
    });
    const { viewer } = await faultyViewer({ archive, recordId: 'small-single' });
    await until(() => sharpPages(viewer).length > 0);
    expect(findAll(viewer, 'img, script')).to.have.length(0);
    expect(viewer.scrollWidth).to.be.at.most(viewer.clientWidth);
  });
});
