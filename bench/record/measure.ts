import { gzipSync } from 'node:zlib';
import { launchBrowser } from '../lib/browser.js';
import { treePssMb } from '../lib/memory.js';
import { Screen } from '../lib/screen.js';
import type { Shaper } from '../lib/shaper.js';
import type { ArmName, BenchPage, PageGoal } from './arms.js';
import { shows } from './painted.js';

declare global {
  var bench: BenchPage;
  var longTasks: number[];
}

export interface RunPlan {
  readonly arm: ArmName;
  readonly origin: string;
  readonly query: string;
  readonly shaper: Shaper;
  /** None of them shown before. */
  readonly jumps: readonly PageGoal[];
  readonly documents: readonly PageGoal[];
}

export interface RunResult {
  readonly firstPageMs: number;
  readonly jumpMs: readonly number[];
  readonly openDocumentMs: readonly number[];
  /** Over the empty browser of the same run. */
  readonly pssMb: number;
  readonly longestTaskMs: number;
  readonly domNodes: number;
  readonly gzipBytesToFirstPage: number;
  /** Everything that came over the line from navigation to the end of the run. */
  readonly fetchedMb: number;
}

const VIEWPORT = { width: 1280, height: 900 };
const TIMEOUT_MS = 20_000;
/** A reader looks before the next jump; prefetching gets the same pause in every arm. */
const PAUSE_MS = 300;

/** One run of one arm in a browser of its own. */
export async function measure(plan: RunPlan): Promise<RunResult> {
  const browser = await launchBrowser(VIEWPORT);
  try {
    const { page } = browser;
    await page.goto('about:blank');
    const emptyMb = await settledPss(browser.pid);
    // The loader names nested functions with a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (target) => target');
    await page.addInitScript(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.longTasks.push(entry.duration);
      }).observe({ type: 'longtask' });
    });
    const from = plan.shaper.transfers.length;
    const fromBytes = plan.shaper.sentBytes;
    await page.goto(`${plan.origin}/bench/${plan.arm}.html?${plan.query}`, { waitUntil: 'networkidle' });
    await page.waitForFunction(() => 'bench' in globalThis);
    const screen = await Screen.watch(await browser.context.newCDPSession(page));

    const painted = async (act: 'open' | 'jump' | 'openDocument', goal: PageGoal): Promise<number> => {
      screen.clear();
      const startedMs = await page.evaluate(
        (call) => {
          const now = performance.timeOrigin + performance.now();
          globalThis.bench[call.act](call.goal);
          return now;
        },
        { act, goal },
      );
      const what = `${plan.arm}, ${act}, page ${String(goal.pageNumber)}`;
      const shownMs = await screen.until({
        what,
        ask: () => page.evaluate(() => globalThis.bench.pageBoxes()),
        accepts: (pixels, boxes) => boxes.some((box) => shows(pixels, box, goal.pageNumber)),
        timeoutMs: TIMEOUT_MS,
      });
      return shownMs - startedMs;
    };
    const firstPageMs = await painted('open', { pageNumber: 1, documentIndex: 0, pageInDocument: 1 });
    const gzipBytesToFirstPage = await codeBytes(plan, from);

    const jumpMs: number[] = [];
    for (const goal of plan.jumps) {
      await page.waitForTimeout(PAUSE_MS);
      jumpMs.push(await painted('jump', goal));
    }
    const pssMb = (await settledPss(browser.pid)) - emptyMb;
    const domNodes = await page.evaluate(countNodes);

    const openDocumentMs: number[] = [];
    for (const goal of plan.documents) {
      await page.waitForTimeout(PAUSE_MS);
      openDocumentMs.push(await painted('openDocument', goal));
    }
    const longestTaskMs = await page.evaluate(() => Math.max(0, ...globalThis.longTasks));
    await screen.stop();
    const fetchedMb = (plan.shaper.sentBytes - fromBytes) / 1e6;
    return { firstPageMs, jumpMs, openDocumentMs, pssMb, longestTaskMs, domNodes, gzipBytesToFirstPage, fetchedMb };
  } finally {
    await browser.close();
  }
}

/** Scripts, styles, workers and WASM that came since transfer `from`, each as `gzip -9` would send it. */
async function codeBytes({ shaper, origin }: RunPlan, from: number): Promise<number> {
  const paths = new Set(
    shaper.transfers
      .slice(from)
      .filter(({ sizeBytes }) => sizeBytes > 0)
      .map(({ path }) => path.split('?')[0] ?? '')
      .filter((path) => /^\/(anjuan|peers)\//.test(path)),
  );
  let total = 0;
  for (const path of paths) {
    const answer = await fetch(origin + path);
    total += gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length;
  }
  return total;
}

/** Smallest of a few readings one second apart: garbage on its way out is not counted, nothing is forced. */
async function settledPss(pid: number): Promise<number> {
  const readings: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    readings.push(treePssMb(pid));
  }
  return Math.min(...readings);
}

function countNodes(): number {
  const count = (root: Document | ShadowRoot | Element): number => {
    let total = 0;
    for (const element of root.querySelectorAll('*')) total += 1 + (element.shadowRoot ? count(element.shadowRoot) : 0);
    return total;
  };
  return count(document);
}
