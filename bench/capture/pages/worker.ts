import { Scope } from '@anjuan/core';
import { openPipeline, type Pipeline } from '../../../packages/capture/src/worker/open-pipeline.js';
import type { ProcessedPage, PageRecipe, QualityIssue } from '../../../packages/capture/src/recipe/types.js';

/** What is reported of a processed page. */
export interface WorkerPageReport {
  readonly codec: string;
  readonly kb: number;
  readonly issues: readonly QualityIssue[];
  readonly differenceHash: string;
  readonly wallMs: number;
}

export interface WorkerBench {
  open(): Promise<string>;
  keep(urls: readonly string[]): Promise<void>;
  /** Processes every kept master once. */
  processKept(recipe: PageRecipe): Promise<readonly WorkerPageReport[]>;
  process(url: string, recipe: PageRecipe, dpi?: number): Promise<WorkerPageReport>;
  compare(hash: string, earlier: readonly { pageId: string; hash: string }[]): Promise<readonly string[]>;
  /** Longest times the main thread did not answer since the last call, milliseconds, one for each tenth of a second. */
  blockedMs(): readonly number[];
}

declare global {
  var workerBench: WorkerBench;
}

let pipeline: Pipeline | undefined;
const masters: Blob[] = [];
let gaps: number[] = [];

function watchMainThread(): void {
  const channel = new MessageChannel();
  let last = performance.now();
  channel.port1.onmessage = () => {
    const now = performance.now();
    gaps.push(now - last);
    last = now;
    setTimeout(() => {
      last = performance.now();
      channel.port2.postMessage(0);
    }, 4);
  };
  channel.port2.postMessage(0);
}

const open = (): Pipeline => {
  if (!pipeline) throw new Error('not open');
  return pipeline;
};

async function report(master: Blob, recipe: PageRecipe, dpi?: number): Promise<WorkerPageReport> {
  const from = performance.now();
  const page = await open().process(master, { recipe, mode: 'free-hand', ...(dpi === undefined ? {} : { dpi }) });
  return {
    codec: page.image.codec,
    kb: sizeBytes(page) / 1024,
    issues: page.quality.map(({ issue }) => issue),
    differenceHash: page.differenceHash,
    wallMs: performance.now() - from,
  };
}

function sizeBytes({ image }: ProcessedPage): number {
  if (image.codec !== 'mrc') return image.data.byteLength;
  const inks = image.inks.reduce((sum, { stencil }) => sum + stencil.byteLength, 0);
  return image.stencil.byteLength + image.background.data.byteLength + inks;
}

globalThis.workerBench = {
  open: async () => {
    pipeline = await openPipeline({ assetsUrl: '/assets/', scope: new Scope() });
    watchMainThread();
    return pipeline.backend();
  },
  keep: async (urls) => {
    masters.length = 0;
    for (const url of urls) masters.push(await (await fetch(url)).blob());
  },
  processKept: async (recipe) => {
    const reports: WorkerPageReport[] = [];
    for (const master of masters) reports.push(await report(master, recipe));
    return reports;
  },
  process: async (url, recipe, dpi) => report(await (await fetch(url)).blob(), recipe, dpi),
  compare: async (hash, earlier) => {
    const known = earlier.map(({ pageId, hash: differenceHash }) => ({ pageId, sha256: pageId, differenceHash }));
    return (await open().compare({ sha256: 'this', differenceHash: hash }, known)).map(({ issue }) => issue);
  },
  blockedMs: () => {
    const seen = gaps;
    gaps = [];
    return seen;
  },
};
