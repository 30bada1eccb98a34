import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableShape } from '../../../packages/sign/src/testing/shapes.js';
import { quantile } from '../../lib/statistics.js';
import { pdfsigVerdicts } from '../oracles/programs.js';
import type { BrowserArm } from '../pages/large.js';
import { largeFile, outputsDir } from '../places.js';
import type { BenchPki } from '../pki.js';
import { Memory, SignBrowser } from '../sign-browser.js';
import { largeTask } from './measure-node.js';

export const browserArms: readonly BrowserArm[] = [
  'anjuan fast',
  'anjuan lean',
  '@libpdf/core',
  '@cantoo/pdf-lib + pkijs',
];

export interface BrowserLargeResult {
  readonly ms: number;
  /** Growth of the renderer's resident memory at its highest, page and worker together. */
  readonly peakMb: number;
  readonly runs: number;
  readonly verdict: string;
}

/** Signs the large file in Chromium, every arm in a fresh browser that has signed a small file before. */
export async function measureLargeInBrowser(
  bench: BenchPki,
  { runs, say }: { readonly runs: number; readonly say: (text: string) => void },
): Promise<Record<string, BrowserLargeResult | { readonly error: string }>> {
  const { pkcs8, certificate, chain } = await largeTask(bench);
  const small = join(outputsDir, 'warm.pdf');
  await writeFile(small, tableShape());
  const figures: Record<string, { ms: number; peakMb: number }[]> = {};
  const verdicts: Record<string, string> = {};
  const errors: Record<string, string> = {};
  for (let run = 0; run < runs; run += 1)
    for (const arm of browserArms) {
      if (errors[arm] !== undefined) continue;
      say(`${arm}, 100 MB in Chromium, run ${String(run + 1)} …`);
      const browser = await SignBrowser.launch();
      try {
        const page = await browser.open('large');
        await page.evaluate(([name, material]) => globalThis.largeBench.open(name, material), [
          arm,
          { pkcs8, certificate, chain },
        ] as const);
        await page.setInputFiles('input', small);
        await page.evaluate(() => globalThis.largeBench.sign());
        await page.setInputFiles('input', largeFile);
        const session = await page.context().newCDPSession(page);
        await session.send('HeapProfiler.collectGarbage');
        await page.waitForTimeout(300);
        const memory = new Memory(browser.pids());
        const { ms } = await page.evaluate(() => globalThis.largeBench.sign());
        (figures[arm] ??= []).push({ ms, peakMb: memory.peakMb() });
        if (run === 0) {
          const download = page.waitForEvent('download');
          await page.evaluate(() => globalThis.largeBench.download());
          const path = join(outputsDir, 'large-browser.pdf');
          await (await download).saveAs(path);
          verdicts[arm] = (await pdfsigVerdicts(path)).map((line) => line.split('|').at(-1)).join('; ');
        }
      } catch (error) {
        errors[arm] = String(error).slice(0, 500);
      } finally {
        await browser.close();
      }
    }
  return Object.fromEntries(
    browserArms.map((arm) => {
      const error = errors[arm];
      if (error !== undefined) return [arm, { error }];
      const all = figures[arm] ?? [];
      const median = (values: readonly number[]): number => Number(quantile(values, 0.5).toFixed(1));
      const [ms, peakMb] = [median(all.map((one) => one.ms)), median(all.map((one) => one.peakMb))];
      return [arm, { ms, peakMb, runs: all.length, verdict: verdicts[arm] ?? '' }];
    }),
  );
}
