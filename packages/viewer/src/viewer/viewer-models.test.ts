import { expect } from 'chai';
import { AnjuanError } from '@anjuan/core';
import { messageKeys } from '@anjuan/core/element';
import { viewerEn } from '../locales/viewer.en.js';
import { viewerZhCn } from '../locales/viewer.zh-cn.js';
import { parsePageField } from '../toolbar/page-field.js';
import { commandActions } from './commands.js';
import { overviewOf, overviewPlace } from './overview-model.js';
import { recordTitle } from './record-title.js';
import { RotationMemory } from './rotation-memory.js';
import { layoutForWidth } from './size-controller.js';
import { SAMPLE_SUMMARY, sampleDocuments, sampleManifest } from './testing/sample-record.js';
import { parseOpenTarget, parseSource, type InputName } from './viewer-attributes.js';
import { commandGroups, defaultViewerKeymap } from './viewer-keymap.js';
import { failedState, openedState } from './viewer-state.js';
import { parseZoom } from './zoom.js';

describe('input of the host', () => {
  function parse(input: Parameters<typeof parseOpenTarget>[0]): { target: unknown; warned: InputName[] } {
    const warned: InputName[] = [];
    return { target: parseOpenTarget(input, (name) => warned.push(name)), warned };
  }

  it('reads a deep link', () => {
    const { target, warned } = parse({ recordId: 'r-1', documentId: 'd.2', pageNumber: 3 });
    expect(target).to.deep.equal({ recordId: 'r-1', documentId: 'd.2', pageNumber: 3 });
    expect(warned).to.deep.equal([]);
  });

  it('ignores hostile values and says which', () => {
    const { target, warned } = parse({ recordId: 'r', documentId: '"><img src=x>', pageNumber: Number.NaN });
    expect(target).to.deep.equal({ recordId: 'r' });
    expect(warned).to.deep.equal(['document-id', 'page-number']);
    for (const recordId of ['../../etc', 'a b', 'x'.repeat(65), '人', 7]) {
      expect(parse({ recordId }).target, String(recordId)).to.equal(undefined);
    }
    for (const pageNumber of [0, -1, 1.5, 1e300, Number.POSITIVE_INFINITY]) {
      expect(parse({ recordId: 'r', pageNumber }).target, String(pageNumber)).to.deep.equal({ recordId: 'r' });
    }
  });

  it('takes an absent record as nothing to open, without a warning', () => {
    expect(parse({ recordId: undefined, documentId: null, pageNumber: '' })).to.deep.equal({
      target: undefined,
      warned: [],
    });
  });

  it('falls back to auto for an unknown source', () => {
    const warned: InputName[] = [];
    expect(parseSource('PDF', (name) => warned.push(name))).to.equal('auto');
    expect(warned).to.deep.equal(['source']);
  });

  it('takes zoom as fit or percent within the range', () => {
    expect(parseZoom('fit-page')).to.equal('fit-page');
    expect(parseZoom(150)).to.equal(1.5);
    expect(parseZoom(100_000)).to.equal(8);
    expect(parseZoom(0.001)).to.equal(0.1);
    for (const nonsense of ['wide', 0, -5, Number.NaN, null, {}]) expect(parseZoom(nonsense)).to.equal(undefined);
  });

  it('reads full-width digits in the page field and nothing else', () => {
    expect(parsePageField(' １２ ')).to.equal(12);
    for (const nonsense of ['', '1e3', '-2', '3.5', 'x', '99999999'])
      expect(parsePageField(nonsense)).to.equal(undefined);
  });
});

describe('states of the viewer', () => {
  const target = { recordId: 'rec-1' };

  it('tells an empty record from one to read', () => {
    expect(openedState(target, sampleManifest()).status).to.equal('ready');
    expect(openedState(target, sampleManifest({ documents: [] })).status).to.equal('empty');
  });

  it('tells refusal from failure and keeps cancelling silent', () => {
    expect(failedState(target, new AnjuanError('record-forbidden'))?.status).to.equal('forbidden');
    expect(failedState(target, new AnjuanError('record-sealed'))?.status).to.equal('forbidden');
    expect(failedState(target, new AnjuanError('network-timeout', { requestId: 'q1' }))).to.deep.equal({
      status: 'error',
      target,
      failure: { code: 'network-timeout', requestId: 'q1', retryable: true },
    });
    expect(failedState(target, new TypeError('boom'))).to.have.nested.property('failure.code', 'unexpected');
    expect(failedState(target, new AnjuanError('aborted'))).to.equal(undefined);
  });
});

