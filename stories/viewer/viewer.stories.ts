import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect, userEvent } from 'storybook/test';
import { find, shown, until, untilRead, viewerFrame, viewerIn, type FrameArgs } from './viewer-frame.js';

const meta: Meta<FrameArgs> = {
  title: 'Viewer/Reading',
  component: 'anjuan-viewer',
  render: viewerFrame,
  args: { recordId: 'small-mixed' },
  argTypes: {
    recordId: { control: 'select', options: ['small-mixed', 'small-single', 'small-hostile', 'small-broken'] },
    source: { control: 'inline-radio', options: ['auto', 'rendition', 'pdf'] },
    archive: { table: { disable: true } },
  },
  play: async ({ canvasElement }) => {
    await untilRead(canvasElement);
  },
};
export default meta;
type Story = StoryObj<FrameArgs>;

/** A hospital stay on a desktop screen: tree, tools, one continuous scroll. */
export const Wide: Story = {};

/** In a side panel of another system: drawer and bottom bar, no title. */
export const Panel360: Story = { args: { widthPx: 360 } };

/** Between panel and desktop. */
export const Medium: Story = { args: { widthPx: 760 } };

/** Targets of 44 px and more. */
export const Touch: Story = {
  args: { density: 'touch' },
  play: async ({ canvasElement }) => {
    const viewer = await untilRead(canvasElement);
    for (const button of viewer.shadowRoot?.querySelectorAll('.toolbar button, .row, .tab') ?? []) {
      await expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
    }
  },
};

/** Pages stay paper-white. */
export const Dark: Story = { args: { theme: 'dark' } };

export const HighContrast: Story = { args: { theme: 'contrast' } };

export const LargeText: Story = { args: { textSize: 'large' } };

export const English: Story = { args: { lang: 'en' } };

/** One page only. */
export const SinglePage: Story = { args: { recordId: 'small-single' } };

/** Markup, direction marks and endless names are text, nothing else. */
export const HostileStrings: Story = {
  args: { recordId: 'small-hostile' },
  play: async ({ canvasElement }) => {
    const viewer = await untilRead(canvasElement);
    await expect(viewer.shadowRoot?.querySelector('img, script, iframe')).toBeNull();
    await expect(viewer.scrollWidth).toBeLessThanOrEqual(viewer.clientWidth);
  },
};

/** The archive makes no page pictures: the viewer opens the files by range and measures them itself. */
export const NoPageService: Story = { args: { archive: { pageService: false } } };

/** Original files instead of pictures. */
export const PdfOnly: Story = { args: { source: 'pdf' } };

/** Begins at a page of a document. */
export const DeepLink: Story = {
  args: { documentId: 'small-mixed-operation', pageNumber: 1 },
  play: async ({ canvasElement }) => {
    const viewer = await untilRead(canvasElement);
    await until(() => currentRow(viewer).includes('手术记录'), 'the tree follows');
  },
};

/** Arrow keys and Enter in the tree, then keys of the pages. */
export const KeyboardOnly: Story = {
  play: async ({ canvasElement }) => {
    const viewer = await untilRead(canvasElement);
    find(viewer, '[role="treeitem"][tabindex="0"]').focus();
    await userEvent.keyboard('{End}{Enter}{ArrowDown}{Enter}');
    await until(() => !currentRow(viewer).includes('住院病案首页'), 'the chosen document is shown');
    find(viewer, '[data-widget="pages"]').focus();
    await userEvent.keyboard('{Home}');
    await until(() => currentRow(viewer).includes('住院病案首页'), 'back at the start');
    await userEvent.keyboard('?');
    await expect(find(viewer, 'dialog')).toHaveAttribute('open');
  },
};

/** Words in any order, in title, category, author or date. */
export const Filtered: Story = {
  play: async ({ canvasElement }) => {
    const viewer = await untilRead(canvasElement);
    await userEvent.type(find(viewer, '[data-widget="filter"]'), '检验 凝血');
    await until(() => viewer.shadowRoot?.querySelectorAll('.row.document').length === 1, 'one document is left');
    await expect(shown(viewer)).toContain('凝血功能');
  },
};

/** Small pages in a grid; only those in sight exist. */
export const Thumbnails: Story = {
  play: async ({ canvasElement }) => {
    const viewer = await untilRead(canvasElement);
    await userEvent.click(find(viewer, '[data-tab="thumbnails"]'));
    await until(() => viewer.shadowRoot?.querySelector('.thumb-page[data-state="ready"]') !== null, 'a thumbnail');
  },
};

/** The drawer of the panel: Esc closes it and the focus comes back. */
export const Drawer: Story = {
  args: { widthPx: 360 },
  play: async ({ canvasElement }) => {
    const viewer = await untilRead(canvasElement);
    await userEvent.click(find(viewer, '[data-widget="toggle-rail"]'));
    await until(() => viewer.shadowRoot?.querySelector('[role="dialog"]') !== null, 'the drawer opens');
  },
};

/** Every command, in the overflow menu of the panel. */
export const PanelMenu: Story = {
  args: { widthPx: 360 },
  play: async ({ canvasElement }) => {
    const viewer = await untilRead(canvasElement);
    await userEvent.click(find(viewer, '[data-menu-button="more"]'));
    await until(() => viewer.shadowRoot?.querySelector('[role="menu"]') !== null, 'the menu opens');
  },
};

/** The language switches while the record stays where it is. */
export const LiveLanguage: Story = {
  play: async ({ canvasElement }) => {
    const viewer = await untilRead(canvasElement);
    viewer.lang = 'en';
    await until(() => shown(viewer).includes('Inpatient record'), 'English');
    await expect(viewerIn(canvasElement).status).toBe('ready');
  },
};

function currentRow(viewer: ReturnType<typeof viewerIn>): string {
  return viewer.shadowRoot?.querySelector('[aria-current="location"]')?.textContent ?? '';
}
