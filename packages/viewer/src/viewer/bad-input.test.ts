// Every fault between page and archive, as a reader meets it: a readable panel in both languages, a retry where it
// helps, and the record once the fault is gone.
import { createJwtAuth, fixedUser } from '@anjuan/archive';
import type { ErrorCode } from '@anjuan/core';
import type { Fault } from '@anjuan/core/testing';
import { expect } from 'chai';
import { SignJWT } from 'jose';
import { sampleArchive, strangeDoctor } from '../../../../test/support/sample-archive.js';
import { AnjuanViewer } from './anjuan-viewer.js';
import { actionOf, faultyViewer, panelOf, sharpPages, unsaidInBoth } from './testing/faulty-viewer.js';
import { announced, findAll, text, unmountAll, until } from './testing/viewer-page.js';

AnjuanViewer.define();
afterEach(() => {
  unmountAll();
  localStorage.clear();
});

interface RecordFault {
  readonly name: string;
  readonly fault: Fault;
  readonly code: ErrorCode;
  readonly timeoutMs?: number;
  /** The reader cannot mend it by trying again. */
  readonly final?: true;
}

const recordFaults: readonly RecordFault[] = [
  { name: 'the archive is down', fault: { kind: 'offline' }, code: 'network-unreachable' },
  { name: 'the archive never answers', fault: { kind: 'stall' }, code: 'network-timeout', timeoutMs: 30_000 },
  {
    name: 'the answer stops in the middle and stays open',
    fault: { kind: 'stalled-body', afterBytes: 20 },
    code: 'network-timeout',
    timeoutMs: 60_000,
  },
  { name: 'a proxy answers in HTML', fault: { kind: 'html' }, code: 'protocol-not-fhir' },
  { name: 'a proxy says "not found" in HTML', fault: { kind: 'html', status: 404 }, code: 'protocol-not-fhir' },
  { name: 'a gateway says 502 in HTML', fault: { kind: 'html', status: 502 }, code: 'network-unavailable' },
  {
    name: 'the archive asks for a long pause by 429',
    fault: { kind: 'status', status: 429, retryAfter: '120' },
    code: 'network-throttled',
  },
  {
    name: 'the archive is in maintenance: 503 with a date',
    fault: { kind: 'status', status: 503, retryAfter: new Date(Date.now() + 3_600_000).toUTCString() },
    code: 'network-unavailable',
  },
  { name: 'the archive fails inside', fault: { kind: 'status', status: 500 }, code: 'server-fault' },
  {
    name: 'the connection is cut inside the body',
    fault: { kind: 'cut-body', afterBytes: 40 },
    code: 'network-interrupted',
  },
  {
    name: 'the body is shorter than its declared length',
    fault: { kind: 'wrong-length', missingBytes: 7 },
    code: 'network-interrupted',
  },
  {
    name: 'the record is sealed',
    fault: { kind: 'status', status: 403, code: 'record-sealed' },
    code: 'record-sealed',
    final: true,
  },
  { name: 'the request is refused', fault: { kind: 'status', status: 400 }, code: 'protocol-invalid', final: true },
];

