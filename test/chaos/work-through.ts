import type { BrowserContext, Page } from 'playwright-core';
import { wireFaults, type PlannedBatch, type PlannedFault, type WireFault } from './plan.js';
import type { World } from './world.js';

/** What the runner saw. */
export interface Tally {
  readonly happened: Set<number>;
  readonly counts: Map<string, number>;
  /** What the shutter confirmed, by page. */
  readonly confirmed: Map<string, { readonly sha256: string; readonly seq: number }>;
  /** Pages that were confirmed twice with another place or other bytes. */
  readonly moved: string[];
  tabs: number;
  slowestRecoveryMs: number;
}

interface Surroundings {
  readonly world: World;
  readonly context: BrowserContext;
  readonly tally: Tally;
}

interface ChaosWindow {
  readonly chaos: {
    runBatch(plan: PlannedBatch): Promise<void>;
    /** What the operator waits for, for a report. */
    state(): string;
    intrude(documentId: string): Promise<'turned-away' | 'let-in' | 'no-batch'>;
  };
}

const PATIENCE_MS = 300_000;

const isWire = (kind: string): kind is WireFault => wireFaults.some((known) => known === kind);

/** One batch to its end, in as many tabs as it takes. */
export async function workThrough(batch: PlannedBatch, surroundings: Surroundings): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    // A batch that never ends is a finding, not a wait.
    if (tries > 60) throw new Error(`batch ${batch.number} does not come to an end`);
    const page = await openTab(batch, surroundings);
    const ended = await Promise.race([
      page
        .evaluate((plan) => (globalThis as unknown as ChaosWindow).chaos.runBatch(plan), batch)
        .then(
          () => 'done' as const,
          (error: unknown) => error,
        ),
      // A clerk who waits that long has lost the batch, whatever the store holds.
      new Promise<Error>((resolve) => {
        const timer = setTimeout(() => {
          void page
            .evaluate(() => (globalThis as unknown as ChaosWindow).chaos.state())
            .then((state) => resolve(new Error(`batch ${batch.number} hangs: ${state}`)), resolve);
        }, PATIENCE_MS);
        page.once('crash', () => clearTimeout(timer));
        page.once('close', () => clearTimeout(timer));
      }),
      new Promise<'gone'>((resolve) => {
        page.once('crash', () => resolve('gone'));
        page.once('close', () => resolve('gone'));
      }),
    ]);
    const gone = ended === 'gone' || page.isClosed() || /crash|closed|destroyed/i.test(String(ended));
    await page.close().catch(() => undefined);
    if (ended === 'done') return;
    if (!gone) throw ended;
  }
}

async function openTab(batch: PlannedBatch, { world, context, tally }: Surroundings): Promise<Page> {
  const page = await context.newPage();
  tally.tabs += 1;
  await page.exposeFunction('chaosToken', world.token);
  await page.exposeFunction('chaosFault', (fault: PlannedFault) =>
    inflict(fault, { batch, page, world, context, tally }),
  );
  await page.exposeFunction(
    'chaosConfirmed',
    ({ pageId, ...facts }: { pageId: string; sha256: string; seq: number }) => {
      const before = tally.confirmed.get(pageId);
      if (before && (before.sha256 !== facts.sha256 || before.seq !== facts.seq)) tally.moved.push(pageId);
      tally.confirmed.set(pageId, facts);
    },
  );
  await page.exposeFunction('chaosRecovered', (ms: number) => {
    tally.slowestRecoveryMs = Math.max(tally.slowestRecoveryMs, ms);
  });
  await page.goto(world.proxy.origin);
  await page.waitForFunction(() => 'chaos' in globalThis);
  return page;
}

/** True when the page has its own part to do. Each fault happens once, whatever happens to the page meanwhile. */
async function inflict(
  fault: PlannedFault,
  { batch, page, world, context, tally }: Surroundings & { readonly batch: PlannedBatch; readonly page: Page },
): Promise<boolean> {
  if (tally.happened.has(fault.number)) return false;
  tally.happened.add(fault.number);
  const { kind } = fault;
  tally.counts.set(kind, (tally.counts.get(kind) ?? 0) + 1);
  if (kind === 'archive-kill') await world.archive.restart();
  else if (isWire(kind)) world.proxy.arm(kind);
  else if (kind === 'tab-crash') void crash(page, context);
  else if (kind === 'tab-close') void page.close();
  else if (kind === 'second-tab') await intrude(batch, { world, context, tally });
  else return true;
  return false;
}

async function crash(page: Page, context: BrowserContext): Promise<void> {
  const devtools = await context.newCDPSession(page);
  // It never answers: the tab is gone.
  await devtools.send('Page.crash').catch(() => undefined);
}

async function intrude(batch: PlannedBatch, surroundings: Surroundings): Promise<void> {
  const other = await openTab(batch, surroundings);
  const document = batch.documentIds[0] ?? '';
  const outcome = await other.evaluate((id) => (globalThis as unknown as ChaosWindow).chaos.intrude(id), document);
  await other.close();
  if (outcome === 'let-in') throw new Error('two tabs worked on one batch');
}
