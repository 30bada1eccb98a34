import { chromium, type Browser } from 'playwright-core';
import { chromiumFlags, requireChromium } from '../../scripts/lib/chromium.mjs';
import { makePlan, type ChaosSize } from './plan.js';
import { workThrough, type Tally } from './work-through.js';
import { admitRecords } from './records.js';
import { verify, type ChaosFindings } from './verify.js';
import { openWorld } from './world.js';

/** What a run found and what it did to find it. */
export interface ChaosReport extends ChaosFindings {
  readonly seed: number;
  readonly pages: number;
  /** Faults by kind that really happened. */
  readonly faults: Readonly<Record<string, number>>;
  readonly archiveKills: number;
  readonly tabsOpened: number;
  /** Milliseconds from opening a tab after a killed one until its batch was back; the largest. */
  readonly slowestRecoveryMs: number;
  readonly seconds: number;
}

/** Runs a plan against a real browser and a real archive, and looks into the archive afterwards. */
export async function runChaos(
  size: ChaosSize,
  { log = () => undefined }: { readonly log?: (line: string) => void } = {},
): Promise<ChaosReport> {
  const started = performance.now();
  const plan = makePlan(size);
  const world = await openWorld();
  const tally: Tally = {
    happened: new Set(),
    counts: new Map(),
    confirmed: new Map(),
    moved: [],
    tabs: 0,
    slowestRecoveryMs: 0,
  };
  let browser: Browser | undefined;
  try {
    await admitRecords(world, plan.records);
    browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumFlags });
    const context = await browser.newContext();
    for (const batch of plan.batches) {
      await workThrough(batch, { world, context, tally });
      log(`batch ${batch.number + 1} of ${plan.batches.length}, ${tally.happened.size} faults`);
    }
    const findings = await verify(plan, { world, confirmed: tally.confirmed, moved: tally.moved });
    return {
      ...findings,
      seed: size.seed,
      pages: size.pages,
      faults: Object.fromEntries([...tally.counts].sort()),
      archiveKills: world.archive.kills,
      tabsOpened: tally.tabs,
      slowestRecoveryMs: Math.round(tally.slowestRecoveryMs),
      seconds: Math.round((performance.now() - started) / 1000),
    };
  } finally {
    await browser?.close();
    await world.close();
  }
}
