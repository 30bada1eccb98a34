import '@anjuan/sign/define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { AlternativesPolicy, AnjuanSignaturePad, InkSource } from '@anjuan/sign';
import { StubInkSource, syntheticInk, syntheticSamples } from '@anjuan/sign/testing';
import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { expect } from 'storybook/test';

/** What a story of the pad may choose. */
interface PadArgs {
  readonly widthPx?: number;
  readonly lang?: 'zh-CN' | 'en';
  readonly theme?: 'light' | 'dark' | 'contrast';
  readonly density?: 'compact' | 'comfortable' | 'touch';
  readonly textSize?: 'normal' | 'large';
  readonly signed?: boolean;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly penOnly?: boolean;
  readonly alternatives?: AlternativesPolicy;
  readonly source?: InkSource;
}

function pad(args: PadArgs): TemplateResult {
  const { lang, theme, density, textSize, widthPx } = args;
  const width = widthPx === undefined ? '100%' : `${widthPx}px`;
  const en = lang === 'en';
  return html`<anjuan-provider
    lang=${lang ?? 'zh-CN'}
    theme=${theme ?? nothing}
    density=${density ?? nothing}
    text-size=${textSize ?? nothing}
  >
    <form
      style=${styleMap({
        'box-sizing': 'border-box',
        'min-height': '100vh',
        padding: '16px',
        width,
        background: 'var(--anjuan-color-surface)',
      })}
    >
      <anjuan-signature-pad
        name="consent"
        ?required=${args.required}
        ?disabled=${args.disabled}
        ?pen-only=${args.penOnly}
        .alternatives=${args.alternatives ?? 'none'}
        .signerName=${en ? 'Test Person A' : '测试甲'}
        .signedOn=${'2026-03-02T09:12'}
        .source=${args.source}
        .ink=${args.signed ? syntheticInk() : undefined}
      ></anjuan-signature-pad>
    </form>
  </anjuan-provider>`;
}

const meta: Meta<PadArgs> = {
  title: 'Sign/Signature pad',
  component: 'anjuan-signature-pad',
  render: pad,
};
export default meta;
type Story = StoryObj<PadArgs>;

const SOON_MS = 20_000;

async function until(holds: () => boolean, what: string): Promise<void> {
  const startMs = performance.now();
  while (!holds()) {
    if (performance.now() - startMs > SOON_MS) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

async function padIn(canvas: HTMLElement): Promise<AnjuanSignaturePad> {
  await until(
    () => canvas.querySelector('anjuan-signature-pad')?.shadowRoot?.querySelector('.paper') != null,
    'the pad',
  );
  const element = canvas.querySelector('anjuan-signature-pad');
  if (!element) throw new Error('The story has no pad');
  await element.updateComplete;
  return element;
}

function shown(element: AnjuanSignaturePad): string {
  return element.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';
}

async function press(element: AnjuanSignaturePad, widget: string): Promise<void> {
  element.shadowRoot?.querySelector<HTMLElement>(`[data-widget="${widget}"]`)?.click();
  await element.updateComplete;
}

export const Empty: Story = {};
export const Signed: Story = {
  args: { signed: true },
  play: async ({ canvasElement }) => {
    const element = await padIn(canvasElement);
    await expect([element.strokeCount, element.empty]).toEqual([3, false]);
  },
};
export const SignedEnglish: Story = { args: { signed: true, lang: 'en', alternatives: ['typed', 'stamped'] } };
export const SignedDark: Story = { args: { signed: true, theme: 'dark' } };
export const SignedContrast: Story = { args: { signed: true, theme: 'contrast' } };
export const Narrow: Story = { args: { widthPx: 360, alternatives: ['typed', 'stamped'] } };
export const NarrowEnglishDark: Story = {
  args: { widthPx: 360, lang: 'en', theme: 'dark', signed: true, alternatives: ['typed', 'stamped'] },
};
export const Touch: Story = { args: { signed: true, density: 'touch', alternatives: ['typed'] } };
export const LargeTextNarrow: Story = {
  args: { widthPx: 360, density: 'touch', textSize: 'large', alternatives: ['typed', 'stamped'] },
};
export const PenOnly: Story = { args: { penOnly: true } };
export const Disabled: Story = { args: { signed: true, disabled: true } };

/** The form was sent without a signature. */
export const RequiredError: Story = {
  args: { required: true },
  play: async ({ canvasElement }) => {
    const element = await padIn(canvasElement);
    await expect(element.reportValidity()).toBe(false);
    await until(() => shown(element).includes('还没有签字'), 'the error');
  },
};
export const RequiredErrorDarkEnglish: Story = {
  args: { required: true, theme: 'dark', lang: 'en' },
  play: async ({ canvasElement }) => {
    const element = await padIn(canvasElement);
    await expect(element.reportValidity()).toBe(false);
    await until(() => shown(element).includes('Nothing was written'), 'the error');
  },
};

/** Delete was pressed. */
export const ClearQuestion: Story = {
  args: { signed: true },
  play: async ({ canvasElement }) => {
    const element = await padIn(canvasElement);
    const paper = element.shadowRoot?.querySelector<HTMLElement>('.paper');
    paper?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true, composed: true }));
    await until(() => shown(element).includes('清除全部 3 笔？'), 'the question');
  },
};

