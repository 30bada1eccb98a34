import { expect } from 'chai';
import { axeFindings } from '../../../../../test/browser/axe-findings.js';
import { sampleReports } from '../../testing/sample-report.js';
import { AnjuanSignatureReport } from './anjuan-signature-report.js';

AnjuanSignatureReport.define();

async function shown(set: (element: AnjuanSignatureReport) => void): Promise<AnjuanSignatureReport> {
  const element = document.createElement('anjuan-signature-report');
  set(element);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

const all = (element: Element, selector: string): HTMLElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
const textOf = (element: Element, selector: string): string =>
  all(element, selector)[0]?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

afterEach(() => document.body.replaceChildren());

describe('anjuan-signature-report', () => {
  it('says the verdict first, and is green only when all is known and no test certificate signed', async () => {
    const tones = { passed: 'good', test: 'test', unknown: 'unsure', failed: 'bad' } as const;
    for (const [name, tone] of Object.entries(tones)) {
      const report = sampleReports[name as keyof typeof tones];
      const element = await shown((made) => (made.report = report));
      expect(all(element, '.verdict')[0]?.dataset['tone']).to.equal(tone);
      expect(textOf(element, '.verdict h2')).to.equal(report.summary['zh-CN']);
    }
  });

  it('shows what did not pass with its reason, id and bytes, and folds away what passed', async () => {
    const element = await shown((made) => (made.report = sampleReports.failed));
    const open = textOf(element, '.signature > .lines li');
    expect(open).to.include('不通过').and.include('签署后页面内容被修改。').and.include('document-changes');
    expect(open).to.include('51 204');
    const [changes, passed] = all(element, '.signature details') as HTMLDetailsElement[];
    expect(changes?.open).to.equal(true);
    expect(changes?.textContent).to.include('第 1 页的内容被替换。');
    expect(passed?.open).to.equal(false);
    expect(passed?.querySelectorAll('li')).to.have.length(4);
  });

  it('never shows a claimed time as a proven one', async () => {
    const unknown = await shown((made) => (made.report = sampleReports.unknown));
    expect(textOf(unknown, '.facts')).to.include('声称的签署时间').and.include('未经时间戳证实');
    const proven = await shown((made) => (made.report = sampleReports.passed));
    expect(textOf(proven, '.facts')).to.include('可信时间 2026-03-05 09:12').and.not.include('声称');
  });

  it('asks the host for the place, for what was signed, and for another try', async () => {
    const asked: unknown[] = [];
    const element = await shown((made) => (made.report = sampleReports.failed));
    for (const name of ['locate-signature', 'signed-revision', 'verify'] as const) {
      element.addEventListener(`anjuan-request-${name}`, ({ detail }) => asked.push([name, detail]));
    }
    for (const button of all(element, '.actions button')) button.click();
    element.report = undefined;
    element.failure = 'pdf-encrypted';
    await element.updateComplete;
    all(element, '.state-panel button')[0]?.click();
    expect(asked).to.deep.equal([
      ['locate-signature', { index: 0, pageNumber: 1 }],
      ['signed-revision', { index: 0, signedLengthBytes: 51_204 }],
      ['verify', {}],
    ]);
  });

  it('has a state for checking, for nothing yet, for no signature and for failures, in both languages', async () => {
    const element = await shown(() => undefined);
    const title = (): string => textOf(element, '.state-panel-title');
    expect(title()).to.equal('尚未验证');
    element.checking = true;
    await element.updateComplete;
    expect(title()).to.equal('正在验证签名');
    element.checking = false;
    element.report = sampleReports.none;
    element.lang = 'en';
    await element.updateComplete;
    expect(title()).to.equal('This document has no electronic signature inside');
    element.failure = 'sign-worker-failed';
    await element.updateComplete;
    expect(textOf(element, '.state-panel-code')).to.equal('sign-worker-failed');
  });

  it('saves the report under a name without a person in it', async () => {
    const element = await shown((made) => (made.report = sampleReports.passed));
    const saved: string[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function save(this: HTMLAnchorElement) {
      saved.push(this.download, this.href);
    };
    try {
      all(element, '[part=download]')[0]?.click();
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(saved[0]).to.equal('signature-report-c4c4c4c4c4c4.json');
    const report = (await (await fetch(saved[1] ?? '')).json()) as unknown;
    expect(report).to.deep.equal(sampleReports.passed);
  });

  it('has no accessibility findings, also in a narrow panel and in the dark', async () => {
    for (const report of Object.values(sampleReports)) {
      const element = await shown((made) => {
        made.report = report;
        made.style.width = '360px';
      });
      expect(element.shadowRoot?.querySelector('.verdict, .state-panel')?.scrollWidth ?? 0).to.be.at.most(360);
      expect(await axeFindings(element)).to.deep.equal([]);
    }
  });
});
