import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { hashDistance } from '../../packages/capture/src/auto-capture/index.js';
import { makePageTurner } from '../../packages/capture/src/testing/page-turner/make-page-turner.mjs';
import { pageSvg } from '../../packages/capture/src/testing/page-turner/page-drawing.mjs';
import { quantile } from '../lib/statistics.js';
import { BenchBrowser } from './bench-browser.js';
import { cacheDir, qualityDir } from './places.js';

export interface OperatorResult {
  readonly pages: number;
  readonly missed: number;
  readonly duplicates: number;
  /** Shots that look like no page. */
  readonly strangers: number;
  /** 95th percentile. */
  readonly shutterToReadyMs: number | null;
}

const PAGES = 15;
const SEED = 1;
const SECONDS_PER_PAGE = 2;
const DESK_BEFORE_MS = 3000;
/** Bits of 64 by which a shot may differ from its page. */
const LIKE = 20;

/** A hand turns a page every two seconds before Chromium's fake camera; auto-capture must take each of them once. */
export async function measureOperator(): Promise<OperatorResult> {
  const file = `${cacheDir}/turner-${String(PAGES)}.mjpeg`;
  if (!existsSync(file)) {
    await makePageTurner({
      file,
      pages: PAGES,
      secondsPerPage: SECONDS_PER_PAGE,
      seed: SEED,
      deskBeforeMs: DESK_BEFORE_MS,
      deskAfterMs: 60_000,
    });
  }
  const browser = await BenchBrowser.launch({
    extraFlags: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ],
  });
  try {
    const page = await browser.open('operator');
    const urls = await drawPages();
    const references = await page.evaluate((all) => globalThis.operatorBench.hashes(all), urls);
    const durationMs = DESK_BEFORE_MS + PAGES * SECONDS_PER_PAGE * 1000 + 6000;
    const shots = await page.evaluate((ms) => globalThis.operatorBench.run(ms), durationMs);
    const seen = new Map<number, number>();
    for (const { differenceHash } of shots) {
      const number = nearest(differenceHash, references);
      seen.set(number, (seen.get(number) ?? 0) + 1);
    }
    const strangers = seen.get(-1) ?? 0;
    seen.delete(-1);
    const counts = [...seen.values()];
    return {
      pages: PAGES,
      missed: PAGES - counts.length,
      duplicates: counts.reduce((sum, count) => sum + count - 1, 0),
      strangers,
      shutterToReadyMs:
        shots.length === 0
          ? null
          : Math.round(
              quantile(
                shots.map(({ readyMs }) => readyMs),
                0.95,
              ),
            ),
    };
  } finally {
    await browser.close();
  }
}

function nearest(hash: string, references: readonly string[]): number {
  const distances = references.map((reference) => hashDistance(hash, reference));
  const least = Math.min(...distances);
  return least <= LIKE ? distances.indexOf(least) : -1;
}

async function drawPages(): Promise<string[]> {
  const urls: string[] = [];
  for (let pageNumber = 1; pageNumber <= PAGES; pageNumber += 1) {
    const name = `turner-${String(pageNumber)}.jpg`;
    await sharp(Buffer.from(pageSvg(pageNumber, SEED)))
      .jpeg({ quality: 90 })
      .toFile(join(qualityDir, name));
    urls.push(`/quality/${name}`);
  }
  return urls;
}
