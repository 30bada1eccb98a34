import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { codeSystems, type ErrorCode } from '@anjuan/core';
import { expect, userEvent } from 'storybook/test';
import type { StoryArchiveOptions } from '../fixtures/story-archive.js';
import { find, until, untilRead, untilSays, viewerFrame, viewerIn, type FrameArgs } from './viewer-frame.js';

const meta: Meta<FrameArgs> = {
  title: 'Viewer/States',
  component: 'anjuan-viewer',
  render: viewerFrame,
  args: { recordId: 'small-mixed' },
};
export default meta;
type Story = StoryObj<FrameArgs>;

function refusal(status: number, code: ErrorCode): Response {
  const issue = [{ severity: 'error', code: 'processing', details: { coding: [{ system: codeSystems.error, code }] } }];
  return new Response(JSON.stringify({ resourceType: 'OperationOutcome', issue }), {
    status,
    headers: { 'content-type': 'application/fhir+json', 'x-request-id': 'story-7f3a' },
  });
}

/** Answers the request for the manifest by a refusal; everything else goes through. */
function refusing(status: number, code: ErrorCode): StoryArchiveOptions {
  return {
    faults: { respond: (request) => (request.url.includes('$record-manifest') ? refusal(status, code) : undefined) },
  };
}

/** No record chosen yet. */
export const Idle: Story = {
  args: { recordId: '' },
  play: async ({ canvasElement }) => void (await untilSays(canvasElement, '尚未打开病案')),
};

/** The page around it has no archive address. */
export const NoArchive: Story = {
  args: { connected: false },
  play: async ({ canvasElement }) => void (await untilSays(canvasElement, '没有可用的病案库连接')),
};

/** The answer takes for ever: skeleton of the final size, then a word about the network. */
export const Loading: Story = {
  args: { archive: { faults: { delayMs: 3_600_000 } } },
  play: async ({ canvasElement }) => {
    const viewer = viewerIn(canvasElement);
    await until(() => viewer.status === 'loading', 'loading');
    await untilSays(canvasElement, '网络较慢');
  },
};

/** Half a second before every answer. */
export const Slow: Story = {
  args: { archive: { faults: { delayMs: 500 } } },
  play: async ({ canvasElement }) => void (await untilRead(canvasElement)),
};

export const Empty: Story = {
  args: { recordId: 'small-empty' },
  play: async ({ canvasElement }) => void (await untilSays(canvasElement, '病案内还没有文书')),
};

export const Forbidden: Story = {
  args: { archive: refusing(403, 'record-forbidden') },
  play: async ({ canvasElement }) => void (await untilSays(canvasElement, 'record-forbidden · story-7f3a')),
};

export const Sealed: Story = {
  args: { archive: refusing(403, 'record-sealed') },
  play: async ({ canvasElement }) => void (await untilSays(canvasElement, '已封存')),
};

export const NotFound: Story = {
  args: { recordId: 'no-such-record' },
  play: async ({ canvasElement }) => void (await untilSays(canvasElement, 'record-not-found')),
};

export const SessionEnded: Story = {
  args: { archive: refusing(401, 'auth-required') },
  play: async ({ canvasElement }) => void (await untilSays(canvasElement, 'auth-required')),
};

/** A proxy answers with its own page. */
export const ProxyPage: Story = {
  args: {
    archive: {
      faults: {
        respond: () => new Response('<html>login</html>', { status: 200, headers: { 'content-type': 'text/html' } }),
      },
    },
  },
  play: async ({ canvasElement }) => void (await untilSays(canvasElement, 'protocol-not-fhir')),
};

let down = true;

/** The archive does not answer; retry opens the record once it does. */
export const ArchiveDown: Story = {
  args: {
    archive: {
      faults: {
        respond: () => (down ? Promise.reject(new TypeError('Failed to fetch')) : undefined),
      },
    },
  },
  play: async ({ canvasElement }) => {
    down = true;
    const viewer = await untilSays(canvasElement, 'network-unreachable');
    down = false;
    await userEvent.click(find(viewer, '.state-panel button'));
    await untilRead(canvasElement);
  },
};

export const ArchiveDownPanel: Story = {
  args: { ...ArchiveDown.args, widthPx: 360, theme: 'dark', lang: 'en' },
  play: async ({ canvasElement }) => {
    down = true;
    await untilSays(canvasElement, 'network-unreachable');
  },
};

/** Documents that cannot be shown say why in their own place; the others stay readable. */
export const BrokenDocuments: Story = {
  args: { recordId: 'small-broken', documentId: 'small-broken-truncated' },
  play: async ({ canvasElement }) => {
    const viewer = await untilSays(canvasElement, 'pdf-');
    await expect(viewer.status).toBe('ready');
  },
};

/** Documents that the reader may know of, but not read. */
export const LockedDocuments: Story = {
  args: { lockedTypes: ['C0007', 'C0026'], documentId: 'small-mixed-lab-infection' },
  play: async ({ canvasElement }) => void (await untilSays(canvasElement, '这份文书受限')),
};
