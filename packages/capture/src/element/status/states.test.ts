// What capture says when something is missing, broken, full or far away.
import { AnjuanError } from '@anjuan/core';
import { messageKeys } from '@anjuan/core/element';
import { captureError } from '@anjuan/core/outbox';
import { expect } from 'chai';
import { axeFindings } from '../../../../../test/browser/axe-findings.js';
import type { AnjuanCaptureErrorEvent } from '../capture-events.js';
import { captureMessages } from '../locales/capture.js';
import { find, findAll, mount, opened, press, shoot, text, unmountAll, until } from '../testing/capture-page.js';
import { MemoryParts } from '../testing/memory-parts.js';
import { MemoryStore } from '../testing/memory-store.js';

afterEach(unmountAll);

/** An unfinished batch of two pages, left by a tab that is gone. */
async function leftOver(recordId = 'stay-1'): Promise<MemoryStore> {
  const store = new MemoryStore();
  const { element } = await opened({ parts: new MemoryParts(store), attributes: { 'record-id': recordId } });
  await shoot(element, 2);
  unmountAll();
  return store;
}

describe('the states of anjuan-capture', () => {
  it('speaks both languages completely', () => {
    expect(messageKeys(captureMessages.en)).to.deep.equal(messageKeys(captureMessages['zh-CN']));
  });

  for (const [code, words] of [
    ['camera-not-found', '没有找到摄像头'],
    ['camera-busy', '摄像头正被其他程序占用'],
    ['insecure-context', 'https'],
  ] as const) {
    it(`explains ${code} and offers another way`, async () => {
      const parts = new MemoryParts();
      parts.source.openError = captureError(code);
      const { element } = await mount({ parts });
      await until(() => text(element, '.stage').includes(words), words);
      expect(findAll(element, '[data-widget=state-files]')).to.have.lengthOf(1);
      expect(await axeFindings(element)).to.deep.equal([]);
    });
  }

  it('waits with a camera that the browser has not granted until somebody turns it on', async () => {
    const parts = new MemoryParts();
    parts.source.devices = [{ deviceId: 'camera', kind: 'camera', label: '', preferred: true }];
    const { element } = await mount({ parts });
    await until(() => text(element, '.stage').includes('摄像头未开启'), 'off');
    expect(parts.source.opened).to.equal(0);
    find(element, '[data-widget=turn-on]').click();
    await until(() => element.shadowRoot?.querySelector('[data-widget=live]') != null, 'on');
  });

  it('notices an unplugged camera and keeps the pages', async () => {
    const { element, parts } = await opened();
    await shoot(element);
    parts.source.unplug(captureError('camera-lost'));
    await until(() => text(element, '.stage').includes('摄像头已断开'), 'the reason');
    expect(element.pageCount).to.equal(1);
  });

  it('finds unfinished work and goes on with it', async () => {
    const store = await leftOver();
    const { element } = await mount({ parts: new MemoryParts(store) });
    await until(() => element.status === 'found', 'found');
    await until(() => text(element, '.stage').includes('有未完成的批次，共 2 页'), 'the words');
    find(element, '[data-widget=resume]').click();
    await until(() => element.pageCount === 2, 'the pages are back');
  });

  it('discards only when asked twice', async () => {
    const store = await leftOver();
    const { element } = await mount({ parts: new MemoryParts(store) });
    await until(() => element.status === 'found', 'found');
    await element.updateComplete;
    find(element, '[data-widget=discard]').click();
    await element.updateComplete;
    expect(text(element, '[data-widget=discard]')).to.equal('确定丢弃 2 页，不能恢复');
    expect(element.status).to.equal('found');
    find(element, '[data-widget=discard]').click();
    await until(() => element.status === 'open', 'a fresh batch');
    expect(element.pageCount).to.equal(0);
  });

  it('says that unfinished work belongs to another record', async () => {
    const store = await leftOver('stay-2');
    const { element } = await mount({ parts: new MemoryParts(store) });
    await until(() => element.status === 'found', 'found');
    await until(() => text(element, '.stage').includes('属于另一份病案'), 'the words');
  });

  it('leaves a batch alone that another tab works on', async () => {
    const store = new MemoryStore();
    const one = await opened({ parts: new MemoryParts(store) });
    await shoot(one.element);
    const two = await mount({ parts: new MemoryParts(store) });
    await until(() => two.element.status === 'in-use', 'in use');
    await until(() => text(two.element, '.stage').includes('正在另一个页面中采集'), 'the words');
  });

  it('tells offline, waiting, signed out and refused in words, with what to do', async () => {
    const { element, parts } = await opened();
    await shoot(element);
    parts.outbox.setPhase('offline');
    await until(() => text(element, '[data-widget=phase]').includes('网络已断开'), 'offline');
    parts.outbox.setPhase('waiting', { nextTryInMs: 12_000 });
    await until(() => text(element, '[data-widget=phase]').includes('12 秒后重试'), 'waiting');
    find(element, '[data-widget=wake]').click();
    await until(() => element.shadowRoot?.querySelector('[data-widget=phase]') == null, 'going on');
    parts.outbox.setPhase('sign-in');
    let asked = 0;
    element.addEventListener('anjuan-request-sign-in', () => (asked += 1));
    await until(() => element.shadowRoot?.querySelector('[data-widget=sign-in]') != null, 'sign in');
    find(element, '[data-widget=sign-in]').click();
    expect(asked).to.equal(1);
    parts.outbox.setPhase('refused', { error: captureError('upload-refused') });
    await until(() => text(element, '[data-widget=phase]').includes('病案库拒绝接收'), 'refused');
    await parts.outbox.upload(1);
    await until(() => text(element, '[data-widget=safety]').includes('已上传 1 页'), 'uploaded');
  });

  it('stops capture, not upload, when this computer is full', async () => {
    const { element, parts } = await opened();
    parts.store.setRoom({ state: 'low', usedBytes: 8, quotaBytes: 10, remainingPages: 40, persisted: true });
    await until(() => text(element, '[data-widget=room]').includes('约可再保存 40 页'), 'low');
    parts.store.setRoom({ state: 'full', usedBytes: 10, quotaBytes: 10, persisted: true });
    await until(() => text(element, '[data-widget=room]').includes('已暂停采集'), 'full');
    await element.capture();
    expect(element.pageCount).to.equal(0);
  });

  it('reports a refused page once, and the next one works', async () => {
    const { element, parts } = await opened();
    const codes: string[] = [];
    element.addEventListener('anjuan-error', (event) => codes.push((event as AnjuanCaptureErrorEvent).detail.code));
    parts.store.failNextAdd = new AnjuanError('storage-failed');
    await element.capture();
    expect([codes.join(), element.pageCount]).to.deep.equal(['storage-failed', 0]);
    expect(text(element, '.toast-text')).to.include('无法保存到本机');
    await shoot(element);
    expect(element.pageCount).to.equal(1);
  });

  it('scans a whole feeder in one press', async () => {
    const parts = new MemoryParts();
    parts.source.kind = 'scanner';
    const { element } = await mount({ parts });
    await until(() => text(element, '.stage').includes('此设备没有预览'), 'the scanner');
    find(element, '[data-widget=stage]').focus();
    await press(element, 'PageDown');
    await until(() => element.pageCount === 3, 'all pages');
  });

  it('puts both sides of a card on one page', async () => {
    const { element } = await opened({ attributes: { mode: 'id-card' } });
    expect(text(element, '[data-widget=card-side]')).to.equal('请放证件正面');
    await shoot(element);
    expect(text(element, '[data-widget=card-side]')).to.equal('请放证件反面');
    await shoot(element);
    await until(() => findAll(element, '.tile-sides').length === 1, 'both sides');
    expect(element.pageCount).to.equal(1);
  });

  it('captures by itself in batch mode, each page once', async () => {
    const { element, parts } = await opened({ attributes: { mode: 'batch' } });
    await until(() => element.pageCount === 1, 'the first page');
    const before = parts.pipeline.frame;
    parts.pipeline.frame = { ...before, motion: 40, pages: [] };
    await until(() => text(element, '[data-widget=shutter-hint]').includes('没有找到页面'), 'the page is taken away');
    parts.pipeline.frame = { ...before, differenceHash: 'f0f0f0f0f0f0f0f0' };
    await until(() => element.pageCount === 2, 'the second page');
    await until(() => text(element, '[data-widget=shutter-hint]').includes('请换下一页'), 'waits');
    expect(element.pageCount).to.equal(2);
  });

  it('learns the empty desk, and then takes several papers in one shot', async () => {
    const { element, parts } = await opened();
    find(element, '[data-popover-button=controls]').click();
    await until(() => text(element, '[data-widget=mat-note]').includes('移走台面上的全部纸张'), 'the advice');
    find(element, '[data-widget=mat]').click();
    await until(() => text(element, '[data-widget=mat-note]').includes('已标定'), 'learned');
    const quad = parts.pipeline.frame.pages[0]?.quad;
    if (quad) parts.pipeline.quads = [quad, quad, quad];
    await element.capture();
    await until(() => element.pageCount === 3, 'three papers');
    expect(await element.addFiles([new File(['x'], 'x.jpg')])).to.equal(1);
    await until(() => element.pageCount === 4, 'a file is one page');
  });

  it('works while dialogs are open and closes them by Esc', async () => {
    const { element } = await opened();
    await press(element, '?');
    const help = find<HTMLDialogElement>(element, '[data-widget=help-dialog]');
    expect(help.open).to.equal(true);
    expect(await axeFindings(element)).to.deep.equal([]);
    help.close();
    await until(() => element.shadowRoot?.activeElement?.getAttribute('data-widget') === 'stage', 'the keys are back');
    await press(element, 'd');
    await until(() => element.shadowRoot?.querySelector('[data-widget=access]') != null, 'device access');
    expect(await axeFindings(element)).to.deep.equal([]);
    find(element, '.popover-panel').focus();
    await press(element, 'Escape');
    expect(element.shadowRoot?.querySelector('.popover-panel')).to.equal(null);
  });
});
