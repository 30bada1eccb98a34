// What a signer, a host and a form notice of the pad on the screen.
import { resetMouse, sendMouse, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { axeFindings } from '../../../../../test/browser/axe-findings.js';
import { inkFromJson } from '../../ink/ink-json.js';
import type { AnjuanRequestClearEvent } from './signature-pad-events.js';
import {
  click,
  find,
  findAll,
  mountPad,
  pixels,
  pointer,
  press,
  text,
  unmountPads,
  until,
  wave,
  write,
} from './testing/pad-page.js';
import { syntheticInk } from './testing/synthetic-ink.js';

afterEach(unmountPads);

describe('anjuan-signature-pad: ink', () => {
  it('keeps 600 of 600 samples of 3 s at 200 Hz that come as 60 Hz events', async () => {
    const element = await mountPad();
    const points = Array.from({ length: 600 }, (_, index) => ({
      xPx: 20 + index,
      yPx: 120 + 60 * Math.sin(index / 9),
      ms: 5000 + index * 5,
    }));
    pointer(element, 'pointerdown', points.slice(0, 1));
    for (let from = 1; from < 599;) {
      // 16.7 ms of samples: three or four.
      const to = Math.min(599, from + (from % 2 === 0 ? 3 : 4));
      pointer(element, 'pointermove', points.slice(from, to));
      from = to;
    }
    pointer(element, 'pointerup', points.slice(-1));
    const samples = element.ink?.strokes[0]?.samples ?? [];
    expect(samples.length).to.equal(600);
    expect(samples[0]?.t).to.equal(0);
    expect(samples.at(-1)?.t).to.equal(599 * 5000);
    expect(samples.map(({ t }) => t)).to.deep.equal(points.map(({ ms }) => (ms - 5000) * 1000));
    const perPx = 2540 / 96;
    for (const [index, { x, y, f }] of samples.entries()) {
      expect(x).to.be.closeTo((points[index]?.xPx ?? 0) * perPx, 1);
      expect(y).to.be.closeTo((points[index]?.yPx ?? 0) * perPx, 1);
      expect(f).to.equal(32768);
    }
  });

  it('keeps duplicates of one moment and the tilt, and works where events bring no lists', async () => {
    const element = await mountPad();
    const here = { xPx: 50, yPx: 50, ms: 10 };
    pointer(element, 'pointerdown', [here], { tiltX: 20, tiltY: -30 });
    pointer(element, 'pointermove', [here, here, { ...here, ms: 9 }], { tiltX: 20, tiltY: -30 });
    pointer(element, 'pointerup', [here], { tiltX: 20, tiltY: -30 });
    expect(element.ink?.strokes[0]?.samples.map(({ t, tx, ty }) => [t, tx, ty])).to.deep.equal(
      Array.from({ length: 5 }, () => [0, 20, -30]),
    );
    const { getCoalescedEvents } = PointerEvent.prototype;
    Object.defineProperty(PointerEvent.prototype, 'getCoalescedEvents', { value: undefined, configurable: true });
    try {
      await write(element, [here, { xPx: 60, yPx: 60, ms: 20 }, { xPx: 70, yPx: 60, ms: 30 }]);
    } finally {
      Object.defineProperty(PointerEvent.prototype, 'getCoalescedEvents', {
        value: getCoalescedEvents,
        configurable: true,
        writable: true,
      });
    }
    expect(element.ink?.strokes[1]?.samples.length).to.equal(3);
  });

  it('draws predicted samples and never keeps them', async () => {
    const element = await mountPad();
    pointer(element, 'pointerdown', [{ xPx: 50, yPx: 50 }]);
    const rect = find(element, 'canvas').getBoundingClientRect();
    const ahead = new PointerEvent('pointermove', {
      clientX: rect.left + 300,
      clientY: rect.top + 50,
      pointerType: 'pen',
    });
    const before = pixels(element).above;
    pointer(element, 'pointermove', [{ xPx: 60, yPx: 50 }], { predictedEvents: [ahead] });
    expect(pixels(element).above).to.be.above(before * 2);
    pointer(element, 'pointerup', [{ xPx: 70, yPx: 50 }]);
    expect(element.ink?.strokes[0]?.samples.length).to.equal(3);
    expect(pixels(element).above).to.equal(0);
  });

  it('keeps what was written when the pointer is cancelled or its capture lost', async () => {
    const element = await mountPad();
    for (const [index, end] of ['pointercancel', 'lostpointercapture'].entries()) {
      pointer(element, 'pointerdown', [{ xPx: 50, yPx: 50 }]);
      pointer(element, 'pointermove', [
        { xPx: 60, yPx: 50 },
        { xPx: 80, yPx: 50 },
      ]);
      pointer(element, end, [{ xPx: 0, yPx: 0 }]);
      expect(element.strokeCount).to.equal(index + 1);
      expect(element.ink?.strokes[index]?.samples.length).to.equal(3);
    }
    element.remove();
    expect(element.strokeCount).to.equal(2);
  });

  it('keeps the palm out: touch beside a pen, large contacts, second pointers', async () => {
    const element = await mountPad();
    const finger = { pointerType: 'touch', pointerId: 7, pressure: 0.5, width: 24, height: 24 };
    await write(element, wave({ startMs: 1000 }));
    await write(element, wave({ row: 1, startMs: 1900 }), finger);
    expect(element.strokeCount, 'touch while the pen is near').to.equal(1);
    await write(element, wave({ row: 1, startMs: 9000 }), { ...finger, width: 90 });
    expect(element.strokeCount, 'the ball of the hand').to.equal(1);
    await write(element, wave({ row: 1, startMs: 9500 }), finger);
    expect(element.strokeCount, 'a finger, long after the pen').to.equal(2);
    pointer(element, 'pointerdown', [{ xPx: 10, yPx: 10, ms: 20_000 }], finger);
    await write(element, wave({ startMs: 20_100 }), { ...finger, pointerId: 8 });
    expect(element.strokeCount, 'a second finger').to.equal(2);
    await write(element, wave({ startMs: 20_200 }));
    pointer(element, 'pointerup', [{ xPx: 10, yPx: 10, ms: 20_300 }], finger);
    expect(element.strokeCount, 'the pen takes over from the palm').to.equal(3);
    expect(element.ink?.strokes[2]?.samples.length).to.equal(60);
    expect(element.ink?.device.kind).to.equal('touch');
    element.penOnly = true;
    await element.updateComplete;
    await write(element, wave({ startMs: 90_000 }), { pointerType: 'mouse' });
    expect(element.strokeCount, 'pen only').to.equal(3);
  });

  it('follows a real mouse beyond the edge of the paper, and scrolls nothing', async () => {
    const element = await mountPad();
    const { left, top, width } = find(element, '.paper').getBoundingClientRect();
    const [x, y] = [Math.round(left + width - 60), Math.round(top + 80)];
    const filler = document.createElement('div');
    filler.style.height = '3000px';
    document.body.append(filler);
    try {
      await sendMouse({ type: 'move', position: [x, y] });
      await sendMouse({ type: 'down' });
      for (const [dx, dy] of [
        [20, 10],
        [40, 20],
        [90, 40],
        [120, 500],
      ] as const) {
        await sendMouse({ type: 'move', position: [x + dx, y + dy] });
      }
      await sendMouse({ type: 'up' });
      await until(() => element.strokeCount === 1, 'the stroke ends outside');
    } finally {
      await resetMouse();
      filler.remove();
    }
    const { samples = [] } = element.ink?.strokes[0] ?? {};
    expect(samples.length).to.be.at.least(5);
    expect(samples.at(-1)?.x).to.be.above(element.ink?.width ?? Infinity);
    expect(
      samples.some(({ f }) => f !== undefined),
      'a mouse has no force',
    ).to.equal(false);
    expect([element.ink?.device.kind, window.scrollY]).to.deep.equal(['mouse', 0]);
    expect(getComputedStyle(find(element, '.paper')).outlineStyle, 'no ring while writing').to.equal('none');
  });

  it('takes touches off the page only on the paper', async () => {
    const element = await mountPad();
    expect(getComputedStyle(find(element, '.paper')).touchAction).to.equal('none');
    expect(getComputedStyle(find(element, '.tools')).touchAction).to.equal('auto');
    expect(getComputedStyle(element).touchAction).to.equal('auto');
  });
});

/** Moves the window to a screen of another resolution and back. Emulated screens change without telling, so this tells. */
async function atResolution(deviceScaleFactor: number, check: () => Promise<void>): Promise<void> {
  const { innerWidth: width, innerHeight: height } = window;
  const move = async (factor: number): Promise<void> => {
    await setViewport({ width, height, ...{ deviceScaleFactor: factor } });
    for (const query of resolutions.splice(0)) query.dispatchEvent(new Event('change'));
  };
  try {
    await move(deviceScaleFactor);
    await check();
  } finally {
    await move(1);
  }
}

const { matchMedia } = window;
const resolutions: EventTarget[] = [];
before(() => {
  window.matchMedia = (query) => {
    const list = matchMedia.call(window, query);
    if (query.includes('dppx')) resolutions.push(list);
    return list;
  };
});
after(() => {
  window.matchMedia = matchMedia;
});

describe('anjuan-signature-pad: the same picture again', () => {
  it('after another width, resolution and theme, and back from a lost context', async () => {
    const element = await mountPad({ widthPx: 640 });
    await write(element, wave());
    await write(element, wave({ row: 1, startMs: 2000 }), { pointerType: 'mouse', pointerId: 2 });
    await write(element, [
      { xPx: 300, yPx: 60, ms: 3000 },
      { xPx: 300, yPx: 60, ms: 3001 },
    ]);
    const first = pixels(element);
    expect(first.above, 'nothing is left on the live layers').to.equal(0);
    const json = element.value;
    const frame = element.parentElement;
    if (!frame) throw new Error('no frame');
    for (const width of ['360px', '1100px']) {
      frame.style.width = width;
      await until(() => pixels(element).paper.split(' ')[0] !== first.paper.split(' ')[0], `drawn at ${width}`);
      expect(Number(pixels(element).paper.split(' ')[1])).to.be.above(500);
      frame.style.width = '640px';
      await until(() => pixels(element).paper === first.paper, `the same pixels after ${width}`);
    }
    await atResolution(2, () => until(() => find<HTMLCanvasElement>(element, 'canvas').width === 638 * 2, 'sharper'));
    expect(pixels(element).paper, 'after another resolution').to.equal(first.paper);
    element.dataset['theme'] = 'dark';
    const canvas = find<HTMLCanvasElement>(element, 'canvas');
    canvas.getContext('2d')?.reset();
    expect(pixels(element).paper).to.not.equal(first.paper);
    canvas.dispatchEvent(new Event('contextrestored'));
    expect(pixels(element).paper, 'after a lost context').to.equal(first.paper);
    canvas.getContext('2d')?.reset();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(pixels(element).paper, 'after sleep').to.equal(first.paper);
    expect(element.value).to.equal(json);
    const copy = await mountPad({ widthPx: 640, properties: { ink: inkFromJson(json) } });
    expect(pixels(copy).paper, 'from data alone').to.equal(first.paper);
  });

  it('goes on with a stroke while the page changes its size', async () => {
    const element = await mountPad();
    pointer(element, 'pointerdown', wave().slice(0, 1));
    pointer(element, 'pointermove', wave().slice(1, 30));
    const frame = element.parentElement;
    if (frame) frame.style.width = '500px';
    await until(() => find<HTMLCanvasElement>(element, 'canvas').width < 520, 'the new size');
    expect(pixels(element).above, 'the open stroke is still seen').to.be.above(100);
    pointer(element, 'pointermove', wave().slice(30, 59));
    pointer(element, 'pointerup', wave().slice(59));
    expect(element.ink?.strokes[0]?.samples.length).to.equal(60);
  });

  it('keeps proportions on a paper of another shape', async () => {
    const element = await mountPad({ properties: { ink: syntheticInk() }, widthPx: 360 });
    find(element, '.paper').style.height = '300px';
    await until(() => find<HTMLCanvasElement>(element, 'canvas').height > 290, 'the new shape');
    expect(Number(pixels(element).paper.split(' ')[1])).to.be.above(500);
    await write(element, [{ xPx: 179, yPx: 149, ms: 1 }]);
    pointer(element, 'pointerup', [{ xPx: 179, yPx: 149, ms: 2 }]);
    const { x = 0, y = 0 } = element.ink?.strokes[3]?.samples[0] ?? {};
    expect([x, y]).to.satisfy(([a, b]: [number, number]) => Math.abs(a - 8000) < 60 && Math.abs(b - 3200) < 60);
  });
});

describe('anjuan-signature-pad: undo, redo, clear', () => {
  it('by words and by keys, with counts for the host and words for the ear', async () => {
    const element = await mountPad();
    const told: unknown[] = [];
    element.addEventListener('anjuan-ink-changed', ({ detail }) => told.push(detail));
    expect(text(element, '#count')).to.equal('尚未签字');
    await write(element, wave());
    await write(element, wave({ row: 1, startMs: 2000 }));
    expect(text(element, '[role=status]')).to.equal('已写 2 笔');
    expect(told).to.deep.equal([
      { kind: 'ink', strokeCount: 1, sampleCount: 60, empty: false },
      { kind: 'ink', strokeCount: 2, sampleCount: 120, empty: false },
    ]);
    const both = pixels(element).paper;
    await click(element, 'undo');
    expect(text(element, '#count')).to.equal('已写 1 笔');
    find(element, '.paper').focus();
    await press(element, 'z', { ctrlKey: true });
    expect([element.strokeCount, element.empty]).to.deep.equal([0, true]);
    await press(element, 'y', { ctrlKey: true });
    await press(element, 'Z', { ctrlKey: true, shiftKey: true });
    expect([element.strokeCount, pixels(element).paper]).to.deep.equal([2, both]);
    await click(element, 'clear');
    expect([element.empty, text(element, '[role=status]')]).to.deep.equal([true, '已清除，可以撤销']);
    await click(element, 'undo');
    expect([element.strokeCount, pixels(element).paper]).to.deep.equal([2, both]);
    await write(element, wave({ row: 2, startMs: 3000 }));
    expect(find(element, '[data-widget=redo]').getAttribute('aria-disabled')).to.equal('true');
  });

  it('asks before the Delete key clears, and leaves the wish to the host', async () => {
    const element = await mountPad();
    await write(element, wave());
    find(element, '.paper').focus();
    await press(element, 'Delete');
    expect(text(element, '#ask')).to.equal('清除全部 1 笔？');
    await until(
      () => element.shadowRoot?.activeElement?.getAttribute('data-widget') === 'clear-yes',
      'the answer has the focus',
    );
    await press(element, 'Escape');
    expect([element.strokeCount, element.shadowRoot?.activeElement === find(element, '.paper')]).to.deep.equal([
      1,
      true,
    ]);
    const wishes: AnjuanRequestClearEvent['detail'][] = [];
    const hold = (event: AnjuanRequestClearEvent): void => {
      wishes.push(event.detail);
      event.preventDefault();
    };
    element.addEventListener('anjuan-request-clear', hold);
    await press(element, 'Delete');
    await click(element, 'clear-yes');
    expect([element.strokeCount, wishes]).to.deep.equal([1, [{ source: 'keyboard', strokeCount: 1 }]]);
    element.removeEventListener('anjuan-request-clear', hold);
    await press(element, 'Delete');
    await click(element, 'clear-yes');
    expect(element.empty).to.equal(true);
  });
});

describe('anjuan-signature-pad: for everybody', () => {
  it('is free of findings of axe in its states', async () => {
    for (const lang of ['zh-CN', 'en'] as const) {
      const element = await mountPad({
        lang,
        properties: { alternatives: ['typed', 'stamped'], signedOn: '2026-03-02T09:12' },
      });
      expect(await axeFindings(element), 'empty').to.deep.equal([]);
      await write(element, wave());
      expect(await axeFindings(element), 'signed').to.deep.equal([]);
      await click(element, 'use-typed');
      expect(await axeFindings(element), 'typed').to.deep.equal([]);
      await click(element, 'use-stamped');
      expect(await axeFindings(element), 'stamped').to.deep.equal([]);
      unmountPads();
    }
  });

  it('fits 360 px with targets of 44 px', async () => {
    for (const lang of ['zh-CN', 'en'] as const) {
      const element = await mountPad({ lang, widthPx: 360, properties: { alternatives: ['typed', 'stamped'] } });
      expect(element.scrollWidth).to.be.at.most(360);
      for (const button of findAll(element, 'button')) {
        const { width, height } = button.getBoundingClientRect();
        expect(Math.min(width, height), button.textContent ?? '').to.be.at.least(44);
      }
    }
  });

  it('is named, described and reached by Tab first on the paper', async () => {
    const element = await mountPad({ attributes: { 'pen-only': '' } });
    element.focus();
    const paper = find(element, '.paper');
    expect(element.shadowRoot?.activeElement).to.equal(paper);
    expect(paper.getAttribute('aria-label')).to.equal('签字区');
    expect(text(element, '#how')).to.contain('请用笔在此书写').and.to.contain('本人手写签字');
  });

  it('puts nothing of a person into attributes or events', async () => {
    const element = await mountPad({
      properties: { alternatives: ['typed'], signerName: '测试甲', signedOn: '2026-03-02T09:12' },
    });
    const details: string[] = [];
    element.addEventListener('anjuan-ink-changed', ({ detail }) => details.push(JSON.stringify(detail)));
    await click(element, 'use-typed');
    const input = find<HTMLInputElement>(element, '[data-widget=typed]');
    input.value = '测试甲';
    input.dispatchEvent(new Event('input'));
    await element.updateComplete;
    expect(text(element, '.caption')).to.contain('签字人 测试甲').and.to.contain('日期 2026-03-02 09:12');
    const attributes = [element, ...findAll(element, '*')].flatMap((node) =>
      [...node.attributes].map(({ value }) => value),
    );
    expect([...attributes, ...details].join(' ')).to.not.contain('测试甲');
  });
});