/** Enter was pressed by a person who cannot write, where no alternative is allowed. */
export const PolicyText: Story = {
  play: async ({ canvasElement }) => {
    const element = await padIn(canvasElement);
    const paper = element.shadowRoot?.querySelector<HTMLElement>('.paper');
    paper?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    await until(() => element.shadowRoot?.querySelector('[data-widget=notice]') != null, 'the text');
  },
};

export const Typed: Story = {
  args: { alternatives: ['typed'] },
  play: async ({ canvasElement, args }) => {
    const element = await padIn(canvasElement);
    await press(element, 'use-typed');
    element.typedText = args.lang === 'en' ? 'Test Person A' : '测试甲';
    await element.updateComplete;
    await expect(element.ink?.device.kind).toBe('typed');
  },
};
export const TypedNarrowEnglishDark: Story = {
  ...Typed,
  args: { alternatives: ['typed', 'stamped'], widthPx: 360, lang: 'en', theme: 'dark' },
};

/** A drawn stamp: two loops and a frame. */
async function stampPicture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(400, 160);
  const context = canvas.getContext('2d');
  if (context) {
    context.lineWidth = 6;
    context.strokeRect(8, 8, 384, 144);
    context.beginPath();
    context.arc(140, 80, 46, 0, 7);
    context.arc(250, 80, 46, 0, 7);
    context.stroke();
  }
  return canvas.convertToBlob();
}

export const Stamped: Story = {
  args: { alternatives: ['stamped'] },
  play: async ({ canvasElement }) => {
    const element = await padIn(canvasElement);
    const image = await stampPicture();
    element.stamps = [
      { id: 'a', label: '签名章 甲', image },
      { id: 'b', label: '签名章 乙', image },
    ];
    await press(element, 'use-stamped');
    element.shadowRoot?.querySelector<HTMLInputElement>('.stamp input')?.click();
    await until(() => !element.empty, 'the stamp');
  },
};

export const SourceConnecting: Story = {
  args: { source: Object.assign(new StubInkSource(), { opening: new Promise<void>(() => undefined) }) },
};

const ready = new StubInkSource();
export const SourceReady: Story = {
  args: { source: ready },
  play: async ({ canvasElement }) => {
    const element = await padIn(canvasElement);
    await until(() => shown(element).includes('STU-540'), 'ready');
  },
};

const lost = new StubInkSource();
/** Unplugged in the middle of a stroke: the ink stays. */
export const SourceLost: Story = {
  args: { source: lost },
  play: async ({ canvasElement }) => {
    const element = await padIn(canvasElement);
    await until(() => shown(element).includes('STU-540'), 'ready');
    lost.write(syntheticSamples({ count: 70, width: lost.width, height: lost.height }), { open: true });
    lost.send({ type: 'lost' });
    await until(() => shown(element).includes('手写板已断开，已写的笔迹仍保留'), 'lost');
    await expect(element.ink?.strokes[0]?.samples.length).toBe(70);
  },
};

/** A source that refuses, and the words for it. */
function refusing(code: Parameters<typeof StubInkSource.refusing>[0], words: string, args: PadArgs = {}): Story {
  return {
    args: { ...args, source: StubInkSource.refusing(code) },
    play: async ({ canvasElement }) => {
      const element = await padIn(canvasElement);
      await until(() => shown(element).includes(words), words);
    },
  };
}

export const SourceMissing = refusing('pad-not-found', '没有找到手写板');
export const SourceBusy = refusing('pad-busy', '手写板正被其他程序使用');
export const SourceServiceMissing = refusing('pad-service-missing', '手写板服务未安装或未启动');
export const InsecureHttp = refusing('pad-insecure-context', '当前网页不是 https');
export const InsecureHttpNarrow = refusing('pad-insecure-context', '当前网页不是 https', { widthPx: 360 });
