// The pad in a form, with alternatives, and with a signature pad on the desk.
import { expect } from 'chai';
import type { Ink } from '../../ink/ink.js';
import { inkFromJson } from '../../ink/ink-json.js';
import { formEntries, stateOf } from './form-state.js';
import { PadContent } from './pad-content.js';
import {
  click,
  find,
  findAll,
  mountPad,
  pixels,
  press,
  text,
  unmountPads,
  until,
  wave,
  write,
} from './testing/pad-page.js';
import { StubInkSource } from './testing/stub-source.js';
import { syntheticInk, syntheticSamples } from './testing/synthetic-ink.js';

afterEach(unmountPads);

async function inForm(attributes: Readonly<Record<string, string>> = {}): Promise<{
  readonly form: HTMLFormElement;
  readonly element: Awaited<ReturnType<typeof mountPad>>;
}> {
  const form = document.createElement('form');
  const fieldset = document.createElement('fieldset');
  form.append(fieldset);
  document.body.append(form);
  const element = await mountPad({ attributes: { name: 'sign', ...attributes }, into: fieldset });
  return { form, element };
}

/** A picture as a hospital would lend it. */
async function picture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(120, 60);
  const context = canvas.getContext('2d');
  context?.fillRect(10, 10, 100, 40);
  return canvas.convertToBlob();
}

describe('anjuan-signature-pad: in a form', () => {
  it('sends the ink as a JSON file, is missing until then, and resets', async () => {
    const { form, element } = await inForm({ required: '' });
    expect(element.checkValidity()).to.equal(false);
    await element.updateComplete;
    expect(findAll(element, '[data-code]').length, 'the host only asked').to.equal(0);
    expect([form.reportValidity(), element.validity.valueMissing]).to.deep.equal([false, true]);
    expect(element.validationMessage).to.equal('请先签字');
    await element.updateComplete;
    expect(text(element, '[data-code=ink-empty] .notice-title')).to.equal('还没有签字');
    expect(new FormData(form).has('sign')).to.equal(false);
    await write(element, wave());
    expect(form.checkValidity()).to.equal(true);
    expect(findAll(element, '[data-code]').length).to.equal(0);
    const file = new FormData(form).get('sign') as File;
    expect([file.type, await file.text()]).to.deep.equal(['application/json', element.value]);
    form.reset();
    await element.updateComplete;
    expect([element.empty, element.value, new FormData(form).has('sign')]).to.deep.equal([true, '', false]);
    form.remove();
  });

  it('is off with its fieldset, and keeps what was written visible', async () => {
    const { form, element } = await inForm();
    await write(element, wave());
    const shown = pixels(element).paper;
    form.querySelector('fieldset')?.toggleAttribute('disabled', true);
    await element.updateComplete;
    await write(element, wave({ row: 1, startMs: 2000 }));
    await click(element, 'undo');
    expect([element.strokeCount, pixels(element).paper]).to.deep.equal([1, shown]);
    expect(find(element, '.paper').getAttribute('aria-disabled')).to.equal('true');
    form.remove();
  });

  it('comes back after the window was closed before confirming', async () => {
    const { form, element } = await inForm();
    await write(element, wave());
    const before = element.value;
    form.remove();
    const again = await inForm();
    const content = new PadContent(() => undefined);
    content.load(inkFromJson(before));
    // Chromium brings nothing back for an element with a file among its values.
    for (const value of formEntries('sign', content)?.values() ?? []) expect(value).to.be.a('string');
    again.element.formStateRestoreCallback(stateOf(content));
    await again.element.updateComplete;
    expect(again.element.value).to.equal(before);
    expect(text(again.element, '[data-widget=notice]')).to.equal('已恢复上次未提交的签字');
    again.element.formStateRestoreCallback('{"ink":7}');
    expect(again.element.value, 'nonsense changes nothing').to.equal(before);
    again.form.remove();
  });

  it('says ink-empty to who needs ink, and ink-malformed to who brings nonsense', async () => {
    const element = await mountPad();
    const codes: string[] = [];
    element.addEventListener('anjuan-error', (event) => codes.push(event.detail.code));
    expect(() => element.requireInk())
      .to.throw()
      .with.property('code', 'ink-empty');
    expect(element.confirm()).to.equal(false);
    element.ink = { ...syntheticInk(), width: 0.5 } as Ink;
    await element.updateComplete;
    expect(text(element, '[data-code=ink-malformed] .notice-title')).to.equal('笔迹数据无法识别');
    expect([codes, element.empty]).to.deep.equal([['ink-malformed'], true]);
    element.ink = syntheticInk();
    await element.updateComplete;
    expect([element.strokeCount, findAll(element, '[data-code]').length]).to.deep.equal([3, 0]);
    expect(element.confirm()).to.equal(true);
  });
});

