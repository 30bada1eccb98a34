import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { expect, fn, waitFor } from 'storybook/test';
import type { ArchiveClient } from '@anjuan/core';
import type { AnjuanRecordChosenEvent } from '@anjuan/viewer';
import { storyArchive, type StoryFaults } from '../fixtures/story-archive.js';
import { fixedRecordsClient, hostileCards, indexCards } from './fixed-records.js';
import { SearchBoxDriver } from './search-box-driver.js';

interface Args {
  /** Replaces the in-memory archive. */
  readonly client?: ArchiveClient;
  readonly faults?: StoryFaults;
  readonly connected: boolean;
  readonly widthPx: number;
  readonly onChosen: (detail: { readonly recordId: string }) => void;
}

function outage(status: number): StoryFaults {
  const headers = { 'content-type': 'application/fhir+json', 'x-request-id': '3f2a-58b0' };
  return { respond: () => new Response('{"resourceType":"OperationOutcome","issue":[]}', { status, headers }) };
}

function render({ client, faults, connected, widthPx, onChosen }: Args): TemplateResult {
  const archive = storyArchive(faults ? { faults } : {});
  const frame = { maxWidth: `${widthPx}px`, minHeight: '560px', padding: '12px', boxSizing: 'border-box' };
  return html`<anjuan-provider
    base-url=${connected ? archive.baseUrl : nothing}
    .client=${client}
    .transport=${archive.transport}
    .getToken=${archive.getToken}
  >
    <div style=${styleMap(frame)}>
      <anjuan-search-box
        @anjuan-record-chosen=${(event: AnjuanRecordChosenEvent) => onChosen(event.detail)}
      ></anjuan-search-box>
    </div>
  </anjuan-provider>`;
}

const meta: Meta<Args> = {
  title: 'Search box',
  component: 'anjuan-search-box',
  render,
  args: { connected: true, widthPx: 900, onChosen: fn() },
};
export default meta;
type Story = StoryObj<Args>;

/** At rest: one field. */
export const AtRest: Story = {};

/** A few letters of pinyin find the sample patient; the arrows and Enter choose. */
export const Suggestions: Story = {
  play: async ({ canvasElement, args }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.type('tian');
    await box.find('[part=option]');
    await expect(box.rows()[0]).toHaveTextContent('田慧梅');
    await box.press('ArrowDown');
    await box.press('Enter');
    await expect(args.onChosen).toHaveBeenCalledWith({ recordId: 'small-mixed' });
    await box.click('[role=combobox]');
    await box.find('[part=option]');
  },
};

/** Filters alone find records, too. */
export const Filters: Story = {
  play: async ({ canvasElement }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.openFilters();
    await box.setFilter('dischargedFrom', '2020-01-01');
    await box.find('[part=option]');
    await expect(box.rows().some((row) => row.textContent.includes('田慧梅'))).toBe(true);
  },
};

/** A date range that runs backwards is named, not searched. */
export const RangeReversed: Story = {
  play: async ({ canvasElement }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.openFilters();
    await box.setFilter('dischargedFrom', '2026-03-02');
    await box.setFilter('dischargedTo', '2026-03-01');
    await box.find('.filter-note');
  },
};

/** Skeleton rows of the final height while the archive thinks. */
export const Loading: Story = {
  args: { faults: { delayMs: 3_600_000 } },
  play: async ({ canvasElement }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.type('tian');
    await box.find('.skeleton');
  },
};

/** Nothing found: what was searched, what else to try. */
export const Empty: Story = {
  play: async ({ canvasElement }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.type('欧阳不存在');
    await expect(await box.find('[part=state-reason]')).toHaveTextContent('欧阳不存在');
  },
};

/** The archive is in maintenance: reason, code, request id, retry. */
export const Unavailable: Story = {
  args: { faults: outage(503) },
  play: async ({ canvasElement }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.type('tian');
    await expect(await box.find('[part=state-code]')).toHaveTextContent('network-unavailable');
  },
};

/** The token is not accepted. */
export const SignedOut: Story = {
  args: { faults: outage(401) },
  play: async ({ canvasElement }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.type('tian');
    await expect(await box.find('[part=state-code]')).toHaveTextContent('auth-required');
  },
};

/** No provider gave an archive. */
export const NotConnected: Story = {
  args: { connected: false },
  play: async ({ canvasElement }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.type('tian');
    await box.find('[part=state-title]');
  },
};

/** Over a thousand matches: the last line loads more. */
export const ManyRecords: Story = {
  args: { client: fixedRecordsClient(indexCards(1283)) },
  play: async ({ canvasElement }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.type('zhang');
    await box.find('[part=more]');
    await box.press('ArrowUp');
    await box.press('Enter');
    await waitFor(() => expect(box.rows()).toHaveLength(40));
  },
};

/** In a side panel of 360 px a row takes three lines. */
export const NarrowPanel: Story = {
  args: { client: fixedRecordsClient(indexCards(3)), widthPx: 360 },
  play: async ({ canvasElement }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.type('zhang');
    await box.find('[part=option]');
  },
};

/** Markup, direction signs and very long text in a name are text like any other. */
export const HostileText: Story = {
  args: { client: fixedRecordsClient(hostileCards), widthPx: 360 },
  play: async ({ canvasElement }) => {
    const box = new SearchBoxDriver(canvasElement);
    await box.type('<b>');
    await expect(await box.find('[part=option]')).toHaveTextContent('<img src=x');
    await expect(document.title).not.toBe('x');
  },
};
