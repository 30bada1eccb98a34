// Files and pages that cannot be shown: told in their place, in both languages, with the way on; the rest is readable.
import { extensions, type ErrorCode, type Transport } from '@anjuan/core';
import type { Fault } from '@anjuan/core/testing';
import { expect } from 'chai';
import { sampleArchive } from '../../../../test/support/sample-archive.js';
import { AnjuanViewer } from './anjuan-viewer.js';
import { actionOf, faultyViewer, panelOf, sharpPages, unsaidInBoth } from './testing/faulty-viewer.js';
import { deepMap, rewriting } from './testing/rewriting.js';
import { find, findAll, text, unmountAll, until } from './testing/viewer-page.js';

AnjuanViewer.define();
afterEach(() => {
  unmountAll();
  localStorage.clear();
});

/** Documents of `small-broken` that open. */
const GOOD = 'small-broken-good-discharge';

/** A sharp page of a document with this title is in sight. */
function shows(viewer: AnjuanViewer, title: string): boolean {
  return sharpPages(viewer).some(
    (page) => find(page, '[role=img]').getAttribute('aria-label')?.includes(title) === true,
  );
}

async function restIsReadable(viewer: AnjuanViewer): Promise<void> {
  await viewer.goToDocument(GOOD);
  await until(() => shows(viewer, '出院记录'));
  expect(viewer.status).to.equal('ready');
}

/** Any FHIR engine that never looked into its files. */
function uncheckedEngine(): Transport {
  return rewriting(sampleArchive({ pageService: false }), {
    json: (body) =>
      deepMap(body, (object) =>
        Array.isArray(object['extension'])
          ? { ...object, extension: object['extension'].filter(({ url }) => url !== extensions.ingestError) }
          : object,
      ),
  });
}

const brokenFiles: readonly (readonly [id: string, code: ErrorCode, action: 'original' | 'none'])[] = [
  ['small-broken-truncated', 'pdf-malformed', 'original'],
  ['small-broken-encrypted', 'pdf-encrypted', 'original'],
  ['small-broken-zero-bytes', 'document-empty', 'none'],
  ['small-broken-wrong-mime', 'document-unsupported', 'original'],
];

describe('bad input: files that cannot be shown', () => {
  for (const [where, archive] of [
    ['found by the archive', sampleArchive],
    ['found by the viewer', uncheckedEngine],
  ] as const) {
    for (const [documentId, code, action] of brokenFiles) {
      it(`${documentId.slice(13)}, ${where}: ${code}`, async () => {
        const { viewer } = await faultyViewer({
          archive: archive(),
          recordId: 'small-broken',
          attributes: { 'document-id': documentId },
        });
        const panel = await panelOf(viewer, code);
        expect(await unsaidInBoth(viewer, code)).to.deep.equal([]);
        expect(actionOf(panel)?.textContent?.trim()).to.equal(action === 'none' ? undefined : '原件');
        await restIsReadable(viewer);
      });
    }
  }

  it('a type nobody can show', async () => {
    const archive = rewriting(uncheckedEngine(), {
      json: (body) =>
        deepMap(body, (object) =>
          object['contentType'] === 'application/pdf' && object['title'] === '凝血功能'
            ? { ...object, contentType: 'application/msword' }
            : object,
        ),
    });
    const attributes = { 'document-id': 'small-broken-good-lab' };
    const { viewer } = await faultyViewer({ archive, recordId: 'small-broken', attributes });
    await panelOf(viewer, 'document-unsupported');
    expect(await unsaidInBoth(viewer, 'document-unsupported')).to.deep.equal([]);
    await restIsReadable(viewer);
  });

  it('marks them in the tree by word and icon', async () => {
    const { viewer } = await faultyViewer({ archive: sampleArchive(), recordId: 'small-broken' });
    await until(() => findAll(viewer, '.row-state.danger').length === 4);
    expect(findAll(viewer, '.row-state.danger').map((mark) => mark.textContent?.trim())).to.deep.equal(
      Array.from({ length: 4 }, () => '无法显示'),
    );
    expect(findAll(viewer, '.row-state.danger svg')).to.have.length(4);
  });

  it('an original whose bytes are not the archived ones is not handed out', async () => {
    const archive = rewriting(sampleArchive(), {
      bytes: (url) => (url.pathname.includes('/Binary/') ? new Uint8Array([37, 80, 68, 70]) : undefined),
    });
    const { viewer } = await faultyViewer({ archive, recordId: 'small-single' });
    await until(() => findAll(viewer, '.doc-original').length > 0);
    findAll(viewer, '.doc-original')[0]?.click();
    await until(() => findAll(viewer, '.notice').length > 0 && text(viewer, '.notice').includes('文件校验不一致'));
    viewer.lang = 'en';
    await viewer.updateComplete;
    findAll(viewer, '.doc-original')[0]?.click();
    await until(() => text(viewer, '.notice').includes('does not match its checksum'));
  });
});

