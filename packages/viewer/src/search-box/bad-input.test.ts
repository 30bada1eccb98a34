// Every fault between page and archive, as somebody meets it who looks for a record.
import { AnjuanError, createArchiveClient, type ErrorCode, type TokenCallback } from '@anjuan/core';
import { errorParts } from '@anjuan/core/element';
import { createFaultyTransport, type Fault, type FaultyTransport } from '@anjuan/core/testing';
import type { Principal } from '@anjuan/archive';
import { expect } from 'chai';
import { clerk, sampleArchive } from '../../../../test/support/sample-archive.js';
import { quickClock } from '../viewer/testing/faulty-viewer.js';
import { AnjuanSearchBox } from './anjuan-search-box.js';

AnjuanSearchBox.define();
const made: HTMLElement[] = [];
afterEach(() => {
  made.splice(0).forEach((element) => element.remove());
});

interface SetUp {
  readonly box: AnjuanSearchBox;
  readonly faults: FaultyTransport;
}

async function setUp(
  options: {
    readonly timeoutMs?: number;
    readonly getToken?: TokenCallback;
    readonly archive?: ReturnType<typeof sampleArchive>;
  } = {},
): Promise<SetUp> {
  const { timeoutMs = 1_800_000, getToken, archive = sampleArchive() } = options;
  const faults = createFaultyTransport(archive);
  const box = document.createElement('anjuan-search-box');
  box.client = createArchiveClient({
    baseUrl: new URL('/fhir', location.href).href,
    transport: faults.transport,
    clock: quickClock(),
    random: () => 0,
    timeoutMs,
    ...(getToken && { getToken }),
  });
  box.lang = 'zh-CN';
  document.body.append(box);
  made.push(box);
  await box.updateComplete;
  return { box, faults };
}

const all = (box: AnjuanSearchBox, selector: string): HTMLElement[] => [
  ...(box.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

function type(box: AnjuanSearchBox, text: string): void {
  const [field] = all(box, '[role=combobox]') as HTMLInputElement[];
  if (!field) throw new Error('no field');
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

async function said(box: AnjuanSearchBox, code: ErrorCode): Promise<string[]> {
  const missing: string[] = [];
  for (const locale of ['en', 'zh-CN'] as const) {
    box.lang = locale;
    const { title, next } = errorParts(code, locale);
    await until(() => all(box, '.state-panel').some((panel) => panel.textContent?.includes(title)));
    const words = all(box, '.state-panel')[0]?.textContent?.replace(/\s+/g, ' ') ?? '';
    missing.push(...[next, code].filter((part) => !words.includes(part)));
  }
  return missing;
}

const faultsOfSearch: readonly (readonly [name: string, fault: Fault, code: ErrorCode, timeoutMs?: number])[] = [
  ['the archive is down', { kind: 'offline' }, 'network-unreachable'],
  ['no answer', { kind: 'stall' }, 'network-timeout', 60_000],
  ['a proxy page', { kind: 'html' }, 'protocol-not-fhir'],
  ['429 with a long Retry-After', { kind: 'status', status: 429, retryAfter: '300' }, 'network-throttled'],
  ['503 with a long Retry-After', { kind: 'status', status: 503, retryAfter: '300' }, 'network-unavailable'],
  ['a cut connection', { kind: 'cut-body', afterBytes: 9 }, 'network-interrupted'],
  ['a short body', { kind: 'wrong-length', missingBytes: 3 }, 'network-interrupted'],
  ['a fault inside', { kind: 'status', status: 500 }, 'server-fault'],
];

describe('bad input: a search that fails', () => {
  for (const [name, fault, code, timeoutMs] of faultsOfSearch) {
    it(`${name}: ${code}, and the retry finds`, async () => {
      const { box, faults } = await setUp(timeoutMs === undefined ? {} : { timeoutMs });
      faults.always(fault);
      type(box, '田慧梅');
      await until(() => all(box, '.state-panel').length > 0);
      expect(await said(box, code)).to.deep.equal([]);
      faults.always(undefined);
      all(box, '.state-panel button')[0]?.click();
      await until(() => all(box, '[role=option]').length === 1);
    });
  }

  it('a token that is not accepted, and after signing in the retry finds', async () => {
    let token = 'nonsense';
    const authenticate = (request: Request): Promise<Principal> =>
      request.headers.get('authorization') === 'Bearer good'
        ? Promise.resolve(clerk)
        : Promise.reject(new AnjuanError('auth-required'));
    const { box } = await setUp({ archive: sampleArchive({ auth: { authenticate } }), getToken: () => token });
    type(box, '田慧梅');
    await until(() => all(box, '.state-panel').length > 0);
    expect(await said(box, 'auth-required')).to.deep.equal([]);
    token = 'good';
    all(box, '.state-panel button')[0]?.click();
    await until(() => all(box, '[role=option]').length === 1);
  });

  it('waits out a short pause that the archive asks for', async () => {
    const { box, faults } = await setUp();
    faults.next({ kind: 'status', status: 429, retryAfter: '5' }, { kind: 'status', status: 503, retryAfter: '5' });
    type(box, '田慧梅');
    await until(() => all(box, '[role=option], .state-panel').length > 0);
    expect(all(box, '.state-panel')).to.have.length(0);
  });

  it('hostile names and departments stay text, inside their row', async () => {
    const pageTitle = document.title;
    const { box } = await setUp();
    type(box, 'ZY26631975');
    await until(() => all(box, '[role=option]').length === 1);
    expect(all(box, 'img, script, b')).to.have.length(0);
    expect(document.title).to.equal(pageTitle);
    expect(box.scrollWidth).to.be.at.most(box.clientWidth);
    expect(all(box, '[role=option]')[0]?.offsetHeight).to.be.below(160);
    expect(box.outerHTML).to.not.contain('onerror');
  });

  it('a hostile query finds nothing and says so as text', async () => {
    const { box } = await setUp();
    for (const query of ['<img src=x onerror=alert(1)>', '\u202E反', '%', "'; DROP TABLE x; --", '长'.repeat(10_000)]) {
      type(box, query);
      await until(() => all(box, '.state-panel, [role=option]').length > 0 && all(box, '.skeleton').length === 0);
      expect(all(box, 'img')).to.have.length(0);
      expect(box.scrollWidth).to.be.at.most(box.clientWidth);
    }
  });
});
