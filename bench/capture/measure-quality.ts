import type { BenchBrowser } from './bench-browser.js';
import type { QualityCase } from './scenes/quality-plan.js';

export interface QualityResult {
  readonly recall: number;
  readonly falseAlarmRate: number;
  /** Found of seeded, for each defect. */
  readonly byDefect: Readonly<Record<string, string>>;
  /** Defects that were not found, with what was found instead. */
  readonly misses: Readonly<Record<string, readonly string[]>>;
  /** Sound pages with findings. */
  readonly falseAlarms: Readonly<Record<string, readonly string[]>>;
}

/** Pages with one defect each, and sound ones, through the real worker. */
export async function measureQuality(browser: BenchBrowser, cases: readonly QualityCase[]): Promise<QualityResult> {
  const page = await browser.open('worker');
  await page.evaluate(() => globalThis.workerBench.open());
  const hashes = new Map<string, string>();
  const found = new Map<string, { hits: number; all: number }>();
  const falseAlarms: Record<string, readonly string[]> = {};
  const misses: Record<string, readonly string[]> = {};
  let soundPages = 0;
  for (const { scene, defect, recipe, dpi, secondShotOf } of cases) {
    const url = `/quality/${scene.id}.jpg`;
    const report = await page.evaluate(([at, how, known]) => globalThis.workerBench.process(at, how, known), [
      url,
      recipe,
      dpi,
    ] as const);
    const earlier = [...hashes].map(([pageId, hash]) => ({ pageId, hash }));
    const twins = await page.evaluate(([hash, pages]) => globalThis.workerBench.compare(hash, pages), [
      report.differenceHash,
      earlier,
    ] as const);
    if (defect === undefined) {
      soundPages += 1;
      hashes.set(scene.id, report.differenceHash);
      const issues = [...report.issues, ...twins];
      if (issues.length > 0) falseAlarms[scene.id] = issues;
      continue;
    }
    const tally = found.get(defect) ?? { hits: 0, all: 0 };
    tally.all += 1;
    const hit = secondShotOf === undefined ? report.issues.includes(defect) : twins.length > 0;
    if (hit) tally.hits += 1;
    else misses[scene.id] = report.issues;
    found.set(defect, tally);
  }
  await page.context().close();
  const tallies = [...found.values()];
  return {
    recall: tallies.reduce((sum, { hits }) => sum + hits, 0) / tallies.reduce((sum, { all }) => sum + all, 0),
    falseAlarmRate: Object.keys(falseAlarms).length / soundPages,
    byDefect: Object.fromEntries(
      [...found].map(([defect, { hits, all }]) => [defect, `${String(hits)}/${String(all)}`]),
    ),
    misses,
    falseAlarms,
  };
}
