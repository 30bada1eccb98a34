import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { AnjuanViewer } from '@anjuan/viewer';
import { codeSystems } from '@anjuan/core';
import { expect, userEvent } from 'storybook/test';
import type { StoryArchiveOptions } from '../fixtures/story-archive.js';
import { find, shown, until, untilRead, viewerFrame, type FrameArgs } from './viewer-frame.js';

const meta: Meta<FrameArgs> = {
  title: 'Viewer/Search',
  component: 'anjuan-viewer',
  render: viewerFrame,
  args: { recordId: 'small-mixed' },
};
export default meta;
type Story = StoryObj<FrameArgs>;

/** Opens the tab as a reader does and types. */
async function search(canvas: HTMLElement, query: string): Promise<AnjuanViewer> {
  const viewer = await untilRead(canvas);
  find(viewer, '[data-widget="pages"]').focus();
  await userEvent.keyboard('{Control>}f{/Control}');
  await until(() => viewer.shadowRoot?.activeElement?.getAttribute('data-widget') === 'search-text', 'the field');
  if (query !== '') await userEvent.type(find(viewer, '[data-widget="search-text"]'), query);
  return viewer;
}

function hits(viewer: AnjuanViewer): HTMLElement[] {
  return [...(viewer.shadowRoot?.querySelectorAll<HTMLElement>('.hit') ?? [])];
}

async function untilFound(viewer: AnjuanViewer): Promise<void> {
  await until(() => hits(viewer).length > 0, 'hits');
}

async function goToSecond(viewer: AnjuanViewer): Promise<void> {
  await untilFound(viewer);
  await userEvent.keyboard('{Enter}{Enter}');
  await until(() => viewer.shadowRoot?.querySelector('.page-mark[data-current]') !== null, 'the mark');
}

/** Faults of the search only. */
function answering(respond: () => Response | Promise<Response>): StoryArchiveOptions {
  return { faults: { respond: (request) => (request.url.includes('$search-text') ? respond() : undefined) } };
}

/** Nothing typed yet. */
export const Idle: Story = {
  play: async ({ canvasElement }) => void (await search(canvasElement, '')),
};

/** Hits by document; marks on the pages, the current one stronger; ticks in the strip at the right edge. */
export const Found: Story = {
  play: async ({ canvasElement }) => {
    const viewer = await search(canvasElement, '患者');
    await goToSecond(viewer);
    await expect(viewer.shadowRoot?.querySelector('.overview-hit')).not.toBeNull();
  },
};

export const FoundDark: Story = { ...Found, args: { theme: 'dark' } };

export const FoundContrast: Story = { ...Found, args: { theme: 'contrast', textSize: 'large' } };

export const FoundEnglish: Story = { ...Found, args: { lang: 'en' } };

/** The drawer of the panel. */
export const Panel: Story = {
  args: { widthPx: 360 },
  play: async ({ canvasElement }) => {
    const viewer = await search(canvasElement, '患者');
    await untilFound(viewer);
    await expect(viewer.scrollWidth).toBeLessThanOrEqual(viewer.clientWidth);
  },
};

export const PanelEnglish: Story = { ...Panel, args: { widthPx: 360, lang: 'en' } };

/** A hit was chosen: the drawer is out of the way, the mark in sight. */
export const PanelAtHit: Story = {
  args: { widthPx: 360 },
  play: async ({ canvasElement }) => {
    const viewer = await search(canvasElement, '患者');
    await goToSecond(viewer);
    await expect(viewer.shadowRoot?.querySelector('[data-widget="rail"]')).toBeNull();
  },
};

export const Touch: Story = {
  args: { density: 'touch' },
  play: async ({ canvasElement }) => {
    const viewer = await search(canvasElement, '患者');
    await untilFound(viewer);
    for (const row of hits(viewer)) await expect(row.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
  },
};

/** Says what was looked through. */
export const Nothing: Story = {
  play: async ({ canvasElement }) => {
    const viewer = await search(canvasElement, '查无此词');
    await until(() => shown(viewer).includes('没有找到'), 'the empty state');
  },
};

/** The archive takes its time. */
export const Searching: Story = {
  args: { archive: answering(() => new Promise<Response>(() => undefined)) },
  play: async ({ canvasElement }) => {
    const viewer = await search(canvasElement, '患者');
    await until(() => shown(viewer).includes('正在检索'), 'busy');
  },
};

let down = true;

/** The archive fails; retry finds the hits once it works again. */
export const Failed: Story = {
  args: {
    archive: {
      faults: {
        respond: (request) =>
          down && request.url.includes('$search-text')
            ? new Response(JSON.stringify({ resourceType: 'OperationOutcome', issue: [issue] }), { status: 400 })
            : undefined,
      },
    },
  },
  play: async ({ canvasElement }) => {
    down = true;
    const viewer = await search(canvasElement, '患者');
    await until(() => shown(viewer).includes('protocol-invalid'), 'the error');
  },
};

const issue = {
  severity: 'error',
  code: 'processing',
  details: { coding: [{ system: codeSystems.error, code: 'protocol-invalid' }] },
};

export const FailedThenRetried: Story = {
  ...Failed,
  play: async ({ canvasElement }) => {
    down = true;
    const viewer = await search(canvasElement, '患者');
    await until(() => shown(viewer).includes('protocol-invalid'), 'the error');
    down = false;
    await userEvent.click(find(viewer, '.search-panel .state-panel button'));
    await untilFound(viewer);
  },
};

/** An archive without page service: the reader decides whether to open the files. */
export const CannotSearch: Story = {
  args: { archive: { pageService: false } },
  play: async ({ canvasElement }) => {
    const viewer = await search(canvasElement, '患者');
    await until(() => shown(viewer).includes('这个病案库不能检索文字'), 'the reason');
  },
};

/** The files are opened one by one and looked through in the browser. */
export const SearchedInFiles: Story = {
  args: { archive: { pageService: false } },
  play: async ({ canvasElement }) => {
    const viewer = await search(canvasElement, '患者');
    await until(() => shown(viewer).includes('打开文书检索'), 'the offer');
    await userEvent.click(find(viewer, '[data-widget="search-files"]'));
    await untilFound(viewer);
    await until(() => find(viewer, '.search-panel').getAttribute('aria-busy') === 'false', 'all documents');
    await expect(shown(viewer)).toMatch(/已检索 (\d+) \/ \1 份文书/);
  },
};

/** Documents that the reader may not read are not searched, and it says so. */
export const LockedLeftOut: Story = {
  args: { lockedTypes: ['C0007', 'C0026'] },
  play: async ({ canvasElement }) => {
    const viewer = await search(canvasElement, '查无此词');
    await until(() => shown(viewer).includes('受限文书不在检索范围内'), 'the locked ones');
  },
};
