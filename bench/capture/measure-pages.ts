import { quantile } from '../lib/statistics.js';
import type { BenchBrowser } from './bench-browser.js';

export interface PageCost {
  /** Decode to JPEG, one 8-megapixel page. */
  readonly cpuMs: number;
  /** The same to JBIG2. */
  readonly bilevelCpuMs: number;
  readonly mainThreadMsP99: number;
  readonly batches: readonly number[];
}

const PAGES = 20;

/** CPU of whole pages in the worker, and how long the main thread did not answer meanwhile. */
export async function measurePages(browser: BenchBrowser, repeats: number): Promise<PageCost> {
  const page = await browser.open('worker');
  await page.evaluate(() => globalThis.workerBench.open());
  const urls = Array.from({ length: PAGES }, (_, i) => `/quality/sound-${String(i)}.jpg`);
  await page.evaluate((all) => globalThis.workerBench.keep(all), urls);
  const batch = async (colour: 'colour' | 'bilevel'): Promise<number> => {
    const before = await browser.cpuMs();
    await page.evaluate((how) => globalThis.workerBench.processKept({ colour: how }), colour);
    return ((await browser.cpuMs()) - before) / PAGES;
  };
  await page.evaluate((at) => globalThis.workerBench.process(at, { colour: 'colour' }), urls[0] ?? '');
  await page.evaluate(() => globalThis.workerBench.blockedMs().length);
  const colour: number[] = [];
  const bilevel: number[] = [];
  for (let round = 0; round < repeats; round += 1) {
    colour.push(await batch('colour'));
    bilevel.push(await batch('bilevel'));
  }
  const blocked = await page.evaluate(() => globalThis.workerBench.blockedMs());
  await page.context().close();
  const tidy = (value: number): number => Number(value.toFixed(1));
  return {
    cpuMs: tidy(quantile(colour, 0.5)),
    bilevelCpuMs: tidy(quantile(bilevel, 0.5)),
    mainThreadMsP99: tidy(quantile(blocked, 0.99)),
    batches: colour.map(tidy),
  };
}

/** Size of a picture of one page after processing, kilobytes of 1024 bytes. */
export async function measureBytes(browser: BenchBrowser, file: string, colour: 'bilevel' | 'seal'): Promise<number> {
  const page = await browser.open('worker');
  await page.evaluate(() => globalThis.workerBench.open());
  const report = await page.evaluate(
    ([at, how]) => globalThis.workerBench.process(at, { colour: how, quad: 'whole' }, 300),
    [`/quality/${file}`, colour] as const,
  );
  await page.context().close();
  return Number(report.kb.toFixed(1));
}
