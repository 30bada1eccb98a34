import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect } from 'storybook/test';
import { defineElement } from '@anjuan/core/element';
import { TokenSample } from './token-sample.js';

defineElement('story-token-sample', TokenSample);

interface Args {
  readonly lang: 'zh-CN' | 'en';
  readonly theme: 'auto' | 'light' | 'dark' | 'contrast';
  readonly density: 'comfortable' | 'compact' | 'touch';
  readonly textSize: 'normal' | 'large';
}

const meta: Meta<Args> = {
  title: 'Provider',
  component: 'anjuan-provider',
  parameters: { provider: false },
  render: ({ lang, theme, density, textSize }: Args): TemplateResult => html`
    <anjuan-provider lang=${lang} theme=${theme} density=${density} text-size=${textSize}>
      <story-token-sample></story-token-sample>
    </anjuan-provider>
  `,
  args: { lang: 'zh-CN', theme: 'light', density: 'comfortable', textSize: 'normal' },
  argTypes: {
    lang: { control: 'inline-radio', options: ['zh-CN', 'en'] },
    theme: { control: 'inline-radio', options: ['auto', 'light', 'dark', 'contrast'] },
    density: { control: 'inline-radio', options: ['comfortable', 'compact', 'touch'] },
    textSize: { control: 'inline-radio', options: ['normal', 'large'] },
  },
};
export default meta;
type Story = StoryObj<Args>;

/** Quiet surfaces, one accent. */
export const Light: Story = {};

/** Pages stay paper-white. */
export const Dark: Story = { args: { theme: 'dark' } };

/** Text at 7:1 and more. */
export const HighContrast: Story = { args: { theme: 'contrast' } };

/** For elderly readers. */
export const LargeText: Story = { args: { textSize: 'large' } };

/** For a clerk's eight hours. */
export const Compact: Story = { args: { density: 'compact' } };

/** Targets of 44 px and more. */
export const Touch: Story = { args: { density: 'touch' } };

/** The language switches while everything stays where it is. */
export const LiveLanguage: Story = {
  play: async ({ canvasElement }) => {
    const provider = canvasElement.querySelector('anjuan-provider');
    const sample = canvasElement.querySelector('story-token-sample');
    if (!provider || !(sample instanceof TokenSample)) throw new Error('The story is not there');
    provider.lang = 'en';
    await provider.updateComplete;
    await sample.updateComplete;
    await expect(sample.shadowRoot?.querySelector('h2')).toHaveTextContent('A record, not a file');
  },
};
