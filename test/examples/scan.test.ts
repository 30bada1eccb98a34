// Scan into this stay: a camera that really turns pages, the real archive, and the pages in the viewer.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { AnjuanViewer } from '@anjuan/viewer';
import { makePageTurner } from '../../packages/capture/src/testing/page-turner/make-page-turner.mjs';
import { chromiumFlags, requireChromium } from '../../scripts/lib/chromium.mjs';
import type { Host } from '../support/host.js';
import { openWatched } from '../support/watched-page.js';
import { startWritableHost } from '../support/writable-host.js';
import { staff } from './support/ward.js';

const PAGES = 4;

describe('scan into this stay', () => {
  let host: Host;
  let browser: Browser;
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anjuan-turner-'));
    const file = join(folder, 'pages.mjpeg');
    await makePageTurner({ file, pages: PAGES, secondsPerPage: 3, deskBeforeMs: 1500, deskAfterMs: 60_000 });
    host = await startWritableHost(staff);
    const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
    const args = [...chromiumFlags, ...camera, `--use-file-for-fake-video-capture=${file}`];
    browser = await chromium.launch({ executablePath: requireChromium(), args });
  });
  after(async () => {
    await browser.close();
    await host.close();
    await rm(folder, { recursive: true, force: true });
  });

  const tray = (page: Page): Promise<number> =>
    page.evaluate(() => document.querySelector<HTMLElement & { pageCount: number }>('anjuan-capture')?.pageCount ?? 0);

  test('pages that turn under the camera become a document of the stay, and the viewer shows it', async () => {
    const { page, problems, close } = await openWatched(browser, host.origin);
    await page.goto(`${host.origin}/emr/#record=small-empty`);
    await page.locator('#stays [aria-current="true"]').waitFor();
    await page.evaluate(() => document.querySelector('anjuan-capture')?.setAttribute('mode', 'batch'));
    await page.locator('#scan').click();
    await openCamera(page);
    await page.waitForFunction(
      (pages) =>
        (document.querySelector<HTMLElement & { pageCount: number }>('anjuan-capture')?.pageCount ?? 0) >= pages,
      PAGES,
      { timeout: 60_000 },
    );
    assert.equal(await tray(page), PAGES, 'each page once');
    await chooseType(page);
    await page.locator('anjuan-capture [part~="submit"]').click();
    await page.locator('#scan-dialog').waitFor({ state: 'hidden', timeout: 60_000 });
    await page.waitForFunction((pages) => {
      const viewer = document.querySelector('anjuan-viewer') as AnjuanViewer | null;
      return viewer?.status === 'ready' && viewer.pageCount === pages;
    }, PAGES);
    assert.deepEqual(problems, []);
    await close();
  });
});

async function chooseType(page: Page): Promise<void> {
  await page.keyboard.press('F2');
  await page.locator('anjuan-capture [part~="documents"] select').first().selectOption({ index: 1 });
  await page.keyboard.press('Escape');
}

/** The camera starts by itself where it was allowed before. */
async function openCamera(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: '开启摄像头' }).first();
  const preview = page.locator('anjuan-capture video');
  await button.or(preview).first().waitFor();
  if (await button.isVisible()) await button.click();
}
