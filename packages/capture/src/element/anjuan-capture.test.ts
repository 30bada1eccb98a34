// What an operator notices of the whole element, on parts in memory.
import { captureError } from '@anjuan/core/outbox';
import { expect } from 'chai';
import type { IdCard } from '../devices/id-card-reader.js';
import { axeFindings } from '../../../../test/browser/axe-findings.js';
import { find, findAll, mount, opened, press, shoot, text, tiles, unmountAll, until } from './testing/capture-page.js';
import { MemoryParts } from './testing/memory-parts.js';

afterEach(unmountAll);

describe('anjuan-capture', () => {
  it('captures by click, by space, by Enter and by the pedal', async () => {
    const { element } = await opened();
    find(element, '[data-widget=shutter]').click();
    await until(() => element.pageCount === 1, 'a click captures');
    for (const [index, key] of [' ', 'Enter', 'PageDown'].entries()) {
      find(element, '[data-widget=stage]').focus();
      await until(() => find(element, '[data-widget=shutter]').dataset['state'] === 'ready', 'ready again');
      await press(element, key);
      await until(() => element.pageCount === index + 2, `${key} captures`);
    }
    await until(() => text(element, '[data-widget=safety]').includes('已保存在本机 4 页 · 已上传 0 页'), 'safety');
    await shoot(element, 0);
    expect(tiles(element)).to.deep.equal(['第 1 页，合格', '第 2 页，合格', '第 3 页，合格', '第 4 页，合格']);
  });

  it('confirms a page only when it is durable', async () => {
    const { element, parts } = await opened();
    let release = (): void => undefined;
    parts.store.durable = new Promise((resolve) => (release = resolve));
    const told: string[] = [];
    element.addEventListener('anjuan-page-captured', ({ detail }) => told.push(detail.pageId));
    const shot = element.capture();
    await until(() => find(element, '[data-widget=shutter]').dataset['state'] === 'working', 'the shutter works');
    expect([told.length, element.pageCount]).to.deep.equal([0, 0]);
    release();
    await shot;
    expect([told.length, element.pageCount]).to.deep.equal([1, 1]);
  });

  it('submits: asks for the type, then tells the form, the host and the operator', async () => {
    const form = document.createElement('form');
    document.body.append(form);
    const { element } = await opened({ attributes: { name: 'scan', required: '' }, into: form });
    expect(form.checkValidity()).to.equal(false);
    await shoot(element, 2);
    const wishes: number[] = [];
    element.addEventListener('anjuan-request-submit', ({ detail }) => wishes.push(detail.pageCount));
    find(element, '[data-widget=submit]').click();
    await until(() => find<HTMLDialogElement>(element, '[data-widget=document-panel]').open, 'asks for the type');
    const type = find<HTMLSelectElement>(element, '[data-field=type]');
    expect(type.getAttribute('aria-invalid')).to.equal('true');
    type.value = 'C0026';
    type.dispatchEvent(new Event('change', { bubbles: true }));
    find(element, '[data-widget=documents-done]').click();
    await until(() => text(element, '.document-name') === '手术知情同意书', 'the type shows');
    const submitted = new Promise<unknown>((resolve) => {
      element.addEventListener('anjuan-batch-submitted', ({ detail }) => resolve(detail), { once: true });
    });
    find(element, '[data-widget=submit]').click();
    expect(await submitted).to.include({ recordId: 'stay-1', documentCount: 1, pageCount: 2 });
    await until(() => element.status === 'submitted', 'the state');
    await element.updateComplete;
    expect(text(element, '.state-panel-title')).to.equal('已归档 1 份文书，共 2 页');
    const data = new FormData(form);
    expect(data.get('scan')).to.equal(element.value).and.to.have.length.above(0);
    expect(JSON.parse(String(data.get('scan.receipt'))))
      .to.have.property('documents')
      .with.lengthOf(1);
    expect([form.checkValidity(), wishes.length]).to.deep.equal([true, 1]);
    form.remove();
  });

  it('leaves intents to the host that cancels them', async () => {
    const { element } = await opened();
    const hold = (event: Event): void => event.preventDefault();
    element.addEventListener('anjuan-request-capture', hold);
    await element.capture();
    expect(element.pageCount).to.equal(0);
    element.removeEventListener('anjuan-request-capture', hold);
    await shoot(element);
    element.addEventListener('anjuan-request-delete', hold);
    await press(element, 'Delete');
    expect(element.pageCount).to.equal(1);
  });

  it('is free of findings of axe, empty, with pages, and at 360 px', async () => {
    for (const widthPx of [1100, 360]) {
      const { element } = await opened({ widthPx });
      expect(await axeFindings(element), `empty, ${widthPx} px`).to.deep.equal([]);
      await shoot(element, 2);
      expect(await axeFindings(element), `with pages, ${widthPx} px`).to.deep.equal([]);
      expect(element.scrollWidth).to.be.at.most(widthPx);
      for (const part of findAll(element, '.header, .tools, .bar, .safety')) {
        expect(part.scrollWidth, part.className).to.be.at.most(part.clientWidth);
      }
      unmountAll();
    }
  });

  it('says why there is no camera, and takes files all the same', async () => {
    const parts = new MemoryParts();
    parts.source.openError = captureError('camera-denied');
    const { element } = await mount({ parts });
    await until(() => find(element, '.stage').textContent?.includes('没有使用摄像头的权限') === true, 'the reason');
    const file = new File(['x'], 'a.jpg', { type: 'image/jpeg' });
    expect(await element.addFiles([file])).to.equal(1);
    expect(element.pageCount).to.equal(1);
  });

  it('goes on with its batch when it is moved in the page', async () => {
    const { element } = await opened();
    await shoot(element, 2);
    const { batchId } = element;
    const elsewhere = document.createElement('div');
    elsewhere.style.height = '600px';
    document.body.append(elsewhere);
    elsewhere.append(element);
    await until(() => element.status === 'open' && element.pageCount === 2, 'the pages are there');
    expect(element.batchId).to.equal(batchId);
    elsewhere.remove();
  });

  it('takes dropped files, and offers the camera of a phone', async () => {
    const { element } = await opened();
    const data = new DataTransfer();
    data.items.add(new File(['a'], 'a.jpg', { type: 'image/jpeg' }));
    data.items.add(new File(['b'], 'b.jpg', { type: 'image/jpeg' }));
    element.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
    await until(() => text(element, '.drop-hint') === '松开即可添加', 'the hint');
    element.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    await until(() => element.pageCount === 2, 'both files');
    expect(find(element, '[data-widget=camera-input]').getAttribute('capture')).to.equal('environment');
  });

  it('gives a card to the caller and keeps nothing of it', async () => {
    const { element } = await opened();
    const card = { kind: 'resident', name: '测试', gender: 'male', number: '990101199001010010' } as unknown as IdCard;
    element.readers = [{ name: 'Reader', read: async () => card, close: async () => undefined }];
    expect(await element.readIdCard()).to.equal(card);
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.not.include('测试');
  });
});
