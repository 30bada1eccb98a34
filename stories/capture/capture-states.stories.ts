import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MemoryParts, MemoryStore } from '@anjuan/capture/testing';
import { captureError } from '@anjuan/core/outbox';
import { expect } from 'storybook/test';
import { captured, captureFrame, captureIn, press, query, shown, until, type CaptureArgs } from './capture-frame.js';

const meta: Meta<CaptureArgs> = {
  title: 'Capture/States',
  component: 'anjuan-capture',
  render: captureFrame,
};
export default meta;
type Story = StoryObj<CaptureArgs>;

/** A camera that cannot be opened, and what the operator reads. */
function refusing(code: Parameters<typeof captureError>[0], words: string): Story {
  return {
    args: {
      parts: () => {
        const parts = new MemoryParts();
        parts.source.openError = captureError(code);
        return parts;
      },
    },
    play: async ({ canvasElement }) => {
      const element = await captureIn(canvasElement);
      await until(() => shown(element).includes(words), words);
    },
  };
}

export const NoCamera = refusing('camera-not-found', '没有找到摄像头');
export const Denied = refusing('camera-denied', '没有使用摄像头的权限');
export const Busy = refusing('camera-busy', '摄像头正被其他程序占用');
export const InsecureHttp = refusing('insecure-context', '未使用 https');
export const PolicyBlocked = refusing('permission-policy-blocked', '禁止使用此设备');

/** The browser has not granted the camera yet: nothing is asked before somebody wants it. */
export const CameraOff: Story = {
  args: {
    parts: () => {
      const parts = new MemoryParts();
      parts.source.devices = [{ deviceId: 'camera', kind: 'camera', label: '', preferred: true }];
      return parts;
    },
  },
  play: async ({ canvasElement }) => {
    const element = await captureIn(canvasElement);
    await until(() => shown(element).includes('摄像头未开启'), 'off');
  },
};

/** A store in which another sitting left two pages. */
async function leftOver(recordId: string): Promise<MemoryStore> {
  const store = new MemoryStore();
  const batch = await store.createBatch({ target: { recordId } });
  for (const text of ['a', 'b']) {
    await store.addPage({ batchId: batch.batchId, pageId: `page-${text}`, master: new Blob([text]) });
  }
  return store;
}

export const UnfinishedFound: Story = {
  args: { parts: async () => new MemoryParts(await leftOver('stay-1')) },
  play: async ({ canvasElement }) => {
    const element = await captureIn(canvasElement);
    await until(() => shown(element).includes('有未完成的批次，共 2 页'), 'found');
    await press(element, 'discard');
    await until(() => shown(element).includes('确定丢弃 2 页'), 'asks again');
  },
};

export const UnfinishedOfAnotherRecord: Story = {
  args: { parts: async () => new MemoryParts(await leftOver('stay-2')) },
  play: async ({ canvasElement }) => {
    const element = await captureIn(canvasElement);
    await until(() => shown(element).includes('属于另一份病案'), 'found');
  },
};

export const InUseElsewhere: Story = {
  args: {
    parts: async () => {
      const store = await leftOver('stay-1');
      for (const { batchId } of await store.batches()) await store.lead(batchId);
      return new MemoryParts(store);
    },
  },
  play: async ({ canvasElement }) => {
    const element = await captureIn(canvasElement);
    await until(() => shown(element).includes('正在另一个页面中采集'), 'in use');
  },
};

/** Uploading waits, says why, and what to do. */
function held(change: (parts: MemoryParts) => void, words: string): Story {
  const parts: { now?: MemoryParts } = {};
  return {
    args: { parts: () => (parts.now = new MemoryParts()) },
    play: async ({ canvasElement }) => {
      const element = await captured(canvasElement, 3);
      if (parts.now) change(parts.now);
      await until(() => shown(element).includes(words), words);
    },
  };
}

export const Offline = held(({ outbox }) => outbox.setPhase('offline'), '网络已断开');
export const Waiting = held(({ outbox }) => outbox.setPhase('waiting', { nextTryInMs: 12_000 }), '12 秒后重试');
export const SignedOut = held(({ outbox }) => outbox.setPhase('sign-in'), '登录已失效');
export const Refused = held(
  ({ outbox }) => outbox.setPhase('refused', { error: captureError('upload-refused') }),
  '病案库拒绝接收',
);
export const StorageLow = held(
  ({ store }) => store.setRoom({ state: 'low', usedBytes: 8, quotaBytes: 10, remainingPages: 40, persisted: true }),
  '约可再保存 40 页',
);
export const StorageFull = held(
  ({ store }) => store.setRoom({ state: 'full', usedBytes: 10, quotaBytes: 10, persisted: true }),
  '已暂停采集',
);
export const OfflineNarrow: Story = { ...Offline, args: { ...Offline.args, widthPx: 360, heightPx: 740 } };

/** A page that the checks do not like. */
export const Findings: Story = {
  args: {
    parts: () => {
      const parts = new MemoryParts();
      parts.pipeline.nextFindings = [
        { issue: 'blur', severity: 'reject', measured: 11.2, limit: 20, unit: 'score' },
        { issue: 'skew', severity: 'warn', measured: 2.3, limit: 1, unit: 'degrees' },
      ];
      return parts;
    },
  },
  play: async ({ canvasElement }) => {
    const element = await captured(canvasElement, 1);
    await expect(shown(element)).toContain('文字不清晰');
  },
};

export const FindingsNarrow: Story = { ...Findings, args: { ...Findings.args, widthPx: 360, heightPx: 740 } };

/** The editor with its four corners. */
export const Editing: Story = {
  play: async ({ canvasElement }) => {
    const element = await captured(canvasElement, 2);
    await press(element, 'edit');
    await until(() => query(element, '[data-widget=editor-result]') !== null, 'the result');
  },
};

export const EditingNarrow: Story = { ...Editing, args: { widthPx: 360, heightPx: 740 } };
export const EditingDark: Story = { ...Editing, args: { theme: 'dark', lang: 'en' } };

/** Submitting asks for the types first. */
export const TypesMissing: Story = {
  play: async ({ canvasElement }) => {
    const element = await captured(canvasElement, 2);
    await press(element, 'submit');
    await until(() => query(element, '[data-widget=document-panel][open]') !== null, 'the panel');
  },
};

/** The archive has confirmed everything. */
export const Submitted: Story = {
  args: { mode: 'consent' },
  play: async ({ canvasElement }) => {
    const element = await captured(canvasElement, 2);
    await press(element, 'submit');
    await until(() => element.status === 'submitted', 'the receipt');
  },
};

/** Front and back of a card. */
export const IdCard: Story = {
  args: { mode: 'id-card' },
  play: async ({ canvasElement }) => {
    const element = await captured(canvasElement, 1);
    await until(() => shown(element).includes('请放证件反面'), 'the back');
  },
};

/** A scanner without a live view. */
export const Scanner: Story = {
  args: {
    parts: () => {
      const parts = new MemoryParts();
      parts.source.kind = 'scanner';
      return parts;
    },
  },
  play: async ({ canvasElement }) => {
    const element = await captureIn(canvasElement);
    await until(() => shown(element).includes('此设备没有预览'), 'the scanner');
  },
};

/** What is connected and what the page may use. */
export const Devices: Story = {
  play: async ({ canvasElement }) => {
    const element = await captured(canvasElement, 1);
    query(element, '[data-popover-button=devices]')?.click();
    await until(() => query(element, '[data-widget=access]') !== null, 'the list');
  },
};
