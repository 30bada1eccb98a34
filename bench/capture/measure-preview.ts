import type { BenchBrowser } from './bench-browser.js';
import type { ArmName } from './build-pages.js';
import type { SceneFile } from './scenes/build.js';

const FRAMES = 20;

/** CPU of one detection in a full-HD frame, median of `repeats` batches, and the longest single one. */
export async function measurePreview(
  browser: BenchBrowser,
  arm: ArmName,
  scenes: readonly SceneFile[],
  repeats: number,
): Promise<{ cpuMs: number; longestMs: number; batches: readonly number[] }> {
  const page = await browser.open(arm);
  await page.evaluate(() => globalThis.arm.load());
  const frames = scenes.filter(({ kind, widthPx }) => kind === 'free-hand' && widthPx === 1920).slice(0, FRAMES);
  await page.evaluate(
    (urls) => globalThis.benchPage.keep(urls),
    frames.map(({ file }) => `/scenes/${file}`),
  );
  await page.evaluate(() => globalThis.benchPage.detectKept());
  const batches: number[] = [];
  let longestMs = 0;
  for (let round = 0; round < repeats; round += 1) {
    const before = await browser.cpuMs();
    longestMs = Math.max(longestMs, await page.evaluate(() => globalThis.benchPage.detectKept()));
    batches.push(((await browser.cpuMs()) - before) / frames.length);
  }
  await page.context().close();
  const middle = [...batches].sort((a, b) => a - b)[batches.length >> 1] ?? Number.NaN;
  const tidy = (value: number): number => Number(value.toFixed(1));
  return { cpuMs: tidy(middle), longestMs: tidy(longestMs), batches: batches.map(tidy) };
}