describe('anjuan-signature-pad: without writing', () => {
  it('offers the keyboard where the policy allows, and the text of the policy otherwise', async () => {
    const element = await mountPad();
    element.focus();
    await press(element, 'Enter');
    expect(text(element, '[data-widget=notice]')).to.contain('不能手写时，请告知工作人员');
    expect(findAll(element, '[data-widget=use-typed]').length).to.equal(0);
    element.setAttribute('alternatives', 'typed');
    await element.updateComplete;
    await press(element, 'Enter');
    await until(() => element.shadowRoot?.activeElement?.matches('input') === true, 'the field has the focus');
    expect(element.empty).to.equal(true);
    const input = find<HTMLInputElement>(element, '[data-widget=typed]');
    input.value = '<测试甲>';
    input.dispatchEvent(new Event('input'));
    await element.updateComplete;
    expect(element.ink).to.deep.include({ device: { kind: 'typed' }, strokes: [] });
    expect([element.typedText, text(element, '.mark')]).to.deep.equal(['<测试甲>', '键盘输入']);
    expect(element.value).to.not.contain('测试甲');
    expect(Number(pixels(element).paper.split(' ')[1])).to.be.above(200);
    const svg = new DOMParser().parseFromString(await element.toSvg(), 'image/svg+xml');
    expect([svg.querySelector('text')?.textContent, svg.querySelector('parsererror')]).to.deep.equal([
      '<测试甲>',
      null,
    ]);
    expect((await element.toPng({ widthPx: 300 })).type).to.equal('image/png');
    await click(element, 'use-ink');
    expect(element.empty, 'the hand has written nothing').to.equal(true);
  });

  it('stamps with a picture that the host lends', async () => {
    const { form, element } = await inForm({ alternatives: 'stamped' });
    element.stamps = [
      { id: 'a', label: '签名章 A', image: await picture() },
      { id: 'b', label: '签名章 B', image: new Blob(['no picture']) },
    ];
    await click(element, 'use-stamped');
    find<HTMLInputElement>(element, '.stamp input').click();
    await until(() => !element.empty, 'the picture is there');
    await element.updateComplete;
    expect(element.ink?.device.kind).to.equal('stamped');
    expect(new FormData(form).get('sign.stamp')).to.equal('a');
    expect(await element.toSvg()).to.contain('href="data:image/png;base64,');
    const stamped = pixels(element).paper;
    const frame = element.parentElement;
    const place = frame?.parentElement;
    frame?.remove();
    if (frame) place?.append(frame);
    await until(() => !element.empty && pixels(element).paper === stamped, 'after a move in the page');
    findAll<HTMLInputElement>(element, '.stamp input')[1]?.click();
    await until(() => text(element, '[data-code=seal-picture-unsupported]') !== '', 'says what is wrong');
    form.remove();
  });
});