describe('texts and keys of the viewer', () => {
  it('has the same messages in both languages', () => {
    expect(messageKeys(viewerEn)).to.deep.equal(messageKeys(viewerZhCn));
  });

  it('lists every command once in the help, with a name, a key and an action', () => {
    const listed = Object.values(commandGroups).flat();
    expect([...listed].sort()).to.deep.equal(Object.keys(commandActions).sort());
    for (const command of listed) {
      expect(viewerZhCn.help.commands[command]).to.be.a('string');
      expect(defaultViewerKeymap.some((binding) => binding.id === command)).to.equal(true);
    }
  });

  it('gives each key to one command only', () => {
    const keys = defaultViewerKeymap.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).to.equal(keys.length);
  });

  it('writes the stay with the year once', () => {
    const title = recordTitle(SAMPLE_SUMMARY, viewerZhCn, 'zh-CN');
    expect(title).to.deep.equal({ name: '〔患者甲〕', rest: '住院病案 · 2026-03-02 — 03-11 · 心内科' });
    const over = recordTitle({ ...SAMPLE_SUMMARY, dischargedOn: '2027-01-02' }, viewerZhCn, 'zh-CN');
    expect(over.rest).to.contain('2026-03-02 — 2027-01-02');
  });

  it('leaves out what it does not know', () => {
    const { recordId, patientId, patientName, gender } = SAMPLE_SUMMARY;
    expect(recordTitle({ recordId, patientId, patientName, gender }, viewerZhCn, 'zh-CN').rest).to.equal('住院病案');
  });
});

describe('layout by width of the element', () => {
  it('has a panel, a narrow, a medium and a wide form', () => {
    expect([360, 400, 401, 599, 600, 999, 1000, 2560].map(layoutForWidth)).to.deep.equal([
      ...['panel', 'panel', 'narrow', 'narrow'],
      ...['medium', 'medium', 'wide', 'wide'],
    ]);
  });
});

describe('overview strip', () => {
  it('covers the whole record by category and marks what is broken', () => {
    const { segments, faults } = overviewOf(sampleDocuments);
    expect(segments.map((segment) => segment.categoryCode)).to.have.length(6);
    expect(segments.reduce((sum, segment) => sum + segment.length, 0)).to.be.closeTo(1, 1e-9);
    expect(faults.map((fault) => fault.documentIndex)).to.deep.equal([4]);
    expect(segments[5]?.pageNumber).to.equal(8);
  });

  it('places the reader', () => {
    expect(overviewPlace(sampleDocuments, { documentIndex: 0, pageInDocument: 0 })).to.equal(0);
    expect(overviewPlace(sampleDocuments, { documentIndex: 1, pageInDocument: 1 })).to.be.closeTo(3 / 14, 1e-9);
    expect(overviewPlace([], { documentIndex: 0, pageInDocument: undefined })).to.equal(0);
  });
});

describe('memory of rotations', () => {
  const KEY = 'anjuan.viewer.rotations';
  const rotations = [{ documentId: 'admission', pageInDocument: 2, rotationDeg: 90 as const }];
  afterEach(() => localStorage.removeItem(KEY));

  it('comes back for the same record only', () => {
    const memory = new RotationMemory(localStorage);
    memory.save('rec-1', rotations);
    expect(memory.load('rec-1', sampleDocuments)).to.deep.equal(rotations);
    expect(memory.load('rec-2', sampleDocuments)).to.deep.equal([]);
  });

  it('stores no id that can be read', () => {
    new RotationMemory(localStorage).save('rec-1', rotations);
    const stored = localStorage.getItem(KEY) ?? '';
    expect(stored).to.contain('90');
    expect(stored).to.not.match(/rec-1|admission/);
  });

  it('forgets pages turned back and survives a damaged store', () => {
    const memory = new RotationMemory(localStorage);
    memory.save('rec-1', rotations);
    memory.save('rec-1', []);
    expect(localStorage.getItem(KEY)).to.equal('{}');
    localStorage.setItem(KEY, '{"x":');
    expect(memory.load('rec-1', sampleDocuments)).to.deep.equal([]);
  });

  it('keeps no more than 200 records', () => {
    const memory = new RotationMemory(localStorage);
    for (let index = 0; index < 205; index += 1) memory.save(`rec-${index}`, rotations);
    expect(Object.keys(JSON.parse(localStorage.getItem(KEY) ?? '{}') as object)).to.have.length(200);
    expect(memory.load('rec-204', sampleDocuments)).to.have.length(1);
    expect(memory.load('rec-0', sampleDocuments)).to.deep.equal([]);
  });
});