const passing: readonly (readonly [name: string, fault: Fault, code: ErrorCode, timeoutMs?: number])[] = [
  ['the archive is down', { kind: 'offline' }, 'network-unreachable'],
  ['no answer', { kind: 'stall' }, 'network-timeout', 60_000],
  ['a proxy page', { kind: 'html' }, 'protocol-not-fhir'],
  ['429 with a long Retry-After', { kind: 'status', status: 429, retryAfter: '300' }, 'network-throttled'],
  ['503 with a long Retry-After', { kind: 'status', status: 503, retryAfter: '300' }, 'network-unavailable'],
  ['a cut connection', { kind: 'cut-body', afterBytes: 0 }, 'network-interrupted'],
  ['a short body', { kind: 'wrong-length', missingBytes: 1 }, 'network-interrupted'],
  ['a fault inside', { kind: 'status', status: 500 }, 'server-fault'],
];

describe('bad input: bytes that do not come', () => {
  for (const [name, fault, code, timeoutMs] of passing) {
    it(`a page picture, ${name}: ${code}, and the retry brings it`, async () => {
      const { viewer, faults } = await faultyViewer({
        archive: sampleArchive(),
        recordId: 'small-broken',
        source: 'rendition',
        prepare: (broken) => broken.always(fault, ({ url }) => /good-lab.*\$page\?/.test(url)),
        attributes: { 'document-id': 'small-broken-good-lab' },
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
      await panelOf(viewer, code);
      expect(await unsaidInBoth(viewer, code)).to.deep.equal([]);
      await restIsReadable(viewer);
      await viewer.goToDocument('small-broken-good-lab');
      faults.always(undefined);
      actionOf(await panelOf(viewer, code))?.click();
      await until(() => shows(viewer, '凝血功能'));
      expect(findAll(viewer, `.state-panel[data-code="${code}"]`)).to.have.length(0);
    });

    it(`a file, ${name}: ${code}, and the retry brings it`, async () => {
      const archive = sampleArchive({ pageService: false });
      let binary = '';
      const watched: Transport = async (request) => {
        const response = await archive(request);
        const { pathname } = new URL(request.url);
        if (!pathname.endsWith('/DocumentReference')) return response;
        const bundle = (await response.clone().json()) as { entry: { resource: Record<string, unknown> }[] };
        const lab = bundle.entry.find(({ resource }) => resource['id'] === 'small-broken-good-lab')?.resource;
        binary = /Binary\/[\w.-]+/.exec(JSON.stringify(lab))?.[0] ?? '';
        return response;
      };
      const { viewer, faults } = await faultyViewer({
        archive: watched,
        recordId: 'small-broken',
        prepare: (broken) => broken.always(fault, ({ url }) => binary !== '' && url.includes(binary)),
        attributes: { 'document-id': 'small-broken-good-lab' },
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
      await panelOf(viewer, code);
      expect(await unsaidInBoth(viewer, code)).to.deep.equal([]);
      await restIsReadable(viewer);
      await viewer.goToDocument('small-broken-good-lab');
      faults.always(undefined);
      actionOf(await panelOf(viewer, code))?.click();
      await until(() => shows(viewer, '凝血功能'));
    });
  }

  it('all failed pages come when the browser is online again', async () => {
    const { viewer, faults } = await faultyViewer({
      archive: sampleArchive(),
      recordId: 'small-mixed',
      source: 'rendition',
      prepare: (broken) => broken.always({ kind: 'offline' }, ({ url }) => url.includes('$page?')),
    });
    await panelOf(viewer, 'network-unreachable');
    faults.always(undefined);
    window.dispatchEvent(new Event('online'));
    await until(() => sharpPages(viewer).length > 0 && findAll(viewer, '.page-state .state-panel').length === 0);
  });
});