describe('anjuan-signature-pad: with a signature pad', () => {
  it('writes with the device, on its own sheet, and confirms by its key', async () => {
    const source = new StubInkSource();
    let open = (): void => undefined;
    source.opening = new Promise((resolve) => (open = resolve));
    const element = await mountPad({ properties: { source } });
    expect(text(element, '[data-widget=notice]')).to.equal('正在连接手写板…');
    open();
    await until(() => text(element, '[data-widget=notice]') === '手写板 STU-540 已就绪', 'ready');
    await write(element, wave());
    expect(element.empty, 'the screen does not mix in').to.equal(true);
    source.write(syntheticSamples({ count: 600, startUs: 77_000 }));
    await element.updateComplete;
    expect(element.ink).to.deep.include({ width: 10_800, height: 6_480, device: source.device });
    expect(element.ink?.strokes[0]?.samples.length).to.equal(600);
    expect(element.ink?.strokes[0]?.samples.at(-1)?.t).to.equal(599 * 5000);
    const confirmed: unknown[] = [];
    element.addEventListener('anjuan-ink-confirmed', ({ detail }) => confirmed.push(detail));
    source.send({ type: 'confirm' });
    expect(confirmed).to.deep.equal([{ kind: 'ink', strokeCount: 1, sampleCount: 600, empty: false }]);
    source.send({ type: 'clear' });
    expect([element.empty, source.cleared]).to.deep.equal([true, 1]);
    element.remove();
    expect(source.closed).to.equal(1);
  });

  it('keeps the ink when the device is lost in the middle of a stroke, and goes on after reconnecting', async () => {
    const source = new StubInkSource();
    const element = await mountPad({ properties: { source } });
    await until(() => text(element, '[data-widget=notice]').includes('已就绪'), 'ready');
    source.write(syntheticSamples({ count: 40 }), { open: true });
    source.send({ type: 'lost' });
    await element.updateComplete;
    expect(element.ink?.strokes[0]?.samples.length).to.equal(40);
    expect(text(element, '[data-code=pad-lost] .notice-title')).to.equal('手写板已断开，已写的笔迹仍保留');
    await write(element, wave());
    expect(element.strokeCount, 'the mouse does not mix in').to.equal(1);
    await click(element, 'reconnect');
    await until(() => text(element, '[data-widget=notice]').includes('已就绪'), 'ready again');
    source.write(syntheticSamples({ count: 10, row: 1, startUs: 0 }));
    const times = element.ink?.strokes.flatMap(({ samples }) => samples.map(({ t }) => t)) ?? [];
    expect(times.length).to.equal(50);
    expect(times).to.deep.equal([...times].sort((a, b) => a - b));
  });

  it('says in words why there is no device, and lets people write on the screen', async () => {
    const reasons = {
      'pad-not-found': '没有找到手写板',
      'pad-busy': '手写板正被其他程序使用',
      'pad-protocol': '手写板数据异常',
      'pad-unsupported': '不支持此型号的手写板',
      'pad-service-missing': '手写板服务未安装或未启动',
      'pad-insecure-context': '当前网页不是 https，浏览器不能连接手写板',
    } as const;
    for (const [code, title] of Object.entries(reasons)) {
      const source = StubInkSource.refusing(code as keyof typeof reasons);
      const element = await mountPad({ properties: { source } });
      await until(() => text(element, `[data-code=${code}] .notice-title`) === title, code);
      await write(element, wave());
      expect(element.strokeCount).to.equal(1);
      if (code === 'pad-insecure-context') expect(findAll(element, '[data-widget=reconnect]').length).to.equal(0);
      else {
        await click(element, 'reconnect');
        await until(() => text(element, '[data-widget=notice]').includes('已就绪'), 'the second try works');
        expect(element.strokeCount, 'the ink of the screen stays').to.equal(1);
      }
      unmountPads();
    }
  });

  it('loses nothing that comes before the session is known, and forgets a source that is replaced', async () => {
    const early = new StubInkSource();
    const { open } = early;
    early.open = async (options) => {
      const session = await open.call(early, options);
      options.onEvent({ type: 'down', samples: syntheticSamples({ count: 5 }) });
      return session;
    };
    const element = await mountPad({ properties: { source: early } });
    await until(() => (element.ink?.strokes[0]?.samples.length ?? 0) === 5, 'the early samples');
    element.source = undefined;
    await element.updateComplete;
    expect(early.closed).to.equal(1);
    await write(element, wave());
    expect(element.ink?.device.kind, 'the screen starts a new sheet').to.equal('pen');
    expect(element.strokeCount).to.equal(1);
    element.undo();
    expect(element.ink?.device.kind, 'undo brings the other sheet back').to.equal('tablet');
  });
});