describe('bad input: a record that does not come', () => {
  for (const { name, fault, code, timeoutMs, final = false } of recordFaults) {
    it(`${name}: ${code}`, async () => {
      const { viewer, faults } = await faultyViewer({
        archive: sampleArchive(),
        recordId: 'small-single',
        prepare: (broken) => broken.always(fault),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
      const panel = await panelOf(viewer, code);
      expect(panel.getAttribute('role')).to.equal('alert');
      expect(await unsaidInBoth(viewer, code)).to.deep.equal([]);
      expect(announced(viewer)).to.not.equal('');
      expect(viewer.renderRoot.querySelector('[data-widget=pages]')).to.equal(null);
      const retry = actionOf(await panelOf(viewer, code));
      expect(retry === undefined).to.equal(final);
      faults.always(undefined);
      if (final) return;
      retry?.click();
      await until(() => sharpPages(viewer).length > 0);
      expect(findAll(viewer, '.state-panel')).to.have.length(0);
    });
  }

  for (const [name, retryAfter] of [
    ['429 with seconds', { status: 429, retryAfter: '9' }],
    ['503 with seconds', { status: 503, retryAfter: '9' }],
  ] as const) {
    it(`waits out a short ${name} without a word`, async () => {
      const { viewer, faults } = await faultyViewer({
        archive: sampleArchive(),
        prepare: (broken) => broken.always({ kind: 'status', ...retryAfter }),
      });
      const states: string[] = [];
      viewer.addEventListener('anjuan-error', (event) => states.push(event.detail.code));
      viewer.recordId = 'small-single';
      await until(() => faults.requestCount >= 2);
      expect(viewer.status).to.equal('loading');
      faults.always(undefined);
      await until(() => sharpPages(viewer).length > 0);
      expect(states).to.deep.equal([]);
    });
  }

  it('says that the network is slow, and opens when the answer comes', async () => {
    const { viewer } = await faultyViewer({
      archive: sampleArchive(),
      recordId: 'small-single',
      prepare: (broken) => broken.always({ kind: 'latency', ms: 3600 }),
    });
    await until(() => findAll(viewer, '.slow').length > 0);
    expect(text(viewer, '.slow')).to.equal('网络较慢，仍在打开');
    viewer.lang = 'en';
    await until(() => text(viewer, '.slow') === 'The network is slow, still opening');
    await until(() => viewer.status === 'ready');
  });

  it('comes back by itself when the browser is online again', async () => {
    const { viewer, faults } = await faultyViewer({
      archive: sampleArchive(),
      recordId: 'small-single',
      prepare: (broken) => broken.always({ kind: 'offline' }),
    });
    await panelOf(viewer, 'network-unreachable');
    faults.always(undefined);
    window.dispatchEvent(new Event('online'));
    await until(() => sharpPages(viewer).length > 0);
  });

  it('leaves a refusal alone when the browser is online again', async () => {
    const { viewer, seen } = await faultyViewer({
      archive: sampleArchive({ auth: fixedUser(strangeDoctor) }),
      recordId: 'small-single',
    });
    await panelOf(viewer, 'record-forbidden');
    const asked = seen.length;
    window.dispatchEvent(new Event('online'));
    await viewer.updateComplete;
    expect(seen).to.have.length(asked);
  });
});

describe('bad input: records that are not there', () => {
  it('an unknown record: no retry, nothing else asked', async () => {
    const { viewer } = await faultyViewer({ archive: sampleArchive(), recordId: 'no-such-record' });
    const panel = await panelOf(viewer, 'record-not-found');
    expect(await unsaidInBoth(viewer, 'record-not-found')).to.deep.equal([]);
    expect(actionOf(panel)).to.equal(undefined);
    expect(await viewer.openRecord({ recordId: 'small-single' })).to.equal('ready');
  });

  it('a record of somebody else', async () => {
    const archive = sampleArchive({ auth: fixedUser(strangeDoctor) });
    const { viewer } = await faultyViewer({ archive, recordId: 'small-mixed' });
    const panel = await panelOf(viewer, 'record-forbidden');
    expect(await unsaidInBoth(viewer, 'record-forbidden')).to.deep.equal([]);
    expect(actionOf(panel)).to.equal(undefined);
    expect(viewer.status).to.equal('forbidden');
  });

  for (const pageService of [true, false]) {
    it(`a record without documents, ${pageService ? 'with' : 'without'} page service`, async () => {
      const { viewer } = await faultyViewer({ archive: sampleArchive({ pageService }), recordId: 'small-empty' });
      await until(() => viewer.status === 'empty');
      await until(() => text(viewer, '.state-panel').includes('病案内还没有文书'));
      expect(announced(viewer)).to.contain('病案内还没有文书');
      viewer.lang = 'en';
      await until(() => text(viewer, '.state-panel').includes('The record has no documents yet'));
      expect(actionOf(findAll(viewer, '.state-panel')[0] as HTMLElement)?.textContent?.trim()).to.equal('Retry');
    });
  }
});

describe('bad input: tokens', () => {
  const sharedKey = 'bad-input-suite-key-0123456789-abcdef';
  const token = (options: { readonly key?: string; readonly expiresS?: number } = {}): Promise<string> =>
    new SignJWT({ roles: ['REC'], departments: [], purpose: 'RECORDMGT' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('pr-rec-1')
      .setExpirationTime(Math.floor(Date.now() / 1000) + (options.expiresS ?? 600))
      .sign(new TextEncoder().encode(options.key ?? sharedKey));
  const archive = sampleArchive({ auth: createJwtAuth({ keys: { sharedKey } }) });

  for (const [name, code, bad] of [
    ['a token of another house', 'auth-required', { key: `${sharedKey}-of-another-house` }],
    ['an expired token that nobody renews', 'auth-expired', { expiresS: -600 }],
  ] as const) {
    it(`${name}: ${code}, and after signing in the retry works`, async () => {
      let current = await token(bad);
      const { viewer } = await faultyViewer({ archive, recordId: 'small-single', getToken: () => current });
      const panel = await panelOf(viewer, code);
      expect(await unsaidInBoth(viewer, code)).to.deep.equal([]);
      expect(panel.textContent).to.not.contain(current.slice(0, 12));
      current = await token();
      actionOf(await panelOf(viewer, code))?.click();
      await until(() => sharpPages(viewer).length > 0);
    });
  }

  it('nonsense in place of a token', async () => {
    const { viewer } = await faultyViewer({ archive, recordId: 'small-single', getToken: () => 'nonsense' });
    await panelOf(viewer, 'auth-required');
  });

  it('an expired token that the host renews is no news to the reader', async () => {
    const stale = await token({ expiresS: -600 });
    const fresh = await token();
    const codes: string[] = [];
    const { viewer } = await faultyViewer({
      archive,
      getToken: ({ reason }) => (reason === 'expired' ? fresh : stale),
    });
    viewer.addEventListener('anjuan-error', (event) => codes.push(event.detail.code));
    viewer.recordId = 'small-single';
    await until(() => sharpPages(viewer).length > 0);
    expect(codes).to.deep.equal([]);
  });

  it('a token that expires while reading: pages say so, and come after signing in', async () => {
    let current = await token();
    const { viewer, faults } = await faultyViewer({
      archive,
      recordId: 'small-mixed',
      source: 'rendition',
      getToken: () => current,
    });
    await until(() => sharpPages(viewer).length > 0);
    expect(faults.requestCount).to.be.above(1);
    const good = current;
    current = await token({ expiresS: -600 });
    viewer.goToPage(viewer.pageCount);
    await panelOf(viewer, 'auth-expired');
    expect(await unsaidInBoth(viewer, 'auth-expired')).to.deep.equal([]);
    current = good;
    viewer.retry();
    await until(() => findAll(viewer, '.state-panel').length === 0 && sharpPages(viewer).length > 0);
  });
});
