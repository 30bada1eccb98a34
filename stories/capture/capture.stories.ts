import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { captured, captureFrame, query, until, type CaptureArgs } from './capture-frame.js';

const meta: Meta<CaptureArgs> = {
  title: 'Capture/Capture',
  component: 'anjuan-capture',
  render: captureFrame,
};
export default meta;
type Story = StoryObj<CaptureArgs>;

/** Nothing captured yet: the live picture with the found page. */
export const Ready: Story = {
  play: async ({ canvasElement }) => {
    const element = await captured(canvasElement, 0);
    await until(() => query(element, '.found-page') !== null, 'the page is found');
  },
};

/** Five pages in the tray. */
export const WithPages: Story = {
  play: async ({ canvasElement }) => {
    const element = await captured(canvasElement, 5);
    await expect(element.pageCount).toBe(5);
  },
};

export const WithPagesDark: Story = { ...WithPages, args: { theme: 'dark' } };

export const WithPagesContrast: Story = { ...WithPages, args: { theme: 'contrast', textSize: 'large' } };

export const WithPagesEnglish: Story = { ...WithPages, args: { lang: 'en' } };

/** A panel of 360 pixels, or a phone. */
export const Narrow: Story = { ...WithPages, args: { widthPx: 360, heightPx: 740 } };

export const NarrowEnglish: Story = { ...WithPages, args: { widthPx: 360, heightPx: 740, lang: 'en' } };

/** Controls for fingers. */
export const Touch: Story = { ...WithPages, args: { widthPx: 360, heightPx: 740, density: 'touch' } };
